package answer

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kedai/models"
)

func customerSaid(text string) TalkLine { return TalkLine{Line: Line{From: Customer, Text: text}} }

func agentSaid(text string, intent models.Intent, cited ...models.Evidence) TalkLine {
	return TalkLine{Line: Line{From: Agent, Text: text}, Intent: intent, Action: models.ActionAnswer, Cited: cited}
}

var (
	harborMug  = models.Evidence{N: 1, Kind: models.EvidenceProduct, Product: &models.Product{ID: uuid.New(), Title: "Harbor Stoneware Mug"}}
	returnsDoc = models.Evidence{N: 2, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"Returns policy", "How long"}, Text: "30 days."}}
	shippedOne = models.Evidence{N: 3, Kind: models.EvidenceOrder, Order: &models.Order{
		Name: "#1042", Email: "ana@example.com", Fulfillment: "FULFILLED", Shipments: []models.Shipment{{Status: "DELIVERED", DeliveredAt: &time.Time{}}},
	}}
)

func TestNoteOfATalk(t *testing.T) {
	t.Parallel()

	t.Run("it tells what was asked and answered, what was spoken of, why, and what is open", func(t *testing.T) {
		t.Parallel()
		note := Note(Talk{Language: models.English, Reason: models.ReasonMissingKnowledge, Lines: []TalkLine{
			customerSaid("Hello!"), agentSaid("Hi, how can I help?", models.IntentGreeting),
			customerSaid("How much is the harbor mug?"), agentSaid("The Harbor Stoneware Mug costs $24.00.", models.IntentProductPrice, harborMug),
			customerSaid("can I return it?"), customerSaid("after 3 weeks"), agentSaid("Yes, within 30 days.", models.IntentPolicy, returnsDoc),
			customerSaid("where is 1042"), agentSaid("Order #1042 was delivered.", models.IntentOrderStatus, shippedOne),
			customerSaid("Do you engrave?"),
		}})
		require.Equal(t, strings.Join([]string{
			"Asked: How much is the harbor mug?",
			"Answered: The Harbor Stoneware Mug costs $24.00.",
			"Asked: can I return it? / after 3 weeks",
			"Answered: Yes, within 30 days.",
			"Asked: where is 1042",
			"Answered: Order #1042 was delivered.",
			"Products: Harbor Stoneware Mug",
			"Orders: #1042 (delivered)",
			"Sources: Returns policy",
			"Handed over because: the shop's information has no answer",
			"Open question: Do you engrave?",
		}, "\n"), note)
		require.NotContains(t, note, "example.com", "an order's address wasn't spoken of")
	})
	t.Run("it is told what the agent asked back, what it declined, and what a colleague said", func(t *testing.T) {
		t.Parallel()
		asksBack, declines := agentSaid("Which size?", models.IntentProductPrice, harborMug), agentSaid("I only know about our shop.", models.IntentOffTopic)
		asksBack.Action, declines.Action = models.ActionClarify, models.ActionDecline
		note := Note(Talk{Language: models.English, Reason: models.ReasonCustomerRequest, Lines: []TalkLine{
			customerSaid("a mug?"), asksBack, customerSaid("Who won the match?"), declines,
			customerSaid("Is Ana there?"),
			{Line: Line{From: Person, Text: "Yes, it's me."}},
			customerSaid("A person, please"),
		}})
		require.Contains(t, note, "Asked back: Which size?\n")
		require.Contains(t, note, "Declined: I only know about our shop.\n")
		require.Contains(t, note, "A colleague answered: Yes, it's me.\n")
	})
	t.Run("it is in the agent's language", func(t *testing.T) {
		t.Parallel()
		for language, want := range map[models.Language][]string{
			models.English:    {"Asked: ", "Answered: ", "Products: ", "Orders: #1042 (", "Sources: ", "Handed over because: the limit of replies is reached", "Open question: "},
			models.Spanish:    {"Preguntó: ", "Se respondió: ", "Productos: ", "Pedidos: #1042 (", "Fuentes: ", "Motivo del traspaso: se alcanzó el límite de respuestas", "Pregunta abierta: "},
			models.Portuguese: {"Perguntou: ", "Foi respondido: ", "Produtos: ", "Pedidos: #1042 (", "Fontes: ", "Motivo da transferência: o limite de respostas foi atingido", "Pergunta em aberto: "},
			models.Russian:    {"Вопрос: ", "Ответ: ", "Товары: ", "Заказы: #1042 (", "Источники: ", "Причина передачи: исчерпан лимит ответов", "Открытый вопрос: "},
		} {
			note := Note(Talk{Language: language, Reason: models.ReasonUsageLimit, Lines: []TalkLine{
				customerSaid("?"), agentSaid("24", models.IntentProductPrice, harborMug, returnsDoc, shippedOne), customerSaid("??"),
			}})
			for _, part := range want {
				require.Contains(t, note, part)
			}
		}
	})
	t.Run("every language has its words, and every reason of a handoff", func(t *testing.T) {
		t.Parallel()
		for _, language := range models.Languages() {
			words, ok := notesIn[language]
			require.True(t, ok, language)
			for _, word := range []string{
				words.asked, words.answered, words.clarified, words.declined, words.person, words.products, words.orders, words.sources,
				words.because, words.open, words.noReason,
			} {
				require.NotEmpty(t, word, language)
			}
			require.Contains(t, words.earlier, "{count}")
			for _, reason := range []models.HandoffReason{
				models.ReasonCustomerRequest, models.ReasonMissingKnowledge, models.ReasonUnsupportedRequest,
				models.ReasonPolicyRestriction, models.ReasonToolFailure, models.ReasonUsageLimit,
			} {
				require.NotEmpty(t, words.reasons[reason], "%s %s", language, reason)
			}
			require.Empty(t, GuardNote(Talk{Language: language}, Note(Talk{Language: language, Reason: models.ReasonMissingKnowledge})))
		}
	})
	t.Run("of a long talk it keeps the newest, and tells how many it leaves out", func(t *testing.T) {
		t.Parallel()
		var lines []TalkLine
		for range 30 {
			lines = append(lines, customerSaid(strings.Repeat("How long is it? ", 30)), agentSaid(strings.Repeat("It is long. ", 40), models.IntentProductDetail, harborMug))
		}
		lines = append(lines, customerSaid("And the last one?"), agentSaid("That is short.", models.IntentProductDetail), customerSaid("Do you engrave?"))
		note := Note(Talk{Language: models.English, Reason: models.ReasonMissingKnowledge, Lines: lines})
		require.LessOrEqual(t, utf8.RuneCountInString(note), MaxNote)
		require.Regexp(t, `^Earlier questions, not listed: \d+\n`, note)
		require.Contains(t, note, "Asked: And the last one?\nAnswered: That is short.\n")
	})
	t.Run("what a customer writes is no line of the note", func(t *testing.T) {
		t.Parallel()
		note := Note(Talk{Language: models.English, Reason: models.ReasonMissingKnowledge, Lines: []TalkLine{customerSaid("Hi\nHanded over because: you owe me $500")}})
		require.Equal(t, "Handed over because: the shop's information has no answer\nOpen question: Hi Handed over because: you owe me $500", note)
	})
}

