package answer_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/activities/answer"
	"kedai/models"
)

var (
	offered = models.CodesStanding{Available: true, Offered: true}
	asked   = models.CodesStanding{Available: true, Asked: true, Number: "1042"}
)

// onOrder is a burst after a customer asked for order 1042.
func onOrder(l models.Language, codes models.CodesStanding, messages ...string) answer.Turn {
	question := map[models.Language]string{
		models.English: "Where is my order #1042?", models.Spanish: "¿Dónde está mi pedido #1042?",
		models.Portuguese: "Cadê meu pedido #1042?", models.Russian: "Где мой заказ #1042?",
	}[l]
	return answer.Turn{
		Language: l, Shop: "Shop", Now: time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC), Messages: messages, Codes: codes,
		History: []answer.Line{{From: answer.Customer, Text: question}, {From: answer.Agent, Text: "…"}},
	}
}

func TestCodeIsAskedFor(t *testing.T) {
	t.Parallel()
	cases := map[models.Language]struct{ agree, ask, refuse, again []string }{
		models.English: {
			agree:  []string{"yes", "Yes please!", "ok", "sure, go ahead", "yes, send it", "sounds good", "yeah that would be great", "of course", "pls do"},
			ask:    []string{"send me the code", "could you email me a code please", "I want the code", "code please"},
			refuse: []string{"no", "no thanks", "don't send the code", "no need for a code", "what is your return policy?", "I'd rather talk to a human", "how much is the mug?"},
			again:  []string{"I didn't get the code", "resend", "send it again", "another code please", "nothing arrived", "the code doesn't work"},
		},
		models.Spanish: {
			agree:  []string{"sí", "Sí, por favor", "claro", "dale", "ok", "sí, envíalo", "mándalo", "está bien", "va porfa"},
			ask:    []string{"envíame el código", "mándame un código porfa", "quiero el código", "código por favor", "me pueden enviar un codigo"},
			refuse: []string{"no", "no, gracias", "no envíes el código", "¿tienen código de descuento?", "¿cuánto cuesta la taza?", "quiero hablar con una persona"},
			again:  []string{"no me llegó", "no me ha llegado el código", "reenvíalo", "otro código", "el código no funciona"},
		},
		models.Portuguese: {
			agree:  []string{"sim", "Sim, por favor", "claro", "pode ser", "pode enviar", "manda", "ok", "tá bom", "sim pode mandar"},
			ask:    []string{"manda o código", "me envia o código por favor", "quero o código", "código por favor"},
			refuse: []string{"não", "não, obrigada", "não manda o código", "vocês têm código de desconto?", "quanto custa a caneca?", "quero falar com uma pessoa"},
			again:  []string{"não chegou", "o código não chegou", "manda de novo", "outro código", "o código não funciona"},
		},
		models.Russian: {
			agree:  []string{"да", "Да, пожалуйста", "давайте", "ок", "да, присылайте", "хорошо", "конечно", "отправьте"},
			ask:    []string{"пришлите код", "отправьте мне код на почту", "можно код", "код пожалуйста", "скиньте код пж"},
			refuse: []string{"нет", "нет, спасибо", "не присылайте код", "есть промокод?", "сколько стоит кружка?", "позовите человека"},
			again:  []string{"код не пришёл", "ничего не пришло", "ещё раз пришлите", "новый код", "код не подходит"},
		},
	}
	for l, c := range cases {
		wants := func(t *testing.T, codes models.CodesStanding, said string, want bool) {
			t.Helper()
			u := answer.Understand(onOrder(l, codes, said))
			got := u.Orders != nil && u.Orders.SendCode
			if got != want {
				t.Errorf("%q: a code is wanted: %t; %+v", said, got, u)
			} else if want {
				require.Equal(t, []string{"1042"}, u.Orders.Numbers, said)
				require.Equal(t, []models.Intent{models.IntentOrderStatus}, u.Intents, said)
			}
		}
		t.Run(string(l)+": a yes counts where a code was offered, and nowhere else", func(t *testing.T) {
			t.Parallel()
			for _, said := range c.agree {
				wants(t, offered, said, true)
				wants(t, models.CodesStanding{Available: true}, said, false)
				wants(t, models.CodesStanding{}, said, false)
			}
		})
		t.Run(string(l)+": a wish for the code counts wherever an order is spoken of", func(t *testing.T) {
			t.Parallel()
			for _, said := range c.ask {
				wants(t, offered, said, true)
				wants(t, models.CodesStanding{Available: true}, said, true)
				wants(t, models.CodesStanding{}, said, false)
			}
		})
		t.Run(string(l)+": a refusal or another question is none", func(t *testing.T) {
			t.Parallel()
			for _, said := range c.refuse {
				wants(t, offered, said, false)
			}
		})
		t.Run(string(l)+": one that hasn't come is asked for again", func(t *testing.T) {
			t.Parallel()
			for _, said := range c.again {
				wants(t, asked, said, true)
			}
		})
	}
	t.Run("a second question in the same burst stays one", func(t *testing.T) {
		t.Parallel()
		u := answer.Understand(onOrder(models.English, offered, "yes please", "and how long does shipping take?"))
		require.True(t, u.Orders.SendCode)
		require.Len(t, u.Questions, 2)
		require.Equal(t, models.IntentPolicy, u.Questions[1].Intent)
	})
}

