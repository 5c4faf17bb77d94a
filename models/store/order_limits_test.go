package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"kedai/models"
	"kedai/models/store"
)

func TestOldOrdersAreFoundByNumber(t *testing.T) {
	t.Parallel()
	b := setupProof(t)
	orders := make([]models.Order, 25)
	for i := range orders {
		orders[i] = models.Order{ExternalID: fmt.Sprint("old/", i), Name: fmt.Sprint("#", 7100+i), Email: "zoe@shop.example", ProcessedAt: time.Date(2026, 1, 1+i, 9, 0, 0, 0, time.UTC)}
	}
	require.NoError(t, b.shop.Store.PutOrders(t.Context(), b.shop.Account.ID, uuid.Nil, orders))
	for _, number := range []string{"7100", "7124"} {
		found := b.find(store.OrderAsk{Email: "zoe@shop.example", Numbers: []string{number}})
		require.Equal(t, models.LookupFound, found.Outcome)
		require.Equal(t, []string{"#" + number}, namesOf(found.Orders))
	}
	require.Len(t, b.find(store.OrderAsk{Email: "zoe@shop.example"}).Orders, 20)
}

// TestTriesOfOneAddressAtOnce has many chats of one network address try at the
// same moment: no more of them are looked at than are allowed.
func TestTriesOfOneAddressAtOnce(t *testing.T) {
	t.Parallel()
	b := setupProof(t)
	address := "203.0.113.9"
	for i := range models.TriesPerAddress - 2 {
		found, _ := b.ask(fmt.Sprint("before", i), address, claimed(fmt.Sprint(8900+i), "x@shop.example"))
		require.Equal(t, models.LookupUnmatched, found.Outcome)
	}
	asks := make([]store.OrderAsk, 16)
	for i := range asks {
		_, chat := b.ask(fmt.Sprint("at once", i), address, store.OrderAsk{})
		asks[i] = claimed(fmt.Sprint(8000+i), "x@shop.example")
		asks[i].Chat, asks[i].Conversation, asks[i].Turn = chat.Chat, chat.Conversation, chat.Turn
	}
	// None of them gets to note its try before all have begun.
	conn, err := pgx.Connect(t.Context(), b.database)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	tx, err := conn.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), "LOCK TABLE order_tries IN SHARE MODE")
	require.NoError(t, err)
	outcomes := make([]models.LookupOutcome, len(asks))
	var group errgroup.Group
	for i, ask := range asks {
		group.Go(func() error {
			found, err := b.shop.Store.FindOrders(t.Context(), b.shop.Account.ID, ask)
			outcomes[i] = found.Outcome
			return err
		})
	}
	require.Eventually(t, func() bool {
		var waiting int
		err := tx.QueryRow(t.Context(), "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").Scan(&waiting)
		return err == nil && waiting == len(asks)
	}, 20*time.Second, 10*time.Millisecond)
	require.NoError(t, tx.Rollback(t.Context()))
	require.NoError(t, group.Wait())
	looked := 0
	for _, outcome := range outcomes {
		if outcome == models.LookupUnmatched {
			looked++
		}
	}
	require.Equal(t, 2, looked)
}

// TestCodesOfOneOrderAreGuessedSoOften has one ask for a code of an order and
// then for one of another, whose tries they hope to be counted on.
func TestCodesOfOneOrderAreGuessedSoOften(t *testing.T) {
	t.Parallel()
	b := setupProof(t)
	b.setMail()
	for i := range 6 {
		customer := fmt.Sprint("m", i)
		for _, number := range []string{"1042", fmt.Sprint("55", i)} {
			k := b.say(customer)
			b.deliver(k, b.find(k.ask(store.OrderAsk{Numbers: []string{number}, SendCode: true})).Outcome, models.ActionAnswer)
		}
		for g := range 6 {
			k := b.say(customer)
			found := b.find(k.ask(store.OrderAsk{Numbers: []string{"1042"}, Codes: []string{fmt.Sprintf("%06d", i*10+g)}}))
			if found.Outcome == models.LookupLimited {
				break
			}
			b.deliver(k, found.Outcome, models.ActionAnswer)
		}
	}
	require.Equal(t, models.TriesPerNumber, count(t, b.database, "SELECT count(*) FROM order_tries WHERE number = '1042' AND order_id IS NULL"))
	found, _ := b.ask("later", "", claimed("1042", "wrong@shop.example"))
	require.Equal(t, models.LookupLimited, found.Outcome, "they count as tries of the order")
}
