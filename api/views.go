package api

import (
	"time"

	"github.com/shopspring/decimal"

	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
)

// The views translate the project's nouns into the contract's types, so that
// neither changes when the other does.

// each translates a list; an empty one is [], never null.
func each[M, V any](items []M, view func(M) V) []V {
	out := make([]V, len(items))
	for i, item := range items {
		out[i] = view(item)
	}
	return out
}

// value returns what p points to, or the zero value.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// list returns a list that isn't nil.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// text translates a pointer to one of the project's string types.
func text[T ~string](p *T) *string {
	if p == nil {
		return nil
	}
	s := string(*p)
	return &s
}

// created returns when a row was made. One that was made just now left its
// time to Postgres's clock.
func created(at time.Time) time.Time {
	if at.IsZero() {
		return time.Now().UTC().Truncate(time.Microsecond)
	}
	return at
}

func accountView(a models.Account) gen.Account {
	return gen.Account{ID: a.ID, Name: a.Name, Currency: a.Currency, TimeZone: a.TimeZone, CreatedAt: a.CreatedAt}
}

func userView(u models.User) gen.User {
	return gen.User{ID: u.ID, AccountID: u.AccountID, Name: u.Name, Email: u.Email, Role: gen.Role(u.Role), CreatedAt: created(u.CreatedAt)}
}

func agentView(s models.AgentSettings) gen.Agent {
	return gen.Agent{
		Enabled: s.Enabled, Language: string(s.Language), HandoffMessages: textsView(s.HandoffMessages),
		BusinessHours: hoursView(s.BusinessHours), AfterHoursMessages: gen.AfterHoursTexts(textsView(s.AfterHoursMessages)),
		BurstQuestionMs: s.BurstQuestionMS, BurstQuietMs: s.BurstQuietMS, BurstMaxMs: s.BurstMaxMS, FinalAfterMs: s.FinalAfterMS,
		CooldownMs: s.CooldownMS, AutoCloseMs: s.AutoCloseMS, TypingLeaseMs: s.TypingLeaseMS, UnknownSendMs: s.UnknownSendMS,
		RepliesPerDay: s.RepliesPerDay, Summarize: s.Summarize, UpdatedAt: s.UpdatedAt,
	}
}

func textsView(texts map[models.Language]string) gen.Texts {
	out := gen.Texts{}
	for language, t := range texts {
		out[string(language)] = t
	}
	return out
}

func inboxView(i models.Inbox) gen.Inbox {
	return gen.Inbox{
		ID: i.ID, PublicID: i.PublicID, Channel: gen.Channel(i.Channel), Name: i.Name, AgentSelected: i.AgentSelected,
		ManagerID: i.ManagerID, Endpoint: i.Endpoint, AllowedOrigins: list(i.AllowedOrigins), CreatedAt: created(i.CreatedAt),
	}
}

func stageView(s models.Stage) gen.Stage {
	return gen.Stage{ID: s.ID, PipelineID: s.PipelineID, Name: s.Name, Position: s.Position, Kind: string(s.Kind), IsDefault: s.IsDefault}
}

func triggerView(t models.Trigger) gen.Trigger {
	return gen.Trigger{ID: t.ID, StageID: t.StageID, InboxID: t.InboxID, CreatedAt: created(t.CreatedAt)}
}

func leadView(l models.Lead) gen.Lead {
	return gen.Lead{
		ID: l.ID, ContactID: l.ContactID, PipelineID: l.PipelineID, StageID: l.StageID, ManagerID: l.ManagerID,
		Intent: text(l.Intent), AgentStoppedAt: l.AgentStoppedAt, ClosedAt: l.ClosedAt, CreatedAt: l.CreatedAt,
	}
}

func importView(i models.Import) gen.Import {
	return gen.Import{
		ID: i.ID, Kind: string(i.Kind), SourceID: i.SourceID, Name: i.Name, Draft: i.Draft, State: string(i.State), Failure: i.Failure,
		Done: i.Done, Total: i.Total, Written: i.Written, Indexed: i.Indexed, Refused: i.Refused, Absent: i.Absent,
		RowErrors: each(i.RowErrors, func(e models.RowError) gen.RowError { return gen.RowError(e) }),
		CreatedAt: created(i.CreatedAt), FinishedAt: i.FinishedAt,
	}
}