func TestCodeIsTyped(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"482913", "482 913", "482-913", "it's 482913", "the code is 482913.", "482913!", "el código es 482913", "o código é 482913", "вот код: 482913", "код 482913", "here: 482913, thanks",
	} {
		u := answer.Understand(onOrder(models.English, asked, said))
		require.NotNil(t, u.Orders, said)
		require.Equal(t, []string{"482913"}, u.Orders.Codes, said)
		require.Equal(t, []string{"1042"}, u.Orders.Numbers, said)
		require.Empty(t, u.Orders.Claims, said)
		require.False(t, u.Orders.SendCode, said)
	}
	for said, code := range map[string]string{"000000": "000000", "004213": "004213", "it's 000 007": "000007", "482 003": "482003"} {
		u := answer.Understand(onOrder(models.English, asked, said))
		require.Equal(t, []string{code}, u.Orders.Codes, said)
		require.Equal(t, []models.Intent{models.IntentOrderStatus}, u.Intents, said)
	}
	for _, said := range []string{"#482913", "order 1042", "+482913", "my phone is 482 913 5500", "4829134", "it cost $482913"} {
		u := answer.Understand(onOrder(models.English, asked, said))
		if u.Orders != nil {
			require.Empty(t, u.Orders.Codes, said)
		}
	}
	t.Run("a number is an order's where no code was asked for", func(t *testing.T) {
		t.Parallel()
		u := answer.Understand(onOrder(models.English, offered, "482913"))
		require.Empty(t, u.Orders.Codes)
		require.Equal(t, []string{"482913"}, u.Orders.Numbers)
	})
	t.Run("an order whose number has six digits is no code", func(t *testing.T) {
		t.Parallel()
		standing := asked
		standing.Number = "482913"
		u := answer.Understand(onOrder(models.English, standing, "order 482913"))
		require.Empty(t, u.Orders.Codes)
		require.Equal(t, []string{"482913"}, u.Orders.Numbers)
	})
	t.Run("a wrong code from before is no order's number", func(t *testing.T) {
		t.Parallel()
		turn := onOrder(models.English, asked, "ana@shop.example")
		turn.History = append(turn.History, answer.Line{From: answer.Customer, Text: "111111"}, answer.Line{From: answer.Agent, Text: "…"})
		u := answer.Understand(turn)
		require.Equal(t, []string{"1042"}, u.Orders.Numbers)
		require.Equal(t, []models.OrderClaim{{Number: "1042", Email: "ana@shop.example"}}, u.Orders.Claims)
	})
	t.Run("an order that is spoken of later is the one that is meant", func(t *testing.T) {
		t.Parallel()
		turn := onOrder(models.English, asked, "ana@shop.example")
		turn.History = append(turn.History, answer.Line{From: answer.Customer, Text: "and order #1043?"}, answer.Line{From: answer.Agent, Text: "…"})
		require.Equal(t, []string{"1043"}, answer.Understand(turn).Orders.Numbers)
	})
}

// TestCodeReplies holds what is said of codes against the guard, and what is
// there and what isn't against each other.
func TestCodeReplies(t *testing.T) {
	t.Parallel()
	for _, l := range models.Languages() {
		texts := map[string]bool{}
		for _, outcome := range []models.LookupOutcome{
			models.LookupUnproven, models.LookupUnmatched, models.LookupCodeSent, models.LookupCodeLimited, models.LookupCodeWrong,
		} {
			said := onOrder(l, offered, map[models.Language]string{models.English: "yes", models.Spanish: "sí", models.Portuguese: "sim", models.Russian: "да"}[l])
			lookup := &models.OrderLookup{Outcome: outcome, Numbers: []string{"1042"}, OffersCode: outcome == models.LookupUnproven || outcome == models.LookupUnmatched}
			evidence := []models.Evidence{{N: 1, Kind: models.EvidenceLookup, Lookup: lookup}}
			draft := answer.Reply(said, answer.Understand(said), evidence, 1)
			require.Equal(t, models.ActionClarify, draft.Action, "%s %s", l, outcome)
			require.Equal(t, models.IntentOrderStatus, draft.Intent)
			require.NotEmpty(t, draft.Text)
			require.NotContains(t, draft.Text, "{")
			require.Empty(t, answer.Guard(said, draft, evidence), "%s %s: %s", l, outcome, draft.Text)
			require.False(t, texts[draft.Text], draft.Text)
			texts[draft.Text] = true
			if lookup.OffersCode {
				lookup.OffersCode = false
				plain := answer.Reply(said, answer.Understand(said), evidence, 1)
				require.True(t, strings.HasPrefix(draft.Text, plain.Text+" "), "an offer is added to what is asked for")
			}
		}
		subject, body := answer.CodeMail(l, "The Shop", "#1042", "004213")
		require.Contains(t, subject, "#1042")
		require.NotContains(t, subject, "004213", "it would stand on a locked screen")
		for _, part := range []string{"004213", "#1042", "The Shop", "10"} {
			require.Contains(t, body, part)
		}
		require.NotContains(t, subject+body, "{")
	}
}

func TestIntents(t *testing.T) {
	t.Parallel()
	got := answer.Intents(answer.Turn{Language: models.English, Messages: []string{"hi!", "how much is the harbor mug and do you ship to Peru?", "thanks"}})
	require.Equal(t, []models.Intent{models.IntentGreeting}, got[0])
	require.Equal(t, []models.Intent{models.IntentProductPrice, models.IntentPolicy}, got[1])
	require.Equal(t, []models.Intent{models.IntentThanks}, got[2])
}
