package workflows_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"kedai/activities"
	"kedai/models"
	"kedai/workflows"
	"kedai/workflows/contract"
)

func TestPlaygroundWorkflow(t *testing.T) {
	t.Parallel()
	refused := temporal.NewNonRetryableApplicationError("error", string(models.CodeRejected), nil)
	down := temporal.NewApplicationError("error", string(models.CodeUnavailable))
	cases := map[string]struct {
		rehearse func(plain bool, try int) error
		log      []string
	}{
		"it is one activity where all goes well": {
			rehearse: func(bool, int) error { return nil },
			log:      []string{"rehearse"},
		},
		"a model that is back soon is asked again": {
			rehearse: func(_ bool, try int) error {
				if try == 1 {
					return down
				}
				return nil
			},
			log: []string{"rehearse", "rehearse"},
		},
		"a model that refuses is followed by the built-in engine": {
			rehearse: func(plain bool, _ int) error {
				if plain {
					return nil
				}
				return refused
			},
			log: []string{"rehearse", "plain"},
		},
		"where nothing answers the turn is given up": {
			rehearse: func(bool, int) error { return refused },
			log:      []string{"rehearse", "plain", "give up"},
		},
		"where nothing can be reached the turn is given up in the end": {
			rehearse: func(bool, int) error { return down },
			log:      []string{"rehearse", "rehearse", "rehearse", "rehearse", "plain", "plain", "plain", "plain", "plain", "plain", "plain", "plain", "give up"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := workflowEnv()
			in := contract.PlaygroundInput{Account: uuid.New(), Chat: uuid.New(), N: 3}
			want := activities.PlaygroundRequest{Account: in.Account, Chat: in.Chat, N: 3}
			var log []string
			env.RegisterActivityWithOptions(func(r activities.PlaygroundRequest) error {
				name := "rehearse"
				if r.Plain {
					name = "plain"
				}
				log = append(log, name)
				plain := r.Plain
				r.Plain = false
				require.Equal(t, want, r)
				return c.rehearse(plain, len(log))
			}, activity.RegisterOptions{Name: "Rehearse"})
			env.RegisterActivityWithOptions(func(r activities.PlaygroundRequest) error {
				log = append(log, "give up")
				return nil
			}, activity.RegisterOptions{Name: "GiveUpRehearsal"})
			began := env.Now()
			env.ExecuteWorkflow(workflows.Playground, in)
			require.True(t, env.IsWorkflowCompleted())
			require.NoError(t, env.GetWorkflowError())
			require.Equal(t, c.log, log)
			require.Less(t, env.Now().Sub(began), models.PlaygroundPatience)
		})
	}
}
