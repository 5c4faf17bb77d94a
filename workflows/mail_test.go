package workflows_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"kedai/activities"
	"kedai/models"
	"kedai/workflows"
	"kedai/workflows/contract"
)

func TestMail(t *testing.T) {
	t.Parallel()
	in := contract.MailInput{Account: uuid.New(), Mail: uuid.New()}
	send := func(answers ...error) (env *testsuite.TestWorkflowEnvironment, tries int) {
		env = workflowEnv()
		env.RegisterActivityWithOptions(func(r activities.MailRequest) error {
			require.Equal(t, activities.MailRequest{Account: in.Account, Mail: in.Mail}, r)
			tries++
			return answers[min(tries, len(answers))-1]
		}, activity.RegisterOptions{Name: "SendMail"})
		env.ExecuteWorkflow(workflows.Mail, in)
		require.True(t, env.IsWorkflowCompleted())
		return env, tries
	}
	again := temporal.NewApplicationError("error", string(models.CodeUnavailable))
	final := temporal.NewNonRetryableApplicationError("error", string(models.CodeInternal), nil)

	env, tries := send(again, again, nil)
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, 3, tries, "a server that is busy is asked again")
	env, tries = send(final)
	require.Error(t, env.GetWorkflowError())
	require.Equal(t, 1, tries)
}
