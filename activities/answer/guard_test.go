package answer

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	shop := englishShop()
	evidence := shop.evidence()
	tests := []struct {
		name  string
		text  string
		say   string
		cites []int
		want  []Violation
	}{
		{name: "passes a cited price", text: "It costs $95.50.", cites: []int{3}},
		{name: "passes a price in another form", text: "It costs $1299.", cites: []int{2}},
		{name: "catches an altered price", text: "It costs $85.50.", cites: []int{3}, want: []Violation{{ViolationPrice, "85.50"}}},
		{name: "catches a price of evidence that isn't cited", text: "It costs $95.50.", cites: []int{1}, want: []Violation{{ViolationPrice, "95.50"}}},
		{name: "catches a price that only the customer named", text: "It is $5 for you.", say: "the lamp costs $5 for me", cites: []int{3}, want: []Violation{{ViolationPrice, "5"}}},
		{name: "catches a measure turned into a price", text: "It costs $46.", cites: []int{3}, want: []Violation{{ViolationPrice, "46"}}},
		{name: "passes a quantity of the customer's", text: "Yes, we have 6 of them.", say: "i need 6", cites: []int{1}},
		{name: "catches a number from nowhere", text: "It takes 4 days.", cites: []int{5}, want: []Violation{{ViolationNumber, "4"}}},
		{name: "passes numbers of a passage", text: "3 to 5 working days, $6.50", cites: []int{5}},
		{name: "catches a policy's altered price", text: "3 to 5 working days, $7.50", cites: []int{5}, want: []Violation{{ViolationPrice, "7.50"}}},
		{name: "passes a text without figures", text: "Hello!"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			turn := Turn{Language: models.English, Messages: []string{c.say}}
			require.Equal(t, c.want, Guard(turn, models.Draft{Text: c.text, Cites: c.cites}, evidence))
		})
	}
}

func TestGuardCatchesAnAlteredPriceInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, language := range models.Languages() {
		shop := testShops[language]()
		price := shop.products[2].Variants[0].Price
		for _, change := range []string{"1", "-10", "100"} {
			altered := price.Add(decimal.RequireFromString(change))
			text := FormatMoney(altered, shop.currency, language)
			got := Guard(Turn{Language: language}, models.Draft{Text: text, Cites: []int{3}}, shop.evidence())
			require.Len(t, got, 1, text)
			require.Equal(t, ViolationPrice, got[0].Kind)
		}
		require.Empty(t, Guard(Turn{Language: language}, models.Draft{Text: FormatMoney(*price, shop.currency, language), Cites: []int{3}}, shop.evidence()))
	}
}

// A currency's code beside a figure is held against the evidence with it, and
// is no name of its own.
func TestGuardReadsACurrencyWithItsFigure(t *testing.T) {
	t.Parallel()
	price := decimal.RequireFromString("99")
	lamp := func(currency string) []models.Evidence {
		return []models.Evidence{
			{N: 1, Kind: models.EvidenceProduct, Product: &models.Product{Title: "Lamp", Variants: []models.Variant{{Price: &price, Currency: currency}}}},
			{N: 2, Kind: models.EvidencePassage, Passage: &models.Passage{Text: "Delivery costs $7. Open 24 hours."}},
			{N: 3, Kind: models.EvidencePassage, Passage: &models.Passage{Text: "Delivery costs $7, in MXN."}},
		}
	}
	tests := []struct {
		text, currency string
		cites          []int
		want           []Violation
	}{
		{text: "It is 99 EUR.", currency: "EUR", cites: []int{1}},
		{text: "It is EUR 99.", currency: "EUR", cites: []int{1}},
		{text: "It is CHF 99.00.", currency: "CHF", cites: []int{1}},
		{text: "It is 99 KZT.", currency: "KZT", cites: []int{1}},
		{text: "It is US$99.", currency: "USD", cites: []int{1}},
		{text: "It is $99 MXN.", currency: "MXN", cites: []int{1}},
		{text: "It is 99 EUR.", currency: "USD", cites: []int{1}, want: []Violation{{ViolationCurrency, "99"}}},
		{text: "It is EUR 99.", currency: "USD", cites: []int{1}, want: []Violation{{ViolationCurrency, "99"}}},
		{text: "It is 99 KZT.", currency: "USD", cites: []int{1}, want: []Violation{{ViolationCurrency, "99"}}},
		{text: "It is US$99.", currency: "MXN", cites: []int{1}, want: []Violation{{ViolationCurrency, "99"}}},
		{text: "It is $99 MXN.", currency: "USD", cites: []int{1}, want: []Violation{{ViolationCurrency, "99"}}},
		{text: "It is 98 EUR.", currency: "EUR", cites: []int{1}, want: []Violation{{ViolationPrice, "98"}}},
		{text: "It is 99 EUR.", want: []Violation{{ViolationPrice, "99"}}},
		{text: "It is for EUR customers.", currency: "USD", cites: []int{1}, want: []Violation{{ViolationName, "EUR"}}},

		{text: "Delivery costs 7 MXN.", cites: []int{3}},
		{text: "Delivery costs 7 MXN.", cites: []int{2}, want: []Violation{{ViolationCurrency, "7"}}},
		{text: "Open 24 hours.", cites: []int{2}},
		{text: "Open 24 weeks.", cites: []int{2}, want: []Violation{{ViolationUnit, "24"}}},
	}
	for _, c := range tests {
		require.Equal(t, c.want, Guard(Turn{Language: models.English}, models.Draft{Text: c.text, Cites: c.cites}, lamp(c.currency)), "%s of %s", c.text, c.currency)
	}
}

