package activities

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
)

// question is what a draft is asked for.
type question struct {
	account  uuid.UUID
	own      bool // The account has a model of its own.
	said     answer.Turn
	evidence []models.Evidence
	summary  string        // Of what was said before said.History.
	plain    bool          // The built-in engine only.
	last     bool          // No further round can follow.
	seed     uint64        // Chooses the wording.
	took     time.Duration // How long models were waited for in this turn before.
}

// drafted is a draft and how it came about.
type drafted struct {
	models.Draft
	intents  []models.Intent // Of the whole burst.
	refusals []string
	use      models.ModelUse
}

// modelTries is how often a model may write a draft: once, and once more with
// the reasons why that one was refused.
const modelTries = 2

// draft asks the model, if there is one, and has the built-in engine answer
// where the model fails, is too slow or writes what may not be said. What the
// guard refuses of both becomes a handoff. It fails only where ctx ends or
// Postgres can't be read.
func (a *Turns) draft(ctx context.Context, q question) (drafted, error) {
	understood := answer.Understand(q.said)
	out := drafted{intents: understood.Intents}
	model, err := a.Models.of(ctx, q.account, q.own)
	if models.CodeOf(err) == models.CodeInvalid || models.CodeOf(err) == models.CodeInternal {
		// Its key doesn't open, or the provider's client refuses it: the customer
		// is answered all the same.
		a.Log.WarnContext(ctx, "model not opened", "account_id", q.account, "error", causeOf(err))
		model, err, out.Fallback = nil, nil, models.FallbackRejected
	}
	if err != nil {
		return drafted{}, err
	}
	if model != nil && !codeDecides(understood, q.evidence) {
		done, err := a.ask(ctx, model, q, understood, &out)
		if err != nil || done {
			return out, err
		}
	}
	fallback := out.Fallback
	out.Draft = answer.Reply(q.said, understood, q.evidence, q.seed)
	if violations := answer.Guard(q.said, out.Draft, q.evidence); len(violations) > 0 {
		out.refusals = append(out.refusals, reasons(out.Engine, faultsIn(violations))...)
		out.Draft = models.Draft{Action: models.ActionHandoff, Reason: models.ReasonMissingKnowledge, Intent: out.Intent, Engine: out.Engine}
	}
	out.Fallback = fallback
	return out, nil
}

// codeDecides reports whether a turn is none of a model's: the customer wants a
// person, or asks for an order that nothing proves to be theirs. What is said
// then must not depend on what a model makes of it.
func codeDecides(u answer.Understanding, evidence []models.Evidence) bool {
	if u.Human {
		return true
	}
	for i := range evidence {
		if l := evidence[i].Lookup; l != nil && l.Outcome != models.LookupFound {
			return true
		}
	}
	return false
}

// ask has the model write the draft, and once more where what it wrote may not
// be said. It returns false, with the fallback's reason in out, where there is
// no draft of its own.
func (a *Turns) ask(ctx context.Context, model *chosen, q question, u answer.Understanding, out *drafted) (bool, error) {
	if q.plain {
		out.Fallback = models.FallbackFailed
		return false, nil
	}
	began := time.Now()
	var used llm.Usage
	defer func() { out.use = model.use(used, time.Since(began)) }()
	within, cancel := context.WithTimeout(ctx, a.Models.budget()-q.took)
	defer cancel()
	leave, ok := a.Models.enter(within, q.account)
	if !ok {
		out.Fallback = models.FallbackBusy
		if q.took >= a.Models.budget() {
			out.Fallback = models.FallbackSlow
		}
		return false, ctx.Err()
	}
	defer leave()
	request := llm.Request{Turn: q.said, Evidence: q.evidence, Summary: q.summary, Last: q.last}
	for range modelTries {
		reply, err := a.call(within, model, request, &used)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			out.Fallback = fallbackOf(within, err)
			a.Log.WarnContext(ctx, "model not used", "account_id", q.account, "fallback", out.Fallback, "code", models.CodeOf(err), "error", causeOf(err))
			return false, nil
		}
		faults := faultsOf(q, u, &reply.Draft)
		if len(faults) == 0 {
			out.Draft = reply.Draft
			return true, nil
		}
		out.refusals = append(out.refusals, reasons(reply.Draft.Engine, faults)...)
		request.Refused = append(request.Refused, answer.Refused{Text: reply.Draft.Text, Reasons: faults})
	}
	out.Fallback = models.FallbackRefused
	return false, nil
}

// leastCall is how much time a call must have left for its wait to be worth it.
const leastCall = time.Second

// call asks the model, and again where it says when it will answer and that is
// soon enough.
func (a *Turns) call(ctx context.Context, model llm.Model, r llm.Request, used *llm.Usage) (llm.Reply, error) {
	for {
		reply, err := model.Draft(ctx, r)
		*used = used.Add(reply.Usage)
		after, told := llm.Delay(err)
		deadline, bounded := ctx.Deadline()
		if !told || (bounded && time.Until(deadline) < after+leastCall) {
			return reply, err
		}
		select {
		case <-ctx.Done():
			return reply, err
		case <-time.After(after):
		}
	}
}

// fallbackOf tells why a model's call gave no draft. within is the call's own
// time.
func fallbackOf(within context.Context, err error) models.Fallback {
	switch code := models.CodeOf(err); {
	case within.Err() != nil:
		return models.FallbackSlow
	case code == models.CodeRateLimited:
		return models.FallbackLimited
	case code == models.CodeUnavailable:
		return models.FallbackDown
	}
	return models.FallbackRejected
}

// faultsOf returns why a model's draft may not be said. One that asks for
// another search says nothing yet: its text is dropped, so that it isn't said
// by mistake.
func faultsOf(q question, u answer.Understanding, d *models.Draft) []string {
	if q.last {
		d.Need = ""
	}
	switch {
	case d.Need != "":
		d.Text = ""
		return nil
	case d.Action == models.ActionHandoff:
		d.Text = ""
		if d.Reason == "" {
			return []string{"handoff without a reason"}
		}
		return nil
	case answer.LeaksPrompt(d.Text):
		return []string{"leak of the instructions"}
	case d.Action != models.ActionClarify && len(d.Cites) == 0 && asksShop(u) && !(d.Action == models.ActionDecline && strays(u)):
		return []string{string(d.Action) + " without evidence: nothing is cited for what the customer asks"}
	}
	return faultsIn(answer.Guard(q.said, *d, q.evidence))
}

// asksShop reports whether a burst surely asks about the shop's products,
// orders or policies.
func asksShop(u answer.Understanding) bool {
	for _, question := range u.Questions {
		switch question.Intent {
		case models.IntentProductPrice, models.IntentProductStock, models.IntentProductDetail, models.IntentRecommend,
			models.IntentCompare, models.IntentOrderStatus, models.IntentPolicy, models.IntentPromotion:
			return !question.Tentative
		case models.IntentGreeting, models.IntentThanks, models.IntentGoodbye, models.IntentHuman, models.IntentOffTopic, models.IntentOther:
		}
	}
	return false
}

// strays reports whether a burst also wants what isn't the shop's.
func strays(u answer.Understanding) bool { return slices.Contains(u.Intents, models.IntentOffTopic) }

func faultsIn(violations []answer.Violation) []string {
	out := make([]string, len(violations))
	for i, v := range violations {
		out[i] = v.Kind + " " + v.Text
	}
	return out
}

// reasons are faults as they are kept: with the engine that wrote the draft.
func reasons(engine string, faults []string) []string {
	out := make([]string, len(faults))
	for i, fault := range faults {
		out[i] = engine + ": " + fault
	}
	return out
}
