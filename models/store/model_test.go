package store_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kedai/models"
	"kedai/models/store/storetest"
)

// reference is the conversation's rules once more, as small as they can be
// said: what PRODUCT's R9 to R13 promise of one chat.
type reference struct {
	open        bool
	owner       models.Owner
	ended       bool // The agent was there and left, or may never come.
	person      bool // A person answered.
	handed      bool
	stopped     bool
	leadStopped bool
	cooling     bool
	waiting     bool // A message waits for an answer.
	considered  bool // And was held against the trigger already.
	replies     int  // Of the agent, the handoff message included.
}

func (r *reference) opened(owner models.Owner) {
	*r = reference{open: true, owner: owner, stopped: r.leadStopped, leadStopped: r.leadStopped, waiting: r.waiting, replies: r.replies}
}

// attend is what a doorbell or a deadline brings about.
func (r *reference) attend() {
	if !r.open {
		if r.cooling || !r.waiting {
			return
		}
		r.opened(models.OwnerNobody)
	}
	if r.waiting && !r.considered && r.owner == models.OwnerNobody && !r.ended && !r.person && !r.stopped {
		r.owner = models.OwnerAgent
	}
	if r.waiting {
		r.considered = true
	}
}

func (r *reference) serves() bool { return r.open && r.owner == models.OwnerAgent && r.waiting }

// TestReference runs random histories of one chat on the real store and on the
// reference, and compares after each step.
func TestReference(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	histories := 0
	rapid.Check(t, func(t *rapid.T) {
		histories++
		customer := fmt.Sprint("customer ", histories)
		h := &history{T: t, shop: shop, conn: conn, customer: customer}
		h.say(t)
		t.Repeat(map[string]func(*rapid.T){
			"":          h.compare,
			"inbound":   h.say,
			"attend":    h.attend,
			"deliver":   h.deliver,
			"stop":      h.stop,
			"close":     h.close,
			"reopen":    h.reopen,
			"reply":     h.reply,
			"hand back": h.handBack,
			"deadline":  h.deadline,
			"handoff":   h.handoff,
			"lift stop": h.lift,
		})
	})
}
