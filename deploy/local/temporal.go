package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
)

const (
	temporalPasswordVariable = "KEDAI_TEMPORAL_DB_PASSWORD"
	systemNamespace          = "temporal-system"
	// probes is how many workflow IDs are asked for to find all history shards at work: with four
	// shards it is all but sure that each of them is asked.
	probes = 16
)

// temporalSpec describes the Temporal server to the supervisor.
func temporalSpec(binary string, p ports, password string, o Options) PartSpec {
	return PartSpec{
		Name: string(PartTemporal),
		Command: func() *exec.Cmd {
			cmd := exec.Command(binary,
				"-db-port", strconv.Itoa(p.Postgres),
				"-db-user", superuser,
				"-port", strconv.Itoa(p.Temporal),
				"-history-port", strconv.Itoa(p.TemporalHistory),
				"-matching-port", strconv.Itoa(p.TemporalMatching),
				"-worker-port", strconv.Itoa(p.TemporalWorker),
				"-ui-port", strconv.Itoa(p.TemporalUI),
				"-ui-namespace", o.Namespace,
				"-suggest-continue-as-new", strconv.Itoa(o.SuggestContinueAsNew),
			)
			cmd.Env = append(os.Environ(), temporalPasswordVariable+"="+password)
			return cmd
		},
		Ready: func(ctx context.Context) error { return temporalReady(ctx, loopback(p.Temporal)) },
		// Its connections are drained first.
		StopTimeout: 20 * time.Second,
	}
}

func loopback(port int) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}

// dialTemporal connects without the SDK's own log lines.
func dialTemporal(ctx context.Context, address, namespace string) (client.Client, error) {
	return client.DialContext(ctx, client.Options{
		HostPort:  address,
		Namespace: namespace,
		Logger:    log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
}

// temporalReady asks each service for something that it can only answer when it works: the
// frontend for its health, the database for a namespace, the history shards for a workflow that
// doesn't exist, and matching for a task queue.
func temporalReady(ctx context.Context, address string) error {
	if err := listens(ctx, address); err != nil {
		return err
	}
	c, err := dialTemporal(ctx, address, systemNamespace)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.CheckHealth(ctx, &client.CheckHealthRequest{}); err != nil {
		return fmt.Errorf("frontend: %w", err)
	}
	service := c.WorkflowService()
	if _, err := service.DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: systemNamespace}); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	for i := range probes {
		_, err := service.DescribeWorkflowExecution(ctx, &workflowservice.DescribeWorkflowExecutionRequest{
			Namespace: systemNamespace,
			Execution: execution("kedai-ready-"+strconv.Itoa(i), ""),
		})
		var missing *serviceerror.NotFound
		if err != nil && !errors.As(err, &missing) {
			return fmt.Errorf("history: %w", err)
		}
	}
	_, err = service.DescribeTaskQueue(ctx, &workflowservice.DescribeTaskQueueRequest{
		Namespace:     systemNamespace,
		TaskQueue:     &taskqueue.TaskQueue{Name: "kedai-ready"},
		TaskQueueType: enums.TASK_QUEUE_TYPE_WORKFLOW,
	})
	if err != nil {
		return fmt.Errorf("matching: %w", err)
	}
	return nil
}

// listens spares the costlier checks while nothing listens yet.
func listens(ctx context.Context, address string) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	return conn.Close()
}

// SetCurrentVersion makes the given build the current version of a worker deployment. It asks
// until a worker of that build has polled, so it may be called before the worker is up; ctx says
// how long. Task queues that the build no longer polls don't hinder it.
func SetCurrentVersion(ctx context.Context, c client.Client, deploymentName, buildID string) error {
	deployment := c.WorkerDeploymentClient().GetHandle(deploymentName)
	for {
		_, err := deployment.SetCurrentVersion(ctx, client.WorkerDeploymentSetCurrentVersionOptions{
			BuildID:                 buildID,
			IgnoreMissingTaskQueues: true,
		})
		var invalid *serviceerror.InvalidArgument
		if err == nil {
			return nil
		}
		if errors.As(err, &invalid) {
			return fmt.Errorf("set the current version of %s: %w", deploymentName, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("set the current version of %s: %w", deploymentName, errors.Join(ctx.Err(), err))
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func execution(id, run string) *common.WorkflowExecution {
	return &common.WorkflowExecution{WorkflowId: id, RunId: run}
}
