package store_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"kedai/models"
	"kedai/models/store"
)

func (b *proofBundle) setMail() {
	b.t.Helper()
	_, err := b.shop.Store.SetMailSettings(b.t.Context(), b.shop.Admin, models.MailSettings{
		AccountID: b.shop.Account.ID, Host: "smtp.shop.example", Port: 587, TLS: models.MailStartTLS, Username: "shop", FromAddress: "hello@shop.example",
	}, "the password")
	require.NoError(b.t, err)
}

// talk is a turn of a customer's, begun and not yet answered.
type talk struct {
	chat uuid.UUID
	turn models.Turn
}

func (b *proofBundle) say(customer string) talk {
	b.t.Helper()
	receipt := b.shop.Say(b.t, customer, "my order")
	return talk{receipt.Chat, begin(b.t, b.shop, receipt.Chat)}
}

func (k talk) ask(ask store.OrderAsk) store.OrderAsk {
	ask.Chat, ask.Conversation, ask.Turn, ask.CanMail = k.chat, k.turn.ConversationID, k.turn.ID, true
	return ask
}

// deliver answers a turn on the evidence of a look-up.
func (b *proofBundle) deliver(k talk, outcome models.LookupOutcome, action models.Action) {
	b.t.Helper()
	ctx, account := b.t.Context(), b.shop.Account.ID
	evidence := []models.Evidence{{Kind: models.EvidenceLookup, Lookup: &models.OrderLookup{Outcome: outcome, OffersCode: outcome == models.LookupUnproven}}}
	require.NoError(b.t, b.shop.Store.SaveEvidence(ctx, account, k.turn.ID, k.turn.Attempt, false, evidence))
	require.NoError(b.t, b.shop.Store.SaveDraft(ctx, account, k.turn.ID, k.turn.Attempt, models.Draft{Action: action, Intent: models.IntentOrderStatus, Text: "Well."}, nil))
	delivery, err := b.shop.Store.Deliver(ctx, account, k.chat, k.turn.ID, k.turn.Attempt, models.ReasonToolFailure)
	require.NoError(b.t, err)
	require.Equal(b.t, models.VerdictDelivered, delivery.Verdict)
}

// mails has the mails to be sent picked up, at once.
func (b *proofBundle) mails() []store.PendingMail {
	b.t.Helper()
	exec(b.t, b.database, "UPDATE mails SET rung_at = NULL")
	pending, err := b.shop.Store.System().PendingMails(b.t.Context(), 100, 100)
	require.NoError(b.t, err)
	return pending
}

func (b *proofBundle) next(m store.PendingMail) *store.MailJob {
	b.t.Helper()
	job, err := b.shop.Store.NextMail(b.t.Context(), m.AccountID, m.ID)
	require.NoError(b.t, err)
	return job
}

func (b *proofBundle) finish(job *store.MailJob, state models.AttemptState) {
	b.t.Helper()
	require.NoError(b.t, b.shop.Store.FinishMail(b.t.Context(), *job, state, ""))
}

// request asks for a code and returns it as it was sent.
func (b *proofBundle) request(customer, number string) (code string) {
	b.t.Helper()
	k := b.say(customer)
	require.Equal(b.t, models.LookupCodeSent, b.find(k.ask(store.OrderAsk{Numbers: []string{number}, SendCode: true})).Outcome)
	b.deliver(k, models.LookupCodeSent, models.ActionClarify)
	pending := b.mails()
	require.Len(b.t, pending, 1)
	job := b.next(pending[0])
	require.NotNil(b.t, job)
	b.finish(job, models.AttemptSent)
	return job.Code.Reveal()
}

func (b *proofBundle) try(customer string, codes ...string) (store.OrderFind, talk) {
	b.t.Helper()
	k := b.say(customer)
	found := b.find(k.ask(store.OrderAsk{Numbers: []string{"1042"}, Codes: codes}))
	b.deliver(k, found.Outcome, models.ActionAnswer)
	return found, k
}

func other(code string) string {
	if code == "111111" {
		return "222222"
	}
	return "111111"
}