func productView(p models.Product) gen.Product {
	return gen.Product{
		ID: p.ID, Handle: p.Handle, Title: p.Title, Body: p.Body, Vendor: p.Vendor, Type: p.Type, Tags: list(p.Tags),
		ImageURL: p.ImageURL, Published: p.Published, Locked: p.Locked, Variants: each(p.Variants, variantView),
	}
}

func variantView(v models.Variant) gen.Variant {
	return gen.Variant{
		ID: v.ID, Sku: v.SKU, Options: each(v.Options, func(o models.Option) gen.Option { return gen.Option(o) }),
		Price: amount(v.Price), CompareAt: amount(v.CompareAt), Currency: v.Currency,
		Quantity: v.Quantity, Tracked: v.Tracked, Backorder: v.Backorder,
	}
}

func amount(d *decimal.Decimal) *string {
	if d == nil {
		return nil
	}
	s := d.String()
	return &s
}

func sourceView(s models.Source) gen.Source {
	return gen.Source{
		ID: s.ID, Key: s.Key, Title: s.Title, Origin: string(s.Origin), URL: s.URL, Locked: s.Locked, Enabled: s.Enabled, State: string(s.State), Reason: s.Reason,
		RevisionID: s.RevisionID, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, DeletedAt: s.DeletedAt,
	}
}

func sourceDetailView(s store.SourceDetail) gen.SourceDetail {
	return gen.SourceDetail{
		Source: sourceView(s.Source), Text: s.Text, Format: s.Format, PassagesTotal: s.Total, Passages: each(s.Passages, passageView),
		Revisions: each(s.Revisions, func(r models.Revision) gen.Revision {
			return gen.Revision{ID: r.ID, Title: r.Title, Format: r.Format, State: string(r.State), Reason: r.Reason, CreatedAt: r.CreatedAt}
		}),
	}
}

func passageView(p models.Passage) gen.Passage {
	return gen.Passage{ID: p.ID, SourceID: p.SourceID, RevisionID: p.RevisionID, N: p.N, Headings: list(p.Headings), Text: p.Text}
}

func draftView(d store.Draft) gen.AgentDraft {
	return gen.AgentDraft{Settings: agentView(d.Settings), Diff: diffView(d.Diff)}
}

func diffView(d models.DraftDiff) gen.DraftDiff {
	return gen.DraftDiff{
		Settings: each(d.Settings, func(c models.DraftChange) gen.SettingChange {
			return gen.SettingChange{Field: c.Field, Live: c.Live, Draft: c.Draft}
		}),
		Sources: each(d.Sources, func(c models.SourceChange) gen.SourceChange {
			return gen.SourceChange{SourceID: c.SourceID, Title: c.Title, Change: string(c.Change), LiveRevisionID: c.LiveRevision, DraftRevisionID: c.DraftRevision}
		}),
	}
}

func findingView(f models.Finding) gen.Finding {
	return gen.Finding{Kind: string(f.Kind), Subject: f.Subject, Statements: each(f.Statements, func(s models.Statement) gen.Statement {
		return gen.Statement{SourceID: s.SourceID, Title: s.Title, Place: s.Place, Value: s.Value, Quote: s.Quote}
	})}
}

func auditView(e models.AuditEntry) gen.AuditEntry {
	return gen.AuditEntry{ID: e.ID, At: e.At, Actor: e.Actor, Action: e.Action, Subject: e.Subject, SubjectID: e.SubjectID, Before: e.Before, After: e.After}
}

func conversationView(c models.Conversation) gen.Conversation {
	return gen.Conversation{
		ID: c.ID, ChatID: c.ChatID, LeadID: c.LeadID, Owner: gen.Owner(c.Owner), ManagerID: c.ManagerID, OpenedAt: c.OpenedAt,
		AgentStartedAt: c.AgentStartedAt, AgentEndedAt: c.AgentEndedAt, AgentEndReason: c.AgentEndReason,
		PersonRepliedAt: c.PersonRepliedAt, HandedOverAt: c.HandedOverAt, HandoffReason: c.HandoffReason,
		StoppedAt: c.StoppedAt, ClosedAt: c.ClosedAt, ClosedBy: c.ClosedBy, CloseReason: c.CloseReason, ReopenedAt: c.ReopenedAt,
	}
}

