package bench_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/deploy/bench"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// races is how often Deliver meets each other decision about its chat.
const (
	races       = 1000
	raceWorkers = 4
)

// duel is one prepared reply and where it is to be said.
type duel struct {
	shop     storetest.Shop
	customer string
	turn     models.Turn
	lead     models.Lead
}

// TestDeliverRaces runs Deliver against every other decision at the same
// moment. The judge then reads from the database which came first, and whether
// what came second knew of it.
func TestDeliverRaces(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	opponents := map[string]func(t *testing.T, d duel) error{
		"stop": func(t *testing.T, d duel) error {
			_, err := s.Stop(t.Context(), d.shop.Account.ID, d.turn.ConversationID, d.shop.Manager)
			return err
		},
		"close": func(t *testing.T, d duel) error {
			_, err := s.CloseConversation(t.Context(), d.shop.Account.ID, d.turn.ConversationID, d.shop.Manager)
			return err
		},
		"manager reply": func(t *testing.T, d duel) error {
			_, _, err := s.Reply(t.Context(), d.shop.Account.ID, d.turn.ConversationID, d.shop.Manager, "I take this.")
			return err
		},
		"typing": func(t *testing.T, d duel) error {
			return s.Typing(t.Context(), d.shop.Account.ID, d.turn.ConversationID, d.shop.Manager)
		},
		"intake": func(t *testing.T, d duel) error {
			d.shop.Say(t, d.customer, "One more thing.")
			return nil
		},
		"toggle off": func(t *testing.T, d duel) error {
			_, err := s.SetEnabled(t.Context(), d.shop.Account.ID, d.shop.Admin, false)
			return err
		},
		"lead move": func(t *testing.T, d duel) error {
			_, err := s.MoveLead(t.Context(), d.shop.Account.ID, d.shop.Manager, d.lead.ID, d.shop.Stages[len(d.shop.Stages)-1].ID)
			return err
		},
		"limit reset": func(t *testing.T, d duel) error {
			return s.ResetLimit(t.Context(), d.shop.Account.ID, d.shop.Admin)
		},
	}
	// What may become of the reply, in whichever order the two commit.
	allowed := map[string][]models.Verdict{
		"stop":          {models.VerdictDelivered, models.VerdictSilenced},
		"close":         {models.VerdictDelivered, models.VerdictSilenced},
		"manager reply": {models.VerdictDelivered, models.VerdictSilenced},
		"typing":        {models.VerdictDelivered, models.VerdictDeferred},
		"intake":        {models.VerdictDelivered, models.VerdictSuperseded},
		"toggle off":    {models.VerdictDelivered, models.VerdictSilenced},
		"lead move":     {models.VerdictDelivered},
		"limit reset":   {models.VerdictDelivered},
	}
	for name, oppose := range opponents {
		t.Run("against "+name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			verdicts := map[models.Verdict]int{}
			var workers sync.WaitGroup
			for range raceWorkers {
				limit := int64(2)
				shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
					if name == "limit reset" {
						a.RepliesPerDay = &limit
					}
				})
				workers.Go(func() {
					for i := range races / raceWorkers {
						verdict := race(t, s, shop, fmt.Sprint("customer ", i), oppose)
						mu.Lock()
						verdicts[verdict]++
						mu.Unlock()
					}
					violations, err := bench.Judge(t.Context(), url, shop.Account.ID, nil)
					if err != nil || unanswered(name, violations) > 0 {
						t.Errorf("judge: %v %v", err, violations)
					}
				})
			}
			workers.Wait()
			for verdict := range verdicts {
				require.Contains(t, allowed[name], verdict)
			}
			t.Log(verdicts)
		})
	}
}

// unanswered counts violations, less those that a race leaves on purpose: here
// no run follows that would answer what was superseded or deferred.
func unanswered(name string, violations []string) int {
	n := 0
	for _, v := range violations {
		waits := name == "intake" || name == "typing"
		if waits && len(v) > 12 && v[:12] == "each inbound" {
			continue
		}
		n++
	}
	return n
}

// race prepares a reply, then delivers it at the same moment as the opponent
// acts, and checks the answer against what is stored.
func race(t *testing.T, s *store.Store, shop storetest.Shop, customer string, oppose func(*testing.T, duel) error) models.Verdict {
	ctx := t.Context()
	if _, err := s.SetEnabled(ctx, shop.Account.ID, shop.Admin, true); err != nil {
		t.Error(err)
	}
	receipt := shop.Say(t, customer, "How much is it?")
	situation, err := s.OpenConversation(ctx, shop.Account.ID, receipt.Chat)
	if err != nil {
		t.Error(err)
		return ""
	}
	_, turn, err := s.BeginTurn(ctx, shop.Account.ID, receipt.Chat)
	if err != nil || turn == nil {
		t.Errorf("begin turn: %v", err)
		return ""
	}
	if err := s.SaveDraft(ctx, shop.Account.ID, turn.ID, turn.Attempt, models.Draft{Action: models.ActionAnswer, Text: "Ten dollars."}, nil); err != nil {
		t.Error(err)
	}
	d := duel{shop: shop, customer: customer, turn: *turn, lead: models.Lead{ID: situation.Lead}}
	start := make(chan struct{})
	var both sync.WaitGroup
	both.Go(func() {
		<-start
		if err := oppose(t, d); err != nil {
			t.Errorf("opponent: %v", err)
		}
	})
	var delivery store.Delivery
	both.Go(func() {
		<-start
		if delivery, err = s.Deliver(ctx, shop.Account.ID, turn.ChatID, turn.ID, turn.Attempt, models.ReasonToolFailure); err != nil {
			t.Errorf("deliver: %v", err)
		}
	})
	close(start)
	both.Wait()
	return delivery.Verdict
}
