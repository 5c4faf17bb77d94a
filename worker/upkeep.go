package worker

import (
	"context"
	"errors"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"kedai/workflows/contract"
)

// upkeepHour is when indexes are swept, in UTC.
const upkeepHour = 3

// ScheduleUpkeep has the indexes swept once a day. Every worker may call it:
// the schedule is there once.
func ScheduleUpkeep(ctx context.Context, c client.Client) error {
	_, err := c.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID: contract.UpkeepSchedule,
		Spec: client.ScheduleSpec{
			Calendars: []client.ScheduleCalendarSpec{{Hour: []client.ScheduleRange{{Start: upkeepHour}}}},
			Jitter:    time.Hour,
		},
		Action: &client.ScheduleWorkflowAction{
			ID: contract.UpkeepWorkflowID, Workflow: contract.UpkeepWorkflow, TaskQueue: contract.QueueBulk,
			Args: []any{contract.UpkeepInput{}},
		},
		// A sweep that takes longer than a day isn't doubled, and one that was
		// missed while Temporal was down is made up for if it is of this day.
		Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: 12 * time.Hour,
	})
	if errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
		return nil
	}
	return err
}
