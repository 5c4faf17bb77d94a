package workflows

import (
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/workflows/contract"
)

// mailer is nil: only the method's name is used.
var mailer *activities.Mailing

// Mail sends one mail. Its rows say when there is nothing more to do; a run that
// gives up before leaves it to the next one, which the relay starts.
func Mail(ctx workflow.Context, in contract.MailInput) error {
	_, err := startSendMail(ctx, activities.MailRequest{Account: in.Account, Mail: in.Mail}).result(ctx)
	return err
}

func startSendMail(ctx workflow.Context, r activities.MailRequest) call[struct{}] {
	return start[struct{}](ctx, mailing, mailer.SendMail, r)
}