func TestOrderCodes(t *testing.T) {
	t.Parallel()

	t.Run("a code to the order's own address proves it, once, for its conversation", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		code := b.request("ana", "1042")
		require.Regexp(t, `^\d{6}$`, code)
		found, k := b.try("ana", code)
		require.Equal(t, models.LookupFound, found.Outcome)
		require.Equal(t, []string{"#1042"}, namesOf(found.Orders), "and no other of the same customer's")
		again := b.find(k.ask(store.OrderAsk{Numbers: []string{"1042"}, Codes: []string{code}}))
		require.Equal(t, found, again, "a retry of the look-up is no second use")
		later, _ := b.try("ana")
		require.Equal(t, []string{"#1042"}, namesOf(later.Orders))
		require.Equal(t, 1, count(t, b.database, "SELECT count(*) FROM order_tries WHERE order_id IS NOT NULL"))
	})
	t.Run("a used code proves nothing elsewhere", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		code := b.request("ana", "1042")
		b.request("eve", "1042")
		found, _ := b.try("eve", code)
		require.Equal(t, store.OrderFind{Outcome: models.LookupCodeWrong}, found, "it is of another chat")
		found, _ = b.try("ana", code)
		require.Equal(t, models.LookupFound, found.Outcome)
		exec(t, b.database, "DELETE FROM order_tries")
		found, _ = b.try("ana", code)
		require.Equal(t, store.OrderFind{Outcome: models.LookupCodeWrong}, found)
	})
	t.Run("a code holds for ten minutes", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		code := b.request("ana", "1042")
		require.Equal(t, 1, count(t, b.database, "SELECT count(*) FROM mail_attempts WHERE expires_at BETWEEN now() + interval '9 minutes' AND now() + interval '10 minutes'"))
		exec(t, b.database, "UPDATE mail_attempts SET expires_at = expires_at - interval '10 minutes 1 second'")
		found, _ := b.try("ana", code)
		require.Equal(t, store.OrderFind{Outcome: models.LookupCodeWrong}, found)
	})
	t.Run("wrong codes are wrong tries, and past their limit the right one isn't looked at", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		code := b.request("ana", "1042")
		for range models.TriesPerChat {
			found, _ := b.try("ana", other(code))
			require.Equal(t, models.LookupCodeWrong, found.Outcome)
		}
		found, _ := b.try("ana", code)
		require.Equal(t, store.OrderFind{Outcome: models.LookupLimited}, found)
	})
	t.Run("an order that isn't there is asked for alike, and nothing is sent", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		exec(t, b.database, "UPDATE orders SET email = NULL WHERE number = '1044'")
		for _, number := range []string{"9999", "1044"} {
			k := b.say("x" + number)
			require.Equal(t, store.OrderFind{Outcome: models.LookupUnproven, OffersCode: true}, b.find(k.ask(store.OrderAsk{Numbers: []string{number}})))
			require.Equal(t, store.OrderFind{Outcome: models.LookupCodeSent}, b.find(k.ask(store.OrderAsk{Numbers: []string{number}, SendCode: true})))
			b.deliver(k, models.LookupCodeSent, models.ActionClarify)
			pending := b.mails()
			require.Len(t, pending, 1)
			require.Nil(t, b.next(pending[0]))
			require.Empty(t, b.mails(), "it is over")
			found, _ := b.try("x"+number, "123456")
			require.Equal(t, store.OrderFind{Outcome: models.LookupCodeWrong}, found)
		}
		require.Equal(t, 0, count(t, b.database, "SELECT count(*) FROM mail_attempts"))
	})
	t.Run("three codes an hour leave for a chat, five a day for an order, ten an hour for an address, there or not", func(t *testing.T) {
		t.Parallel()
		for _, number := range []string{"1042", "9999"} {
			b := setupProof(t)
			b.setMail()
			ask := func(customer, number string) models.LookupOutcome {
				k := b.say(customer)
				out := b.find(k.ask(store.OrderAsk{Numbers: []string{number}, SendCode: true})).Outcome
				b.deliver(k, out, models.ActionClarify)
				return out
			}
			for range models.CodesPerChat {
				require.Equal(t, models.LookupCodeSent, ask("ana", number))
			}
			require.Equal(t, models.LookupCodeLimited, ask("ana", number))
			require.Equal(t, models.LookupCodeLimited, ask("ana", "1043"))
			for range models.CodesPerNumber - models.CodesPerChat {
				require.Equal(t, models.LookupCodeSent, ask("ben", number))
			}
			require.Equal(t, models.LookupCodeLimited, ask("eve", number))
			exec(t, b.database, "UPDATE mails SET created_at = created_at - interval '61 minutes'")
			require.Equal(t, models.LookupCodeSent, ask("ana", "1043"), "the chat's hour is over")
			require.Equal(t, models.LookupCodeLimited, ask("ana", number), "the order's day isn't")
			exec(t, b.database, "UPDATE mails SET address_hash = 'here'; UPDATE chats SET address_hash = 'here'")
			for n := range models.CodesPerAddress - 1 {
				require.Equal(t, models.LookupCodeSent, ask("c"+string(rune('a'+n)), "77"+string(rune('0'+n))))
			}
			exec(t, b.database, "UPDATE chats SET address_hash = 'here'")
			k := b.say("last")
			exec(t, b.database, "UPDATE chats SET address_hash = 'here'; UPDATE mails SET address_hash = 'here'")
			require.Equal(t, models.LookupCodeLimited, b.find(k.ask(store.OrderAsk{Numbers: []string{"780"}, SendCode: true})).Outcome)
		}
	})
	t.Run("requests at once don't pass the limit together", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		k := b.say("ana")
		outcomes := make([]models.LookupOutcome, 8)
		var group errgroup.Group
		for n := range outcomes {
			group.Go(func() error {
				each := k.ask(store.OrderAsk{Numbers: []string{"10" + string(rune('0'+n))}, SendCode: true})
				found, err := b.shop.Store.FindOrders(t.Context(), b.shop.Account.ID, each)
				outcomes[n] = found.Outcome
				return err
			})
		}
		require.NoError(t, group.Wait())
		sent := 0
		for _, o := range outcomes {
			if o == models.LookupCodeSent {
				sent++
			}
		}
		require.Equal(t, models.CodesPerChat, sent)
	})
	t.Run("a code leaves with the reply that announces it, and with no other", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		ask := store.OrderAsk{Numbers: []string{"1042"}, SendCode: true}
		k := b.say("ana")
		b.find(k.ask(ask))
		require.Empty(t, b.mails(), "nothing is delivered yet")
		b.find(k.ask(ask))
		b.deliver(k, models.LookupFound, models.ActionAnswer)
		require.Empty(t, b.mails(), "the reply speaks of something else")
		k = b.say("ben")
		b.find(k.ask(ask))
		b.deliver(k, models.LookupCodeSent, models.ActionHandoff)
		require.Empty(t, b.mails(), "a person has the conversation")
		k = b.say("eve")
		b.find(k.ask(ask))
		b.deliver(k, models.LookupCodeSent, models.ActionClarify)
		require.Len(t, b.mails(), 1, "a look-up that is repeated asks once")
	})
	t.Run("none is offered or sent without an e-mail server, nor in the Playground", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		k := b.say("ana")
		ask := k.ask(store.OrderAsk{Numbers: []string{"1042"}, SendCode: true})
		ask.CanMail = false
		require.Equal(t, store.OrderFind{Outcome: models.LookupUnproven}, b.find(ask))
		require.Equal(t, store.OrderFind{Outcome: models.LookupUnproven}, b.find(store.OrderAsk{Numbers: []string{"1042"}, SendCode: true, CanMail: true}))
		require.Equal(t, 0, count(t, b.database, "SELECT count(*) FROM mails"))
	})
	t.Run("a proven order needs no code", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		b.setMail()
		k := b.say("ana")
		found := b.find(k.ask(store.OrderAsk{Email: "ana@shop.example", Numbers: []string{"1042"}, SendCode: true}))
		require.Equal(t, models.LookupFound, found.Outcome)
		require.Equal(t, 0, count(t, b.database, "SELECT count(*) FROM mails"))
	})
	t.Run("a turn knows how codes stand", func(t *testing.T) {
		t.Parallel()
		b := setupProof(t)
		standing := func(k talk) models.CodesStanding {
			script, err := b.shop.Store.Transcript(t.Context(), k.turn.AccountID, k.turn.ID)
			require.NoError(t, err)
			return script.Codes
		}
		k := b.say("ana")
		require.Equal(t, models.CodesStanding{}, standing(k))
		b.setMail()
		require.Equal(t, models.CodesStanding{Available: true}, standing(k))
		b.deliver(k, models.LookupUnproven, models.ActionClarify)
		k = b.say("ana")
		require.Equal(t, models.CodesStanding{Available: true, Offered: true}, standing(k))
		b.find(k.ask(store.OrderAsk{Numbers: []string{"9999"}, SendCode: true}))
		b.deliver(k, models.LookupCodeSent, models.ActionClarify)
		k = b.say("ana")
		require.Equal(t, models.CodesStanding{Available: true, Asked: true, Number: "9999"}, standing(k), "whether or not there is such an order")
		exec(t, b.database, "UPDATE mails SET created_at = created_at - interval '61 minutes'")
		require.Equal(t, models.CodesStanding{Available: true, Number: "9999"}, standing(k))
	})
}