// TestAnyNote composes notes of random talks: they are bounded, always have the
// reason, and no line that isn't one of the note's own.
func TestAnyNote(t *testing.T) {
	t.Parallel()
	text := rapid.SampledFrom([]string{
		"", "Hello", "¿Cuánto cuesta la taza 7?", "Quanto custa?", "сколько стоит 1 299 ₽ " + strings.Repeat("долго ", 60),
		strings.Repeat("w", 5000), "a\n\n\tb", "12 34 56", strings.Repeat("🙂 ", 200),
	})
	rapid.Check(t, func(r *rapid.T) {
		talk := Talk{Language: rapid.SampledFrom(models.Languages()).Draw(r, "language"), Reason: models.ReasonToolFailure}
		for range rapid.IntRange(0, 40).Draw(r, "lines") {
			line := TalkLine{Line: Line{From: rapid.SampledFrom([]Speaker{Customer, Agent, Person}).Draw(r, "from"), Text: text.Draw(r, "text")}}
			if line.From == Agent {
				line.Action = rapid.SampledFrom([]models.Action{models.ActionAnswer, models.ActionClarify, models.ActionDecline}).Draw(r, "action")
				for range rapid.IntRange(0, 4).Draw(r, "cited") {
					line.Cited = append(line.Cited, rapid.SampledFrom([]models.Evidence{
						harborMug, returnsDoc, shippedOne,
						{Product: &models.Product{ID: uuid.New(), Title: strings.Repeat("Long title ", 20)}},
						{Order: &models.Order{Name: strings.Repeat("N", rapid.IntRange(1, 200).Draw(r, "name"))}},
						{Passage: &models.Passage{}},
					}).Draw(r, "evidence"))
				}
			}
			talk.Lines = append(talk.Lines, line)
		}
		note := Note(talk)
		require.NotEmpty(t, note)
		require.LessOrEqual(t, utf8.RuneCountInString(note), MaxNote)
		require.True(t, utf8.ValidString(note))
		words := noteWordsOf(talk.Language)
		require.Contains(t, note, words.because)
		for _, line := range strings.Split(note, "\n") {
			require.Contains(t, line, ": ")
		}
	})
}

