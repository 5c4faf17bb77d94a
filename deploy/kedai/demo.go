package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
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
type demoShop struct {
	store *store.Store
	// ingest has a stored upload taken in and returns when it is; load's alone.
	ingest func(context.Context, models.Import) error
}

type shopFile struct {
	Name     string          `json:"name"`
	Currency string          `json:"currency"`
	Language models.Language `json:"language"`
}

// maxPolicies is more than a demo shop has.
const maxPolicies = 100

// Files of the demo shop that aren't policies.
const (
	productsFile = "products.csv"
	ordersFile   = "orders.json"
)

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

// setup is who prepares accounts at a start, in the audit trail.
var setup = models.Actor{Role: models.RoleAdmin, Name: "setup"}

func isDemo(account uuid.UUID) bool {
	return slices.ContainsFunc(demo.Languages(), func(language string) bool { return demoAccount(language) == account })
}

// load makes the demo accounts, by the imports that users use, and tells the
// token of each one's admin. The token comes last: an account that has one is
// whole and its owner's to change, any other is gone on with where an earlier
// start was interrupted.
func (d *demoShop) load(ctx context.Context, tell func(language string, token models.Secret)) error {
	for _, language := range demo.Languages() {
		if err := d.loadOne(ctx, language, tell); err != nil {
			return fmt.Errorf("load the demo shop in %s: %w", language, err)
		}
	}
	return nil
}

func (d *demoShop) loadOne(ctx context.Context, language string, tell func(string, models.Secret)) error {
	dir := path.Join(demo.Shop, language)
	account, err := d.account(ctx, language, dir)
	if err != nil {
		return err
	}
	tokens, err := d.store.Tokens(ctx, account.ID)
	if err != nil || len(tokens) > 0 {
		return err
	}
	if err := d.activate(ctx, account, language); err != nil {
		return err
	}
	if err := d.importAll(ctx, account, dir); err != nil {
		return err
	}
	token, issued, err := firstToken(ctx, d.store, setup, account.ID)
	if issued {
		tell(language, token)
	}
	return err
}

// account finds a language's account or makes it.
func (d *demoShop) account(ctx context.Context, language, dir string) (models.Account, error) {
	account, err := d.store.Account(ctx, demoAccount(language))
	if models.CodeOf(err) != models.CodeNotFound {
		return account, err
	}
	raw, err := fs.ReadFile(demo.FS, path.Join(dir, "shop.json"))
	if err != nil {
		return account, err
	}
	var shop shopFile
	if err := json.Unmarshal(raw, &shop); err != nil {
		return account, err
	}
	account, _, err = d.store.CreateAccount(ctx, store.NewAccount{
		ID: demoAccount(language), Name: shop.Name, Currency: shop.Currency, Language: shop.Language, Admin: "Admin",
	})
	return account, err
}

// activate connects the website chat and lets the agent start in every open
// stage, as far as that isn't done.
func (d *demoShop) activate(ctx context.Context, account models.Account, language string) error {
	inbox, err := d.inbox(ctx, account, language)
	if err != nil {
		return err
	}
	settings, err := d.store.AgentSettings(ctx, account.ID)
	if err != nil {
		return err
	}
	if !settings.Enabled {
		if _, err := d.store.SetEnabled(ctx, account.ID, setup, true); err != nil {
			return err
		}
	}
	triggers, err := d.store.Triggers(ctx, account.ID)
	if err != nil {
		return err
	}
	stages, err := d.store.Stages(ctx, account.ID)
	if err != nil {
		return err
	}
	for _, stage := range stages {
		there := slices.ContainsFunc(triggers, func(t models.Trigger) bool { return t.StageID == stage.ID && t.InboxID == inbox.ID })
		if stage.Kind != models.StageOpen || there {
			continue
		}
		if _, err := d.store.AddTrigger(ctx, setup, models.Trigger{AccountID: account.ID, StageID: stage.ID, InboxID: inbox.ID}); err != nil {
			return err
		}
	}
	return nil
}

func (d *demoShop) inbox(ctx context.Context, account models.Account, language string) (models.Inbox, error) {
	inboxes, err := d.store.Inboxes(ctx, account.ID)
	if err != nil {
		return models.Inbox{}, err
	}
	for _, inbox := range inboxes {
		if inbox.PublicID == demoInbox(language) {
			return inbox, nil
		}
	}
	return d.store.CreateInbox(ctx, setup, models.Inbox{
		AccountID: account.ID, PublicID: demoInbox(language), Channel: models.ChannelWebsite, Name: "Website", AgentSelected: true,
	}, "")
}

// importAll imports the products, the orders and the policies that aren't
// searchable yet. Products and orders come in again in any case: nothing says
// whether all are there, and what is there isn't written again.
func (d *demoShop) importAll(ctx context.Context, account models.Account, dir string) error {
	sources, _, err := d.store.Sources(ctx, account.ID, models.SetDraft, nil, maxPolicies)
	if err != nil {
		return err
	}
	synced := map[string]bool{}
	for _, source := range sources {
		synced[source.Key] = source.State == models.SourceSynced
	}
	policies, err := fs.Glob(demo.FS, path.Join(dir, "policies", "*.md"))
	if err != nil {
		return err
	}
	for _, name := range append([]string{path.Join(dir, productsFile), path.Join(dir, ordersFile)}, policies...) {
		upload := models.Import{AccountID: account.ID, Kind: models.ImportSource, Name: path.Base(name)}
		switch upload.Name {
		case productsFile:
			upload.Kind = models.ImportProducts
		case ordersFile:
			upload.Kind = models.ImportOrders
		}
		if synced[upload.Name] {
			continue
		}
		if upload.Body, err = fs.ReadFile(demo.FS, name); err != nil {
			return err
		}
		if err := d.importOne(ctx, upload); err != nil {
			return fmt.Errorf("import %s: %w", upload.Name, err)
		}
	}
	return nil
}

func (d *demoShop) importOne(ctx context.Context, upload models.Import) error {
	stored, err := d.store.CreateImport(ctx, setup, upload)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := d.ingest(ctx, stored); err != nil {
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

// ingestBy has the worker take in an upload, and waits for it.
func ingestBy(temporal client.Client) func(context.Context, models.Import) error {
	return func(ctx context.Context, upload models.Import) error {
		run, err := temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
			ID: contract.IngestWorkflowID(upload.ID), TaskQueue: contract.QueueBulk,
		}, contract.IngestWorkflow, contract.IngestInput{Account: upload.AccountID, Import: upload.ID})
		if err != nil {
			return err
		}
		return run.Get(ctx, nil)
	}
}
