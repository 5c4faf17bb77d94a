package workflows_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/workflows"
	"kedai/workflows/contract"
)

func TestIndexUpkeep(t *testing.T) {
	t.Parallel()
	// walk runs the upkeep of n accounts and returns after which ones the
	// sweeps went on, and how often outdated indexes were looked for.
	walk := func(t *testing.T, n int) (env *testsuite.TestWorkflowEnvironment, after []uuid.UUID, renewed int) {
		t.Helper()
		env = workflowEnv()
		env.RegisterActivityWithOptions(func(r activities.SweepRequest) (activities.Swept, error) {
			after = append(after, r.After)
			if len(after) > n {
				return activities.Swept{}, nil
			}
			return activities.Swept{Account: uuid.New()}, nil
		}, activity.RegisterOptions{Name: "SweepNext"})
		env.RegisterActivityWithOptions(func() error {
			renewed++
			return nil
		}, activity.RegisterOptions{Name: "Renew"})
		env.ExecuteWorkflow(workflows.IndexUpkeep, contract.UpkeepInput{})
		require.True(t, env.IsWorkflowCompleted())
		return env, after, renewed
	}
	t.Run("every account is swept, then outdated ones are renewed", func(t *testing.T) {
		t.Parallel()
		env, after, renewed := walk(t, 3)
		require.NoError(t, env.GetWorkflowError())
		require.Len(t, after, 4)
		require.Equal(t, uuid.Nil, after[0])
		require.NotContains(t, after[1:], uuid.Nil, "each goes on after the one before")
		require.Equal(t, 1, renewed)
	})
	t.Run("many accounts go on in a run of their own", func(t *testing.T) {
		t.Parallel()
		env, after, renewed := walk(t, 1000)
		var next *workflow.ContinueAsNewError
		require.ErrorAs(t, env.GetWorkflowError(), &next)
		require.Len(t, after, 300)
		require.Zero(t, renewed)
	})
}