func TestMails(t *testing.T) {
	t.Parallel()
	queued := func(t *testing.T) (*proofBundle, store.PendingMail) {
		b := setupProof(t)
		b.setMail()
		k := b.say("ana")
		b.find(k.ask(store.OrderAsk{Numbers: []string{"1042"}, SendCode: true}))
		b.deliver(k, models.LookupCodeSent, models.ActionClarify)
		pending := b.mails()
		require.Len(t, pending, 1)
		return b, pending[0]
	}
	state := func(b *proofBundle) string {
		return text(b.t, b.database, "SELECT state || coalesce(' ' || failure, '') FROM mails")
	}

	t.Run("a job has what the mail is made of, and its code stands nowhere else", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		job := b.next(m)
		require.Equal(t, models.Private("ana@shop.example"), job.To)
		require.Equal(t, "#1042", job.Order)
		require.Equal(t, b.shop.Account.Name, job.Shop)
		require.Equal(t, models.English, job.Language)
		require.Equal(t, "the password", job.Password.Reveal())
		require.Equal(t, "smtp.shop.example", job.Server.Host)
		rows := text(t, b.database, "SELECT (SELECT string_agg(m::text, ' ') FROM mails m) || ' ' || (SELECT string_agg(a::text, ' ') FROM mail_attempts a) || (SELECT string_agg(s::text, ' ') FROM mail_settings s)")
		require.NotContains(t, strings.ReplaceAll(rows, "-", " "), job.Code.Reveal()+",")
		require.NotContains(t, rows, "the password")
		require.NotContains(t, rows, "ana@shop.example")
	})
	t.Run("codes differ from attempt to attempt", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		seen := map[string]bool{}
		for range 10 {
			job := b.next(m)
			seen[job.Code.Reveal()] = true
			b.finish(job, models.AttemptNotSent)
		}
		require.Greater(t, len(seen), 8)
		require.Equal(t, 10, count(t, b.database, "SELECT count(DISTINCT code_hash) FROM mail_attempts"))
	})
	t.Run("what was sent is over", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		b.finish(b.next(m), models.AttemptSent)
		require.Equal(t, "sent", state(b))
		require.Nil(t, b.next(m))
		require.Empty(t, b.mails())
	})
	t.Run("after an unknown outcome it is sent once more, and either code counts", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		first := b.next(m)
		second := b.next(m) // The first attempt's worker died.
		require.NotNil(t, second)
		b.finish(second, models.AttemptUnknown)
		require.Nil(t, b.next(m))
		require.Equal(t, "failed unknown", state(b))
		found, _ := b.try("ana", first.Code.Reveal())
		require.Equal(t, models.LookupFound, found.Outcome)
	})
	t.Run("a refused attempt's code counts for nothing", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		job := b.next(m)
		b.finish(job, models.AttemptRejected)
		require.Equal(t, "failed", state(b))
		found, _ := b.try("ana", job.Code.Reveal())
		require.Equal(t, models.LookupCodeWrong, found.Outcome)
	})
	t.Run("a server that takes nothing is given up after ten minutes", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		b.finish(b.next(m), models.AttemptNotSent)
		exec(t, b.database, "UPDATE mails SET created_at = created_at - interval '10 minutes 1 second'")
		require.Nil(t, b.next(m))
		require.Equal(t, "failed unavailable", state(b))
		_, health, err := b.shop.Store.MailSettings(t.Context(), b.shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, "unavailable", *health.LastFailure)
		require.NotNil(t, health.LastFailedAt)
		require.Nil(t, health.LastSentAt)
	})
	t.Run("without its server it fails", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		require.NoError(t, b.shop.Store.DeleteMailSettings(t.Context(), b.shop.Admin, b.shop.Account.ID))
		require.Nil(t, b.next(m))
		require.Equal(t, "failed no_server", state(b))
	})
	t.Run("a mail is given to one relay, and again after its lease", func(t *testing.T) {
		t.Parallel()
		b, m := queued(t)
		pending, err := b.shop.Store.System().PendingMails(t.Context(), 10, 10)
		require.NoError(t, err)
		require.Empty(t, pending)
		exec(t, b.database, "UPDATE mails SET rung_at = rung_at - interval '61 seconds'")
		pending, err = b.shop.Store.System().PendingMails(t.Context(), 10, 10)
		require.NoError(t, err)
		require.Equal(t, []store.PendingMail{m}, pending)
	})
}