func rowView(r store.ConversationSummary) gen.ConversationRow {
	return gen.ConversationRow{
		Conversation: conversationView(r.Conversation), InboxID: r.InboxID, ContactName: r.ContactName, Unread: r.Unread,
		LastText: r.LastText, LastAuthor: text(r.LastAuthor), Seq: r.Seq,
	}
}

func detailView(c store.Conversation) gen.ConversationDetail {
	return gen.ConversationDetail{
		Conversation: conversationView(c.Conversation), Chat: chatView(c.Chat), Lead: leadView(c.Lead),
		Messages: each(c.Messages, messageView), Turns: each(c.Turns, turnView),
		Outbounds: each(c.Outbounds, outboundView), Evidence: each(c.Evidence, evidenceView),
	}
}

func chatView(c models.Chat) gen.Chat {
	return gen.Chat{
		ID: c.ID, InboxID: c.InboxID, Identity: c.Identity, ContactID: c.ContactID, VerifiedEmail: c.VerifiedEmail,
		Seq: c.Seq, AnsweredSeq: c.AnsweredSeq, CustomerReadSeq: c.CustomerReadSeq, CooldownUntil: c.CooldownUntil,
		TypingBy: c.TypingBy, TypingUntil: c.TypingUntil, AgentTyping: c.AgentTyping, Unread: c.Unread, CreatedAt: c.CreatedAt,
	}
}

func messageView(m models.Message) gen.Message {
	return gen.Message{
		ID: m.ID, ConversationID: m.ConversationID, Seq: m.Seq, Author: string(m.Author), UserID: m.UserID, OutboundID: m.OutboundID,
		Event: m.Event, Reason: m.Reason, Text: m.Text, Button: m.Button,
		Intents: each(m.Intents, func(i models.Intent) string { return string(i) }), CreatedAt: m.CreatedAt,
	}
}

func turnView(t models.Turn) gen.Turn {
	return gen.Turn{
		ID: t.ID, FirstSeq: t.FirstSeq, CoversSeq: t.CoversSeq, Attempt: t.Attempt, Supersedes: t.Supersedes, Final: t.Final,
		State: string(t.State), SilencedWhy: t.SilencedWhy, Language: string(t.Language), Intent: text(t.Intent), Action: text(t.Action),
		Reason: t.Reason, Draft: t.Draft, Cites: list(t.Cites), Engine: t.Engine, Refusals: list(t.Refusals), Failure: t.Failure,
		StartedAt: t.StartedAt, FinishedAt: t.FinishedAt,
		ModelUse: gen.ModelUse{Model: value(t.Model), InputTokens: t.InputTokens, OutputTokens: t.OutputTokens, Cost: amount(t.Cost), Fallback: string(t.Fallback)},
	}
}

func outboundView(o models.Outbound) gen.Outbound {
	return gen.Outbound{
		ID: o.ID, TurnID: o.TurnID, Kind: string(o.Kind), Seq: o.Seq, State: string(o.State),
		PossiblyDouble: o.PossiblyDouble, Failure: o.Failure, CreatedAt: o.CreatedAt, SentAt: o.SentAt,
	}
}

func evidenceView(e models.Evidence) gen.Evidence {
	out := gen.Evidence{ID: e.ID, TurnID: e.TurnID, N: e.N, Kind: string(e.Kind), Score: e.Score}
	if e.Product != nil {
		product := productView(*e.Product)
		out.Product = &product
	}
	if p := e.Passage; p != nil {
		passage := passageView(*p)
		out.Passage = &passage
	}
	if o := e.Order; o != nil {
		order := orderView(*o)
		out.Order = &order
	}
	if l := e.Lookup; l != nil {
		out.Lookup = &gen.OrderLookup{Outcome: string(l.Outcome), Numbers: append([]string{}, l.Numbers...), OffersCode: l.OffersCode}
	}
	if c := e.Computed; c != nil {
		out.Computed = &gen.Computed{What: string(c.What), Amount: c.Amount.String(), Currency: c.Currency, From: append([]int{}, c.From...)}
	}
	if h := e.Hours; h != nil {
		hours := hoursEvidenceView(*h)
		out.Hours = &hours
	}
	return out
}

func heldView(c store.HeldChat) gen.HeldChat {
	return gen.HeldChat{ID: c.ID, InboxID: c.InboxID, ContactName: c.ContactName, LastText: c.LastText, HeldSince: c.HeldSince, Until: c.Until}
}
