package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// proofBundle is a shop with two orders of Ana's and one of Ben's.
type proofBundle struct {
	t        *testing.T
	shop     storetest.Shop
	database string
}

func setupProof(t *testing.T) *proofBundle {
	t.Helper()
	s, database := storetest.OpenWithURL(t)
	b := &proofBundle{t: t, shop: storetest.OpenShop(t, s, models.ChannelWebsite, nil), database: database}
	at := func(day int) time.Time { return time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC) }
	require.NoError(t, b.shop.Store.PutOrders(t.Context(), b.shop.Account.ID, uuid.Nil, []models.Order{
		{ExternalID: "1", Name: "#1042", Email: "ana@shop.example", Phone: "+525550100131", ProcessedAt: at(1)},
		{ExternalID: "2", Name: "#1043", Email: "ana@shop.example", ProcessedAt: at(2)},
		{ExternalID: "3", Name: "#1044", Email: "ben@shop.example", Phone: "+79005550101", ProcessedAt: at(3)},
	}))
	return b
}

// ask has a customer, who writes from an address, begin a turn in which orders
// are asked about.
func (b *proofBundle) ask(customer, address string, ask store.OrderAsk) (store.OrderFind, store.OrderAsk) {
	b.t.Helper()
	receipt, err := b.shop.Store.Intake(b.t.Context(), b.shop.Inbox, models.Inbound{
		Author: models.AuthorCustomer, Identity: customer, ProviderID: uuid.NewString(), Text: "my order", Address: address,
	})
	require.NoError(b.t, err)
	_, err = b.shop.Store.OpenConversation(b.t.Context(), b.shop.Account.ID, receipt.Chat)
	require.NoError(b.t, err)
	_, turn, err := b.shop.Store.BeginTurn(b.t.Context(), b.shop.Account.ID, receipt.Chat)
	require.NoError(b.t, err)
	ask.Chat, ask.Conversation, ask.Turn = receipt.Chat, turn.ConversationID, uuid.New()
	return b.find(ask), ask
}

func (b *proofBundle) find(ask store.OrderAsk) store.OrderFind {
	b.t.Helper()
	found, err := b.shop.Store.FindOrders(b.t.Context(), b.shop.Account.ID, ask)
	require.NoError(b.t, err)
	return found
}

// age makes a chat's tries more than an hour old.
func (b *proofBundle) age(chat uuid.UUID) {
	exec(b.t, b.database, "UPDATE order_tries SET created_at = created_at - interval '61 minutes' WHERE chat_id = $1", chat)
}

func claimed(number, email string) store.OrderAsk {
	return store.OrderAsk{Numbers: []string{number}, Foreign: true, Claims: []models.OrderClaim{{Number: number, Email: email}}}
}

func namesOf(orders []models.Order) []string {
	out := []string{}
	for _, o := range orders {
		out = append(out, o.Name)
	}
	return out
}

func TestOrderProof(t *testing.T) {
	t.Parallel()

	t.Run("what a channel proves gives the customer's own orders and no other", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		require.Equal(t, []string{"#1043", "#1042"}, namesOf(b.find(store.OrderAsk{Email: "Ana@shop.example"}).Orders))
		require.Equal(t, []string{"#1042"}, namesOf(b.find(store.OrderAsk{Phone: "+525550100131"}).Orders))
		require.Equal(t, []string{"#1042"}, namesOf(b.find(store.OrderAsk{Email: "ana@shop.example", Numbers: []string{"1042"}}).Orders))
		require.Equal(t, store.OrderFind{Outcome: models.LookupNoOrders}, b.find(store.OrderAsk{Email: "nobody@shop.example"}))
		require.Equal(t, store.OrderFind{Outcome: models.LookupNothing}, b.find(store.OrderAsk{}))
	})
	t.Run("an order of somebody else's and one that isn't there are told alike", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		for _, number := range []string{"1044", "9999"} {
			require.Equal(t, store.OrderFind{Outcome: models.LookupUnproven}, b.find(store.OrderAsk{Numbers: []string{number}}))
			require.Equal(t, store.OrderFind{Outcome: models.LookupOthers}, b.find(store.OrderAsk{Email: "ana@shop.example", Numbers: []string{number}}))
			found, _ := b.ask("x"+number, "", claimed(number, "ana@shop.example"))
			require.Equal(t, store.OrderFind{Outcome: models.LookupUnmatched}, found)
		}
	})
	t.Run("another's address without a number gives nothing, whoever asks", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		require.Equal(t, store.OrderFind{Outcome: models.LookupNoNumber}, b.find(store.OrderAsk{Foreign: true}))
		require.Equal(t, store.OrderFind{Outcome: models.LookupNoNumber}, b.find(store.OrderAsk{Email: "ana@shop.example", Foreign: true}))
	})
	t.Run("a number with its own contact proves that order, for the rest of the conversation", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		found, ask := b.ask("ana", "", claimed("1042", "ana@shop.example"))
		require.Equal(t, []string{"#1042"}, namesOf(found.Orders))
		require.Equal(t, []string{"#1042"}, namesOf(b.find(store.OrderAsk{Chat: ask.Chat, Conversation: ask.Conversation, Turn: uuid.New()}).Orders), "and no other of the same customer's")
		require.Empty(t, b.find(store.OrderAsk{Chat: ask.Chat, Conversation: uuid.New(), Turn: uuid.New()}).Orders, "the next conversation proves anew")
	})
	t.Run("a phone is the same without its country, or with the prefix that is dialled", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		for typed, number := range map[string]string{"+52 55 5010 0131": "1042", "55 5010 0131": "1042", "8 900 555-01-01": "1044", "9005550101": "1044"} {
			ask := store.OrderAsk{Numbers: []string{number}, Claims: []models.OrderClaim{{Number: number, Phone: models.NormalPhone(typed)}}}
			require.Len(t, b.find(ask).Orders, 1, typed)
		}
		for typed, number := range map[string]string{"50100131": "1042", "0131": "1042", "+15550100131": "1042", "55 5010 0132": "1042"} {
			ask := store.OrderAsk{Numbers: []string{number}, Claims: []models.OrderClaim{{Number: number, Phone: models.NormalPhone(typed)}}}
			require.Empty(t, b.find(ask).Orders, typed)
		}
	})
}

