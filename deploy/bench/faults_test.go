package bench_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"golang.org/x/sync/errgroup"

	"kedai/deploy/bench"
	"kedai/models"
	"kedai/workflows/contract"
)

// quick are settings that don't make tests wait for people.
var quick = map[string]any{"burst_question_ms": 50, "burst_quiet_ms": 150, "burst_max_ms": 1000, "cooldown_ms": 500, "unknown_send_ms": 6000}

const (
	chatsPerFault = 5
	turnsPerChat  = 4
	// patience is the promise of 15 s after a restart, and the restart itself.
	patience = 40 * time.Second
)

func openShop(t *testing.T, s *bench.System) *bench.Shop {
	t.Helper()
	shop, err := bench.OpenShop(t.Context(), s, quick)
	require.NoError(t, err)
	t.Cleanup(shop.Close)
	return shop
}

// underFault lets chats talk on both channels while fault happens, and has the
// judge look at all of it.
func underFault(t *testing.T, fault func(t *testing.T, s *bench.System, shop *bench.Shop)) {
	t.Helper()
	s := start(t)
	shop := openShop(t, s)
	chats := openChats(t, shop, chatsPerFault)
	group, ctx := errgroup.WithContext(t.Context())
	for _, chat := range chats {
		group.Go(func() error { return bench.Converse(ctx, chat, turnsPerChat, patience) })
	}
	fault(t, s, shop)
	require.NoError(t, group.Wait())
	judge(t, s, shop, chats)
}

// judge waits until nothing is to be sent any more and asserts that no rule is
// broken.
func judge(t *testing.T, s *bench.System, shop *bench.Shop, chats []bench.Chat) {
	t.Helper()
	var violations []string
	for range 90 {
		customers := make([]bench.Customer, len(chats))
		for i, chat := range chats {
			customers[i] = chat.Customer()
		}
		var err error
		violations, err = bench.Judge(t.Context(), s.Superuser, shop.Account.ID, customers)
		require.NoError(t, err)
		if len(violations) == 0 {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	require.Empty(t, violations)
}

func TestKills(t *testing.T) {
	for _, part := range []bench.Part{bench.PartWorker, bench.PartAPI, bench.PartWeaviate, bench.PartPostgres, bench.PartTemporal} {
		t.Run("chats go on after kill -9 of "+string(part), func(t *testing.T) {
			underFault(t, func(t *testing.T, s *bench.System, _ *bench.Shop) {
				time.Sleep(700 * time.Millisecond)
				before, err := s.PID(part)
				require.NoError(t, err)
				require.NoError(t, s.Kill(part))
				require.Eventually(t, func() bool {
					after, err := s.PID(part)
					return err == nil && after != before
				}, 20*time.Second, 20*time.Millisecond)
			})
		})
	}
}

func TestFailpoints(t *testing.T) {
	for _, point := range []string{"after-inbound-commit", "after-2xx", "after-deliver-commit", "before-send", "after-send", "after-open-conversation"} {
		t.Run("chats go on after a kill at "+point, func(t *testing.T) {
			underFault(t, func(t *testing.T, s *bench.System, _ *bench.Shop) {
				require.NoError(t, s.Arm(point))
				require.Eventually(t, func() bool { return !s.Armed(point) }, 20*time.Second, 10*time.Millisecond, "nothing passed the point")
			})
		})
	}
}

// TestStopOutlivesItsMessenger kills the API between a stop's commit and its
// signal: the button works all the same.
func TestStopOutlivesItsMessenger(t *testing.T) {
	s := start(t)
	shop := openShop(t, s)
	for name, open := range map[string]func(context.Context, *bench.Shop) (bench.Chat, error){"website": bench.NewWebsiteChat, "recorder": bench.NewRecorderChat} {
		t.Run("on "+name+" the agent stays silent", func(t *testing.T) {
			chat, err := open(t.Context(), shop)
			require.NoError(t, err)
			t.Cleanup(chat.Close)
			require.NoError(t, bench.Converse(t.Context(), chat, 1, patience))
			conversation := shop.Conversation(t.Context(), t, chat)
			require.NoError(t, s.Arm("after-stop-commit"))
			require.NoError(t, shop.Operate(t.Context(), conversation, "stop", nil))
			require.False(t, s.Armed("after-stop-commit"))
			had := chat.Got()
			require.NoError(t, chat.Say(t.Context(), bench.Question()))
			time.Sleep(3 * time.Second)
			require.Equal(t, had, chat.Got())
			judge(t, s, shop, []bench.Chat{chat})
		})
	}
}

// TestOperators has managers act in the middle of running chats while parts
// are killed.
func TestOperators(t *testing.T) {
	for action, part := range map[string]bench.Part{"stop": bench.PartWorker, "close": bench.PartTemporal, "reply": bench.PartWorker} {
		t.Run(action+" holds through a kill of "+string(part), func(t *testing.T) {
			s := start(t)
			shop := openShop(t, s)
			chats := openChats(t, shop, chatsPerFault)
			group, ctx := errgroup.WithContext(t.Context())
			for i := range chats {
				require.NoError(t, bench.Converse(t.Context(), chats[i], 1, patience))
				conversation := shop.Conversation(t.Context(), t, chats[i])
				group.Go(func() error {
					// The message and the action meet somewhere in the turn.
					if err := chats[i].Say(ctx, bench.Question()); err != nil {
						return err
					}
					time.Sleep(time.Duration(i*40) * time.Millisecond)
					body := map[string]any(nil)
					if action == "reply" {
						body = map[string]any{"text": "A person answers."}
					}
					return shop.Operate(ctx, conversation, action, body)
				})
			}
			time.Sleep(100 * time.Millisecond)
			require.NoError(t, s.Kill(part))
			require.NoError(t, group.Wait())
			if action == "reply" {
				for _, chat := range chats {
					require.Eventually(t, func() bool { return said(chat, "A person answers.") }, patience, 50*time.Millisecond)
				}
			}
			if action == "close" {
				// After the cooldown the agent serves again.
				for _, chat := range chats {
					require.NoError(t, bench.Converse(t.Context(), chat, 1, patience))
				}
			}
			judge(t, s, shop, chats)
		})
	}
}

func said(chat bench.Chat, text string) bool {
	for _, got := range chat.Customer().Got {
		if got == text {
			return true
		}
	}
	return false
}

// TestPlatform has the recorder's platform misbehave.
func TestPlatform(t *testing.T) {
	t.Parallel()
	s := start(t)
	misbehaviours := map[string]struct {
		how    bench.Misbehaviour
		echo   bool
		failed bool
	}{
		"429 before delivery":                 {how: bench.Throttle, echo: true},
		"500 before delivery, no echo":        {how: bench.FailBefore, echo: true},
		"500 after delivery, with an echo":    {how: bench.FailAfter, echo: true},
		"a hang after delivery, with an echo": {how: bench.Hang, echo: true},
		"a cut answer, with an echo":          {how: bench.CutBody, echo: true},
		"a cut answer, without an echo":       {how: bench.CutBody},
		"a refusal for good":                  {how: bench.RefuseForGood, failed: true},
	}
	for name, m := range misbehaviours {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shop := openShop(t, s)
			shop.Platform.Echo(m.echo)
			var once sync.Once
			shop.Platform.Misbehave(func(string) bench.Misbehaviour {
				how := bench.Behave
				once.Do(func() { how = m.how })
				return how
			})
			chat, err := bench.NewRecorderChat(t.Context(), shop)
			require.NoError(t, err)
			if m.failed {
				require.NoError(t, chat.Say(t.Context(), bench.Question()))
				require.Eventually(t, func() bool { return shop.HandedOver(t.Context(), "tool_failure") }, patience, 100*time.Millisecond)
				return
			}
			require.NoError(t, bench.Converse(t.Context(), chat, 2, patience))
			judge(t, s, shop, []bench.Chat{chat})
			doubles := 0
			for _, n := range chat.Customer().Arrivals {
				if n > 1 {
					doubles++
				}
			}
			if m.echo {
				require.Zero(t, doubles, "an echo was to be had")
			} else {
				require.Equal(t, 1, doubles)
			}
		})
	}
}