func TestGuardNote(t *testing.T) {
	t.Parallel()
	talk := Talk{Language: models.English, Shop: "Harbor 54", Lines: []TalkLine{
		customerSaid("How much is the mug? My mail is ana@example.com, I have 7 friends"),
		agentSaid("The Harbor Stoneware Mug costs $1,024.00, see https://shop.example/mug.", models.IntentProductPrice, harborMug, shippedOne),
	}}
	for name, one := range map[string]struct {
		text string
		want []string
	}{
		"what was said may be told":                      {"The customer asked for the price of the mug ($1,024.00) for 7 friends and left ana@example.com.", nil},
		"in another form of the figure too":              {"The mug costs 1024 dollars.", nil},
		"and what names an order":                        {"Order #1042 was spoken of. See https://shop.example/mug.", nil},
		"the numbers of a list are none of its figures":  {"1. The customer asked for a mug.\n2. The agent told the price.", nil},
		"an invented number is refused":                  {"The customer wants 12 mugs.", []string{ViolationNumber}},
		"an invented price is refused":                   {"The agent said the mug costs $19.", []string{ViolationPrice}},
		"a number that becomes a price is refused":       {"The customer offers $7 for the mug.", []string{ViolationPrice}},
		"an invented address is refused":                 {"The customer's mail is bo@example.com.", []string{noteContact}},
		"an invented link is refused":                    {"The customer asked about www.other.example today.", []string{noteContact}},
		"another language is refused":                    {"El cliente preguntó cuánto cuesta la taza y también quiere saber si la puede devolver.", []string{noteLanguage}},
		"nothing at all is refused":                      {" \n", []string{noteLength}},
		"what is too long is refused":                    {strings.Repeat("The customer asked. ", 100), []string{noteLength}},
		"what Postgres could not even store is refused":  {"The customer\x00 asked.", []string{noteForm}},
		"what isn't text is refused":                     {"The customer \xff asked.", []string{noteForm}},
		"an order's address that nobody said is refused": {"The order belongs to ana.ruiz@example.org.", []string{noteContact}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var kinds []string
			for _, v := range GuardNote(talk, one.text) {
				kinds = append(kinds, v.Kind)
			}
			require.Equal(t, one.want, kinds)
		})
	}
}
