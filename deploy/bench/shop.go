package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"kedai/models"
	"kedai/models/store"
)

// Shop is an account made through the operator API: the agent is on, with an
// inbox on each channel, three products and a policy.
type Shop struct {
	System   *System
	Account  models.Account
	Website  models.Inbox
	Recorder models.Inbox
	Platform *Platform
	token    models.Secret
}

const (
	shopProducts = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price\n" +
		"blue-mug,Blue Mug,<p>A stoneware mug for 300 ml.</p>,Loam,Mugs,kitchen,true,Size,Small,BM-S,shopify,4,deny,12.50\n" +
		"blue-mug,,,,,,,,Large,BM-L,shopify,0,deny,15.00\n" +
		"linen-apron,Linen Apron,<p>A washed linen apron.</p>,Loam,Aprons,kitchen,true,Title,Default Title,LA-1,shopify,9,deny,34.00\n" +
		"oak-board,Oak Board,<p>A cutting board of oak.</p>,Loam,Boards,kitchen,true,Title,Default Title,OB-1,shopify,2,deny,48.00\n"
	shopPolicy = "# Shipping\n\n## Delivery time\n\nOrders leave within 2 business days and arrive in 4 to 6 days.\n\n## Cost\n\nShipping costs $5.90.\n"
)

// OpenShop makes a shop. adjust changes the settings; it may be nil.
func OpenShop(ctx context.Context, s *System, adjust map[string]any) (*Shop, error) {
	shop := &Shop{System: s}
	account, admin, err := s.Store.CreateAccount(ctx, store.NewAccount{Name: "Loam", Currency: "USD", Language: models.English, Admin: "Admin"})
	if err != nil {
		return nil, err
	}
	shop.Account = account
	if _, shop.token, err = s.Store.CreateToken(ctx, account.ID, models.Actor{UserID: admin.ID, Role: admin.Role, Name: "setup"}, admin.ID); err != nil {
		return nil, err
	}
	if shop.Platform, err = StartPlatform(); err != nil {
		return nil, err
	}
	steps := []func(context.Context) error{
		func(ctx context.Context) error { return shop.Call(ctx, http.MethodPatch, "/v1/agent", adjust, nil) },
		shop.connect,
		func(ctx context.Context) error {
			return shop.upload(ctx, "products?name=products.csv", "text/csv", shopProducts)
		},
		func(ctx context.Context) error {
			return shop.upload(ctx, "sources?name=shipping.md", "text/markdown", shopPolicy)
		},
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			shop.Platform.Close()
			return nil, err
		}
	}
	return shop, nil
}

func (s *Shop) connect(ctx context.Context) error {
	bodies := []map[string]any{
		{"channel": "website", "name": "Website", "agent_selected": true},
		{"channel": "recorder", "name": "Recorder", "agent_selected": true, "endpoint": s.Platform.Endpoint, "secret": s.Platform.Secret().Reveal()},
	}
	for i, inbox := range []*models.Inbox{&s.Website, &s.Recorder} {
		if err := s.Call(ctx, http.MethodPost, "/v1/inboxes", bodies[i], inbox); err != nil {
			return err
		}
		inbox.AccountID = s.Account.ID
	}
	s.Platform.Connect(s.System.API + "/webhooks/recorder/" + s.Recorder.PublicID.String())
	if err := s.Call(ctx, http.MethodPut, "/v1/agent/enabled", map[string]any{"enabled": true}, nil); err != nil {
		return err
	}
	stages, err := s.System.Store.Stages(ctx, s.Account.ID)
	if err != nil {
		return err
	}
	for _, stage := range stages {
		if stage.Kind != models.StageOpen {
			continue
		}
		for _, inbox := range []models.Inbox{s.Website, s.Recorder} {
			if err := s.Call(ctx, http.MethodPost, "/v1/triggers", map[string]any{"stage_id": stage.ID, "inbox_id": inbox.ID}, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Shop) upload(ctx context.Context, path, contentType, body string) error {
	var imp models.Import
	if err := s.request(ctx, http.MethodPost, "/v1/imports/"+path, contentType, []byte(body), &imp); err != nil {
		return err
	}
	for imp.State == models.ImportPending {
		if !pause(ctx, 50*time.Millisecond) {
			return ctx.Err()
		}
		if err := s.Call(ctx, http.MethodGet, "/v1/imports/"+imp.ID.String(), nil, &imp); err != nil {
			return err
		}
	}
	if imp.State != models.ImportDone {
		return fmt.Errorf("import %s: %s", path, imp.Failure)
	}
	return nil
}

// Call makes an operator's request with a JSON body.
func (s *Shop) Call(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	return s.request(ctx, method, path, "application/json", body, out)
}

// StatusError is an answer other than 2xx.
type StatusError struct {
	Status int
	Body   string
}

// Error returns status and body.
func (e *StatusError) Error() string { return fmt.Sprintf("status %d: %s", e.Status, e.Body) }

func (s *Shop) request(ctx context.Context, method, path, contentType string, body []byte, out any) error {
	request, err := http.NewRequestWithContext(ctx, method, s.System.API+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+s.token.Reveal())
	if len(body) > 0 {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return &StatusError{response.StatusCode, string(raw)}
	}
	if out == nil || len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, out)
}

// Operate repeats an operator's action on a conversation until the API has
// answered: an action whose answer was lost may have counted.
func (s *Shop) Operate(ctx context.Context, conversation, action string, body any) error {
	for {
		err := s.Call(ctx, http.MethodPost, "/v1/conversations/"+conversation+"/"+action, body, nil)
		var status *StatusError
		if err == nil || (asStatus(err, &status) && status.Status/100 == 4) {
			return err
		}
		if !pause(ctx, 100*time.Millisecond) {
			return ctx.Err()
		}
	}
}

// Close stops the platform's double.
func (s *Shop) Close() { s.Platform.Close() }

// Conversation returns the ID of a chat's newest conversation.
func (s *Shop) Conversation(ctx context.Context, t interface {
	Helper()
	Fatal(args ...any)
}, chat Chat,
) string {
	t.Helper()
	name := chat.Customer().Name
	for _, inbox := range []models.Inbox{s.Website, s.Recorder} {
		found, err := s.System.Store.ChatByIdentity(ctx, inbox, name)
		if err != nil {
			continue
		}
		rows, err := s.System.Store.Conversations(ctx, s.Account.ID, store.ConversationFilter{Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if row.ChatID == found.ID {
				return row.ID.String()
			}
		}
	}
	t.Fatal("the chat has no conversation")
	return ""
}

// HandedOver reports whether a conversation of the shop was handed over for a
// reason.
func (s *Shop) HandedOver(ctx context.Context, reason string) bool {
	rows, err := s.System.Store.Conversations(ctx, s.Account.ID, store.ConversationFilter{Limit: 1000})
	if err != nil {
		return false
	}
	for _, row := range rows {
		if row.HandoffReason != nil && *row.HandoffReason == reason {
			return true
		}
	}
	return false
}