// TestOneWebhookManyTimes delivers one webhook twenty times at once.
func TestOneWebhookManyTimes(t *testing.T) {
	t.Parallel()
	s := start(t)
	shop := openShop(t, s)
	event := bench.Event{ID: "once", Kind: "customer", Chat: "customer-once", Text: "How much is the blue mug?"}
	group, ctx := errgroup.WithContext(t.Context())
	for range 20 {
		group.Go(func() error { return shop.Platform.PostNow(ctx, event) })
	}
	require.NoError(t, group.Wait())
	require.NoError(t, shop.Platform.Await(t.Context(), event.Chat, 1))
	time.Sleep(time.Second)
	require.Len(t, shop.Platform.Arrived(event.Chat), 1)
}

// TestDoorbells loses, doubles and disorders them: messages are stored without
// a ring, and old and wrong rings come by themselves.
func TestDoorbells(t *testing.T) {
	s := start(t)
	shop := openShop(t, s)
	temporal, err := client.Dial(client.Options{HostPort: s.Engines.TemporalAddress, Namespace: "kedai", Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	defer temporal.Close()

	t.Run("a lost doorbell is rung by the relay", func(t *testing.T) {
		_, err := s.Store.Intake(t.Context(), shop.Recorder, models.Inbound{Author: models.AuthorCustomer, Identity: "lost", ProviderID: "lost-1", Text: "Hello!"})
		require.NoError(t, err)
		require.NoError(t, shop.Platform.Await(t.Context(), "lost", 1))
	})
	t.Run("double and disordered doorbells change nothing", func(t *testing.T) {
		receipt, err := s.Store.Intake(t.Context(), shop.Recorder, models.Inbound{Author: models.AuthorCustomer, Identity: "wild", ProviderID: "wild-1", Text: "Hello!"})
		require.NoError(t, err)
		ring := func(seq int64) {
			_, err := temporal.SignalWithStartWorkflow(t.Context(), contract.ConversationWorkflowID(receipt.Chat), contract.DoorbellSignal.Name,
				contract.Doorbell{Seq: seq, InSeq: seq}, client.StartWorkflowOptions{TaskQueue: contract.QueueConversation},
				contract.ConversationWorkflow, contract.ConversationInput{Account: receipt.Account, Chat: receipt.Chat})
			require.NoError(t, err)
		}
		for _, seq := range []int64{receipt.Seq, 0, receipt.Seq, 1, receipt.Seq + 50, receipt.Seq} {
			ring(seq)
		}
		require.NoError(t, shop.Platform.Await(t.Context(), "wild", 1))
		for _, seq := range []int64{0, 1, receipt.Seq} {
			ring(seq)
		}
		time.Sleep(1500 * time.Millisecond)
		require.Len(t, shop.Platform.Arrived("wild"), 1)
		_, err = s.Store.Intake(t.Context(), shop.Recorder, models.Inbound{Author: models.AuthorCustomer, Identity: "wild", ProviderID: "wild-2", Text: "Hello again!"})
		require.NoError(t, err)
		require.NoError(t, shop.Platform.Await(t.Context(), "wild", 2))
	})
}