func TestMailSettings(t *testing.T) {
	t.Parallel()
	b := setupProof(t)
	ctx, s, admin := t.Context(), b.shop.Store, b.shop.Admin
	settings := models.MailSettings{AccountID: b.shop.Account.ID, Host: "smtp.shop.example", Port: 587, TLS: models.MailStartTLS, Username: "shop", FromAddress: "a@shop.example"}
	_, _, err := s.MailSettings(ctx, settings.AccountID)
	require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	require.Equal(t, models.CodeNotFound, models.CodeOf(s.DeleteMailSettings(ctx, admin, settings.AccountID)))
	set := func(change func(*models.MailSettings), password models.Secret) error {
		changed := settings
		change(&changed)
		_, err := s.SetMailSettings(ctx, admin, changed, password)
		return err
	}
	same := func(*models.MailSettings) {}
	require.Equal(t, models.CodeInvalid, models.CodeOf(set(same, "")), "a username needs a password")
	require.NoError(t, set(same, "first"))
	sealed := text(t, b.database, "SELECT encode(password, 'hex') FROM mail_settings")
	require.NoError(t, set(func(m *models.MailSettings) { m.FromAddress = "b@shop.example" }, ""))
	require.Equal(t, sealed, text(t, b.database, "SELECT encode(password, 'hex') FROM mail_settings"), "it stays")
	for name, change := range map[string]func(*models.MailSettings){
		"host": func(m *models.MailSettings) { m.Host = "evil.example" }, "port": func(m *models.MailSettings) { m.Port = 25 },
		"tls": func(m *models.MailSettings) { m.TLS = models.MailOverTLS }, "user": func(m *models.MailSettings) { m.Username = "other" },
	} {
		require.Equal(t, models.CodeInvalid, models.CodeOf(set(change, "")), "another %s is given no password that it wasn't set for", name)
	}
	require.NoError(t, set(func(m *models.MailSettings) { m.Username = "" }, ""))
	require.Equal(t, 1, count(t, b.database, "SELECT count(*) FROM mail_settings WHERE password IS NULL AND from_address = 'a@shop.example'"))
	require.NoError(t, s.DeleteMailSettings(ctx, admin, settings.AccountID))
	entries, err := s.Audit(ctx, settings.AccountID, 10)
	require.NoError(t, err)
	require.Equal(t, []string{"mail.delete", "mail.settings", "mail.settings", "mail.settings"}, []string{entries[0].Action, entries[1].Action, entries[2].Action, entries[3].Action})
	require.Equal(t, 0, count(t, b.database, "SELECT count(*) FROM audit_entries WHERE before::text LIKE '%first%' OR after::text LIKE '%first%'"))
}

func one[T any](t *testing.T, url, sql string) T {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var out T
	require.NoError(t, conn.QueryRow(t.Context(), sql).Scan(&out))
	return out
}

func count(t *testing.T, url, sql string) int { return one[int](t, url, sql) }

func text(t *testing.T, url, sql string) string { return one[string](t, url, sql) }
