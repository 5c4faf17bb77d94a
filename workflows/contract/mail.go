package contract

import "github.com/google/uuid"

// MailWorkflow is the name of the workflow type that sends one mail.
const MailWorkflow = "Mail"

// MailInput names the mail to send.
type MailInput struct {
	Account uuid.UUID `json:"account"`
	Mail    uuid.UUID `json:"mail"`
}

// MailWorkflowID returns the ID of a mail's run.
func MailWorkflowID(mail uuid.UUID) string { return "mail/" + mail.String() }