func TestOrderTries(t *testing.T) {
	t.Parallel()
	wrong := func(n int) store.OrderAsk { return claimed(fmt.Sprint(5000+n), "x@shop.example") }

	t.Run("after five wrong tries in an hour a chat's right one isn't looked at", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		for n := range models.TriesPerChat {
			found, _ := b.ask("ana", "", wrong(n))
			require.Equal(t, models.LookupUnmatched, found.Outcome)
		}
		found, ask := b.ask("ana", "", claimed("1042", "ana@shop.example"))
		require.Equal(t, store.OrderFind{Outcome: models.LookupLimited}, found)
		found, _ = b.ask("other", "", claimed("1042", "ana@shop.example"))
		require.Len(t, found.Orders, 1, "another chat has tries of its own")
		b.age(ask.Chat)
		found, _ = b.ask("ana", "", claimed("1042", "ana@shop.example"))
		require.Len(t, found.Orders, 1, "an hour later it is looked at")
	})
	t.Run("a turn that is tried again counts once", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		_, ask := b.ask("ana", "", wrong(1))
		for range 2 * models.TriesPerChat {
			require.Equal(t, models.LookupUnmatched, b.find(ask).Outcome)
		}
	})
	t.Run("an order's number has ten wrong tries a day, over all chats", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		for n := range models.TriesPerNumber {
			found, _ := b.ask(fmt.Sprint("customer", n), "", claimed("1042", "x@shop.example"))
			require.Equal(t, models.LookupUnmatched, found.Outcome)
		}
		found, _ := b.ask("ana", "", claimed("1042", "ana@shop.example"))
		require.Equal(t, models.LookupLimited, found.Outcome)
	})
	t.Run("a network address has twenty wrong tries an hour, over all chats", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		for n := range models.TriesPerAddress {
			found, _ := b.ask(fmt.Sprint("customer", n), "203.0.113.7", wrong(n))
			require.Equal(t, models.LookupUnmatched, found.Outcome)
		}
		found, _ := b.ask("ana", "203.0.113.7", claimed("1042", "ana@shop.example"))
		require.Equal(t, models.LookupLimited, found.Outcome)
		found, _ = b.ask("ana2", "203.0.113.8", claimed("1042", "ana@shop.example"))
		require.Len(t, found.Orders, 1)
	})
	t.Run("many at once don't get past the limit", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		_, ask := b.ask("ana", "", wrong(0))
		outcomes := make([]models.LookupOutcome, 30)
		var group errgroup.Group
		for n := range outcomes {
			group.Go(func() error {
				one := claimed(fmt.Sprint(6000+n), "x@shop.example")
				one.Chat, one.Conversation, one.Turn = ask.Chat, ask.Conversation, uuid.New()
				found, err := b.shop.Store.FindOrders(t.Context(), b.shop.Account.ID, one)
				outcomes[n] = found.Outcome
				return err
			})
		}
		require.NoError(t, group.Wait())
		looked := 0
		for _, o := range outcomes {
			if o == models.LookupUnmatched {
				looked++
			}
		}
		require.Equal(t, models.TriesPerChat-1, looked)
	})
}
