package worker_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"

	"kedai/models"
	"kedai/models/store"
	"kedai/workflows/contract"
)

// TestMailRun sends a code by a run on the stack: its server is on this machine,
// which this worker isn't allowed to reach, so the rows say that it failed.
func TestMailRun(t *testing.T) {
	t.Parallel()
	b := setup(t, models.ChannelWebsite, nil, nil)
	ctx, account := t.Context(), b.shop.Account.ID
	require.NoError(t, b.store.PutOrders(ctx, account, uuid.Nil, []models.Order{{ExternalID: "1", Name: "#1042", Email: "ana@shop.example"}}))
	_, err := b.store.SetMailSettings(ctx, b.shop.Admin, models.MailSettings{
		AccountID: account, Host: "127.0.0.1", Port: 587, TLS: models.MailStartTLS, FromAddress: "hello@shop.example",
	}, "")
	require.NoError(t, err)
	receipt := b.shop.Say(t, "ana", "send me the code")
	_, err = b.store.OpenConversation(ctx, account, receipt.Chat)
	require.NoError(t, err)
	_, turn, err := b.store.BeginTurn(ctx, account, receipt.Chat)
	require.NoError(t, err)
	found, err := b.store.FindOrders(ctx, account, store.OrderAsk{
		Chat: receipt.Chat, Conversation: turn.ConversationID, Turn: turn.ID, CanMail: true, SendCode: true, Numbers: []string{"1042"},
	})
	require.NoError(t, err)
	require.NoError(t, b.store.SaveEvidence(ctx, account, turn.ID, turn.Attempt, false, []models.Evidence{
		{Kind: models.EvidenceLookup, Lookup: &models.OrderLookup{Outcome: found.Outcome}},
	}))
	require.NoError(t, b.store.SaveDraft(ctx, account, turn.ID, turn.Attempt, models.Draft{Action: models.ActionClarify, Text: "On its way."}, nil))
	_, err = b.store.Deliver(ctx, account, receipt.Chat, turn.ID, turn.Attempt, models.ReasonToolFailure)
	require.NoError(t, err)
	pending, err := b.store.System().PendingMails(ctx, 100, 1000)
	require.NoError(t, err)
	var mail uuid.UUID
	for _, m := range pending {
		if m.AccountID == account {
			mail = m.ID
		}
	}
	require.NotEqual(t, uuid.Nil, mail)

	run, err := b.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: contract.MailWorkflowID(mail), TaskQueue: contract.QueueBulk},
		contract.MailWorkflow, contract.MailInput{Account: account, Mail: mail})
	require.NoError(t, err)
	require.NoError(t, run.Get(ctx, nil))
	_, health, err := b.store.MailSettings(ctx, account)
	require.NoError(t, err)
	require.Equal(t, "forbidden_host", *health.LastFailure)
	events := b.temporal.GetWorkflowHistory(ctx, contract.MailWorkflowID(mail), run.GetRunID(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	words := ""
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(t, err)
		raw, err := protojson.Marshal(event)
		require.NoError(t, err)
		words += readable(t, raw)
	}
	require.Contains(t, words, account.String(), "payloads are read too")
	require.NotContains(t, words, "shop.example", "a history holds IDs only")
}
