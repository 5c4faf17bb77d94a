package worker_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"kedai/models"
	"kedai/worker"
	"kedai/workflows/contract"
)

func TestUpkeepIsScheduledOnceAndRuns(t *testing.T) {
	t.Parallel()
	b := setup(t, models.ChannelWebsite, nil, nil)
	for range 2 {
		require.NoError(t, worker.ScheduleUpkeep(t.Context(), b.temporal))
	}
	schedule := b.temporal.ScheduleClient().GetHandle(t.Context(), contract.UpkeepSchedule)
	description, err := schedule.Describe(t.Context())
	require.NoError(t, err)
	require.Len(t, description.Info.NextActionTimes, 10)
	require.WithinDuration(t, time.Now(), description.Info.NextActionTimes[0], 26*time.Hour)

	require.NoError(t, schedule.Trigger(t.Context(), client.ScheduleTriggerOptions{}))
	require.Eventually(t, func() bool {
		description, err := schedule.Describe(t.Context())
		require.NoError(t, err)
		return len(description.Info.RecentActions) == 1 && len(description.Info.RunningWorkflows) == 0
	}, 30*time.Second, 200*time.Millisecond)
	description, err = schedule.Describe(t.Context())
	require.NoError(t, err)
	run := description.Info.RecentActions[0].StartWorkflowResult
	require.NoError(t, b.temporal.GetWorkflow(t.Context(), run.WorkflowID, run.FirstExecutionRunID).Get(t.Context(), nil))
}