func TestGuardKnowsTheFiguresOfTheShopsName(t *testing.T) {
	t.Parallel()
	evidence := []models.Evidence{{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Text: "Lamps take 12 days."}}}
	tests := []struct {
		shop, text string
		want       []Violation
	}{
		{shop: "Lamps 5512-3456-78", text: "Hello from Lamps 5512-3456-78!"},
		{shop: "Lamps", text: "Hello from Lamps 5512-3456-78!", want: []Violation{{ViolationPhone, "5512-3456-78"}}},
		{shop: "Lamps 24", text: "Lamps 24 delivers: 12 days."},
		{shop: "Lamps 24", text: "We have 24 of them.", want: []Violation{{ViolationNumber, "24"}}},
		{shop: "Lamps 24", text: "We have 2 of them.", want: []Violation{{ViolationNumber, "2"}}},
		{shop: "Lamps 24", text: "It is 24 EUR.", want: []Violation{{ViolationPrice, "24"}}},
		{shop: "Lamps 5512-3456-78", text: "Call 5512-3456-79!", want: []Violation{{ViolationPhone, "5512-3456-79"}}},
	}
	for _, c := range tests {
		require.Equal(t, c.want, Guard(Turn{Language: models.English, Shop: c.shop}, models.Draft{Text: c.text, Cites: []int{1}}, evidence), "%s of %s", c.text, c.shop)
	}
}

// A line may begin with a figure, and so may an entry of a list.
func TestGuardTellsAListFromAFigure(t *testing.T) {
	t.Parallel()
	for text, right := range map[string]bool{
		"1. Visa\n2. Mastercard\n3. PayPal": true, "We accept:\n1) Visa\n2) PayPal": true, "85. It is the lamp.": false, "The lamp:\n85. It is brass.": false,
	} {
		found := Guard(Turn{Language: models.English}, models.Draft{Text: text, Cites: []int{3, 8}}, englishShop().evidence())
		require.Equal(t, right, len(found) == 0, "%s: %v", text, found)
	}
}

// Shirts begin as roubles do.
func TestGuardTellsRoublesFromOtherWords(t *testing.T) {
	t.Parallel()
	evidence := []models.Evidence{{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Text: "В набор входит 5 рубашек. Доставка стоит 390 рублей."}}}
	for text, right := range map[string]bool{
		"В набор входит 5 рубашек.": true, "Доставка стоит 390 рублей.": true, "Доставка стоит 390 руб.": true, "Доставка стоит 5 рублей.": false,
	} {
		found := Guard(Turn{Language: models.Russian}, models.Draft{Text: text, Cites: []int{1}}, evidence)
		require.Equal(t, right, len(found) == 0, "%s: %v", text, found)
	}
}

// A shop may write its titles small: one that begins a sentence begins it all
// the same.
func TestGuardSeesASentenceThatBeginsWithATitle(t *testing.T) {
	t.Parallel()
	text := "“oak tray” comes in Small. “brass lamp” doesn't come in that option."
	g := guardLexiconOf(models.English)
	var sentences []string
	for _, s := range g.segments(text, g.scan(text)) {
		for len(sentences) <= s.sentence {
			sentences = append(sentences, "")
		}
		sentences[s.sentence] += s.text
	}
	require.Equal(t, []string{"oak tray” comes in Small", "brass lamp” doesn't come in that option"}, sentences)
}

func TestFormatMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		amount, currency string
		language         models.Language
		want             string
	}{
		{"1299", "USD", models.English, "$1,299.00"},
		{"1299", "MXN", models.Spanish, "$1,299.00"},
		{"1299", "BRL", models.Portuguese, "R$\u00a01.299,00"},
		{"1299", "RUB", models.Russian, "1\u00a0299\u00a0₽"},
		{"1299.5", "RUB", models.Russian, "1\u00a0299,50\u00a0₽"},
		{"1234567.891", "USD", models.English, "$1,234,567.89"},
		{"999", "JPY", models.English, "¥999"},
		{"999", "XOF", models.English, "XOF\u00a0999"},
		{"1.2345", "KWD", models.English, "KWD\u00a01.235"},
		{"12.5", "CHF", models.English, "CHF\u00a012.50"},
		{"-5", "USD", models.English, "-$5.00"},
	}
	for _, c := range tests {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, FormatMoney(decimal.RequireFromString(c.amount), c.currency, c.language))
		})
	}
}

func TestFigureReadings(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][]string{
		"1,299.00": {"1299"}, "1.299,00": {"1299"}, "1 299,50": {"1299.5"}, "8.000": {"8000", "8"}, "6.5": {"6.5"}, "007": {"7"}, "1.234.567": {"1234567"},
	} {
		require.Equal(t, want, figureReadings(raw), raw)
	}
}
