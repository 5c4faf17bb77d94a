package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/types/known/durationpb"
)

const (
	retention = 72 * time.Hour
	// prepareTimeout is far more than the server's caches take to learn of a new namespace.
	prepareTimeout = 60 * time.Second
	preparePoll    = 100 * time.Millisecond
	probeID        = "kedai-search-attribute-check"
)

// searchAttributes are what operators filter conversations by.
var searchAttributes = map[string]enums.IndexedValueType{
	"AgentState":     enums.INDEXED_VALUE_TYPE_KEYWORD,
	"AccountID":      enums.INDEXED_VALUE_TYPE_KEYWORD,
	"ConversationID": enums.INDEXED_VALUE_TYPE_KEYWORD,
	"LeadID":         enums.INDEXED_VALUE_TYPE_KEYWORD,
	"Channel":        enums.INDEXED_VALUE_TYPE_KEYWORD,
	"HandoffReason":  enums.INDEXED_VALUE_TYPE_KEYWORD,
	"TurnStartedAt":  enums.INDEXED_VALUE_TYPE_DATETIME,
}

// PrepareNamespace registers a Temporal namespace with Kedai's search attributes, and returns once
// workflows can be started with them and found by them. It changes nothing where all is there.
func PrepareNamespace(ctx context.Context, address, name string) error {
	ctx, cancel := context.WithTimeout(ctx, prepareTimeout)
	defer cancel()
	if err := registerNamespace(ctx, address, name); err != nil {
		return fmt.Errorf("register the namespace %s: %w", name, err)
	}
	c, err := dialTemporal(ctx, address, name)
	if err != nil {
		return fmt.Errorf("connect to Temporal: %w", err)
	}
	defer c.Close()

	added, err := addSearchAttributes(ctx, c, name)
	if err != nil {
		return fmt.Errorf("add search attributes to %s: %w", name, err)
	}
	if err := retry(ctx, func() error { return list(ctx, c, name, 0) }); err != nil {
		return fmt.Errorf("wait for the search attributes of %s: %w", name, err)
	}
	if !added {
		return nil
	}
	if err := probe(ctx, c, name); err != nil {
		return fmt.Errorf("try the search attributes of %s: %w", name, err)
	}
	return nil
}

func registerNamespace(ctx context.Context, address, name string) error {
	namespaces, err := client.NewNamespaceClient(client.Options{
		HostPort: address,
		Logger:   log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
	if err != nil {
		return err
	}
	defer namespaces.Close()
	return retry(ctx, func() error {
		err := namespaces.Register(ctx, &workflowservice.RegisterNamespaceRequest{
			Namespace:                        name,
			WorkflowExecutionRetentionPeriod: durationpb.New(retention),
		})
		var exists *serviceerror.NamespaceAlreadyExists
		if errors.As(err, &exists) {
			return nil
		}
		return err
	})
}

// addSearchAttributes says whether any were missing.
func addSearchAttributes(ctx context.Context, c client.Client, namespace string) (added bool, err error) {
	err = retry(ctx, func() error {
		known, err := c.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: namespace})
		if err != nil {
			return err
		}
		missing := maps.Clone(searchAttributes)
		for name := range known.GetCustomAttributes() {
			delete(missing, name)
		}
		if len(missing) == 0 {
			return nil
		}
		added = true
		_, err = c.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
			Namespace:        namespace,
			SearchAttributes: missing,
		})
		var exists *serviceerror.AlreadyExists
		if errors.As(err, &exists) {
			return nil
		}
		return err
	})
	return added, err
}

// list asks for workflows by all search attributes and fails where fewer than want are found.
func list(ctx context.Context, c client.Client, namespace string, want int) error {
	var terms []string
	for _, name := range slices.Sorted(maps.Keys(searchAttributes)) {
		if searchAttributes[name] == enums.INDEXED_VALUE_TYPE_DATETIME {
			terms = append(terms, name+" >= '2000-01-01T00:00:00Z'")
		} else {
			terms = append(terms, name+" = '"+probeID+"'")
		}
	}
	found, err := c.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{
		Namespace: namespace,
		PageSize:  1,
		Query:     strings.Join(terms, " AND "),
	})
	if err != nil {
		return err
	}
	if n := len(found.GetExecutions()); n < want {
		return fmt.Errorf("%d workflows found by their search attributes, not %d", n, want)
	}
	return nil
}

// probe starts a workflow with all search attributes, finds it by them and removes it. Each of
// Temporal's services has a cache of its own, so that a query which is understood doesn't prove
// that a value is stored yet.
func probe(ctx context.Context, c client.Client, namespace string) error {
	var values []temporal.SearchAttributeUpdate
	for name, kind := range searchAttributes {
		if kind == enums.INDEXED_VALUE_TYPE_DATETIME {
			values = append(values, temporal.NewSearchAttributeKeyTime(name).ValueSet(time.Now()))
		} else {
			values = append(values, temporal.NewSearchAttributeKeyKeyword(name).ValueSet(probeID))
		}
	}
	var run client.WorkflowRun
	err := retry(ctx, func() (err error) {
		run, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
			ID:                       probeID,
			TaskQueue:                probeID,
			WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
			TypedSearchAttributes:    temporal.NewSearchAttributes(values...),
		}, probeID)
		return err
	})
	if err != nil {
		return fmt.Errorf("start a workflow: %w", err)
	}
	if err := retry(ctx, func() error { return list(ctx, c, namespace, 1) }); err != nil {
		return fmt.Errorf("find the workflow: %w", err)
	}
	_, err = c.WorkflowService().DeleteWorkflowExecution(ctx, &workflowservice.DeleteWorkflowExecutionRequest{
		Namespace:         namespace,
		WorkflowExecution: execution(run.GetID(), run.GetRunID()),
	})
	if err != nil {
		return fmt.Errorf("remove the workflow: %w", err)
	}
	return nil
}

// retry repeats what fails only because the server's caches don't know the namespace yet.
func retry(ctx context.Context, do func() error) error {
	for {
		err := do()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(preparePoll):
		}
	}
}
