package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"kedai/activities/answer"
	"kedai/api/web"
	"kedai/deploy/demo"
	"kedai/models"
	"kedai/models/store"
	"kedai/workflows/contract"
)

// demoSpace makes the demo accounts' IDs, so that loading the shop twice finds
// what is there.
var demoSpace = uuid.MustParse("5b0a2c8e-6a41-4f0c-9b7e-2f6d0c9d7a11")

func demoAccount(language string) uuid.UUID {
	return uuid.NewSHA1(demoSpace, []byte("account/"+language))
}

func demoInbox(language string) uuid.UUID { return uuid.NewSHA1(demoSpace, []byte("inbox/"+language)) }

// demoShop is the demo shop, one account per language.
type demoShop struct{ store *store.Store }

type shopFile struct {
	Name     string          `json:"name"`
	Currency string          `json:"currency"`
	Language models.Language `json:"language"`
}

// pageTimeout bounds what the demo page reads.
const pageTimeout = 3 * time.Second

// page returns what /demo shows for a language; false where the shop isn't
// loaded.
func (d *demoShop) page(language string) (web.DemoPage, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), pageTimeout)
	defer cancel()
	if !models.Language(language).Valid() {
		language = string(models.English)
	}
	account, err := d.store.Account(ctx, demoAccount(language))
	if err != nil {
		return web.DemoPage{}, false
	}
	products, err := d.store.Products(ctx, account.ID, 60)
	if err != nil {
		return web.DemoPage{}, false
	}
	page := web.DemoPage{Shop: account.Name, Language: language, Inbox: demoInbox(language).String()}
	for _, p := range products {
		if p.Published && len(p.Variants) > 0 && p.Variants[0].Price != nil {
			page.Products = append(page.Products, web.DemoProduct{
				Title: p.Title,
				Price: answer.FormatMoney(*p.Variants[0].Price, account.Currency, models.Language(language)),
			})
		}
	}
	return page, true
}

// load makes the demo accounts that aren't there yet, by the imports that
// users use, and returns the admin's token of each new one.
func (d *demoShop) load(ctx context.Context, temporal client.Client) (map[string]models.Secret, error) {
	tokens := map[string]models.Secret{}
	for _, language := range demo.Languages() {
		_, err := d.store.Account(ctx, demoAccount(language))
		if err == nil {
			continue
		}
		if models.CodeOf(err) != models.CodeNotFound {
			return nil, err
		}
		token, err := d.loadOne(ctx, temporal, language)
		if err != nil {
			return nil, fmt.Errorf("load the demo shop in %s: %w", language, err)
		}
		tokens[language] = token
	}
	return tokens, nil
}

func (d *demoShop) loadOne(ctx context.Context, temporal client.Client, language string) (models.Secret, error) {
	dir := path.Join(demo.Shop, language)
	raw, err := fs.ReadFile(demo.FS, path.Join(dir, "shop.json"))
	if err != nil {
		return "", err
	}
	var shop shopFile
	if err := json.Unmarshal(raw, &shop); err != nil {
		return "", err
	}
	account, admin, err := d.store.CreateAccount(ctx, store.NewAccount{
		ID: demoAccount(language), Name: shop.Name, Currency: shop.Currency, Language: shop.Language, Admin: "Admin",
	})
	if err != nil {
		return "", err
	}
	actor := models.Actor{UserID: admin.ID, Role: models.RoleAdmin, Name: "setup"}
	if err := d.activate(ctx, account, actor, language); err != nil {
		return "", err
	}
	if err := d.importAll(ctx, temporal, account, actor, dir); err != nil {
		return "", err
	}
	return d.store.IssueToken(ctx, account.ID, admin.ID)
}

// activate connects the website chat and lets the agent start in every open
// stage.
func (d *demoShop) activate(ctx context.Context, account models.Account, actor models.Actor, language string) error {
	inbox, err := d.store.CreateInbox(ctx, actor, models.Inbox{
		AccountID: account.ID, PublicID: demoInbox(language), Channel: models.ChannelWebsite, Name: "Website", AgentSelected: true,
	}, "")
	if err != nil {
		return err
	}
	if _, err := d.store.SetEnabled(ctx, account.ID, actor, true); err != nil {
		return err
	}
	stages, err := d.store.Stages(ctx, account.ID)
	if err != nil {
		return err
	}
	for _, stage := range stages {
		if stage.Kind != models.StageOpen {
			continue
		}
		if _, err := d.store.AddTrigger(ctx, actor, models.Trigger{AccountID: account.ID, StageID: stage.ID, InboxID: inbox.ID}); err != nil {
			return err
		}
	}
	return nil
}

func (d *demoShop) importAll(ctx context.Context, temporal client.Client, account models.Account, actor models.Actor, dir string) error {
	body, err := fs.ReadFile(demo.FS, path.Join(dir, "products.csv"))
	if err != nil {
		return err
	}
	uploads := []models.Import{{AccountID: account.ID, Kind: models.ImportProducts, Name: "products.csv", Body: body}}
	policies, err := fs.Glob(demo.FS, path.Join(dir, "policies", "*.md"))
	if err != nil {
		return err
	}
	for _, name := range policies {
		body, err := fs.ReadFile(demo.FS, name)
		if err != nil {
			return err
		}
		uploads = append(uploads, models.Import{AccountID: account.ID, Kind: models.ImportSource, Name: path.Base(name), Body: body})
	}
	for _, upload := range uploads {
		if err := d.importOne(ctx, temporal, actor, upload); err != nil {
			return fmt.Errorf("import %s: %w", upload.Name, err)
		}
	}
	return nil
}

func (d *demoShop) importOne(ctx context.Context, temporal client.Client, actor models.Actor, upload models.Import) error {
	stored, err := d.store.CreateImport(ctx, actor, upload)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	run, err := temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: contract.IngestWorkflowID(stored.ID), TaskQueue: contract.QueueBulk,
	}, contract.IngestWorkflow, contract.IngestInput{Account: stored.AccountID, Import: stored.ID})
	if err != nil {
		return err
	}
	if err := run.Get(ctx, nil); err != nil {
		return err
	}
	done, err := d.store.Import(ctx, stored.AccountID, stored.ID)
	if err != nil {
		return err
	}
	if done.State != models.ImportDone {
		return models.Errorf(models.CodeInvalid, "%s", done.Failure)
	}
	return nil
}
