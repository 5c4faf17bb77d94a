package workflows_test

import (
	"time"

	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
)

// workflowEnv returns an environment for one run of a workflow. A workflow
// counts as deadlocked after seconds, not after the SDK's one: on a machine
// that runs all tests at once a goroutine may wait that long for its turn.
func workflowEnv() *testsuite.TestWorkflowEnvironment {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: 20 * time.Second})
	env.SetTestTimeout(time.Minute)
	return env
}
