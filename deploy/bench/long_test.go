package bench_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"golang.org/x/sync/errgroup"

	"kedai/deploy/bench"
	"kedai/workflows/contract"
)

const (
	fewEvents = 300
	// oneTurn bounds what a run may add to the suggestion before it continues
	// as new: it does so between turns only.
	oneTurn = 60
)

func soaking() bool { return os.Getenv("KEDAI_SOAK") != "" }

// TestManyTurns has one chat go on over many runs of its workflow.
func TestManyTurns(t *testing.T) {
	t.Parallel() // It waits more than it works.
	turns := 300
	if soaking() {
		turns = 3000
	}
	s := startOwn(t, bench.SystemOptions{Suggest: fewEvents})
	shop, err := bench.OpenShop(t.Context(), s, map[string]any{"burst_question_ms": 5, "burst_quiet_ms": 5, "burst_max_ms": 100})
	require.NoError(t, err)
	t.Cleanup(shop.Close)
	chat, err := bench.NewWebsiteChat(t.Context(), shop)
	require.NoError(t, err)
	t.Cleanup(chat.Close)
	require.NoError(t, bench.Converse(t.Context(), chat, turns, patience))
	judge(t, s, shop, []bench.Chat{chat})
	require.Equal(t, turns, chat.Got())

	temporal, err := client.Dial(client.Options{HostPort: s.Engines.TemporalAddress, Namespace: "kedai", Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	defer temporal.Close()
	found, err := s.Store.ChatByIdentity(t.Context(), shop.Website, chat.Customer().Name)
	require.NoError(t, err)
	var runs int
	require.Eventually(t, func() bool {
		list, err := temporal.ListWorkflow(t.Context(), &workflowservice.ListWorkflowExecutionsRequest{
			Query: fmt.Sprintf("WorkflowId = '%s'", contract.ConversationWorkflowID(found.ID)), PageSize: 1000,
		})
		require.NoError(t, err)
		runs = len(list.GetExecutions())
		for _, run := range list.GetExecutions() {
			require.LessOrEqual(t, run.GetHistoryLength(), int64(fewEvents+oneTurn))
		}
		return runs > turns*20/fewEvents
	}, 20*time.Second, 200*time.Millisecond)
	t.Logf("%d turns in %d runs", turns, runs)
}

// TestSoak runs fifty chats of twenty turns each while parts are killed at
// random, from a seed that is printed.
func TestSoak(t *testing.T) {
	if !soaking() {
		t.Skip("make soak runs it")
	}
	seed := uint64(time.Now().UnixNano())
	if given, err := strconv.ParseUint(os.Getenv("KEDAI_SEED"), 10, 64); err == nil {
		seed = given
	}
	t.Logf("KEDAI_SEED=%d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	s := start(t)
	shop := openShop(t, s)
	chats := openChats(t, shop, 50)
	group, ctx := errgroup.WithContext(t.Context())
	for _, chat := range chats {
		group.Go(func() error { return bench.Converse(ctx, chat, 20, 2*time.Minute) })
	}
	ended := make(chan error, 1)
	go func() { ended <- group.Wait() }()
	parts := []bench.Part{bench.PartWorker, bench.PartAPI, bench.PartWeaviate, bench.PartPostgres, bench.PartTemporal}
	for kills := 0; ; {
		select {
		case err := <-ended:
			require.NoError(t, err)
			judge(t, s, shop, chats)
			t.Logf("%d kills", kills)
			return
		case <-time.After(time.Duration(4+random.IntN(8)) * time.Second):
			part := parts[random.IntN(len(parts))]
			if kills < 60 && s.Kill(part) == nil {
				kills++
				t.Logf("killed %s", part)
			}
		}
	}
}
