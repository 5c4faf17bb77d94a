package answer

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

// withRules has the rules that sums are worked out by beside the test's shop.
func withRules(language models.Language) testShop {
	s := testShops[language]()
	if language == models.Portuguese {
		s.passage("Pagamento", "Desconto no Pix", "Pagando no Pix você tem 5% de desconto.")
	} else {
		s.passage("Payment", "Discount for bank transfer", "Pay by bank transfer and get a 5% discount.")
	}
	return s
}

// replyOf composes a reply from all that a shop has.
func replyOf(s testShop, history []Line, say ...string) models.Draft {
	turn := Turn{Language: s.language, Shop: "Hearth", Messages: say, History: history}
	return Reply(turn, Understand(turn), s.evidence(), 1)
}

// computedOf are the figures that were worked out for a reply, by what they are.
func computedOf(d models.Draft, what models.ComputedKind) []string {
	var list []string
	for _, e := range d.Computed {
		if e.Computed.What == what {
			list = append(list, e.Computed.Amount.String())
		}
	}
	return list
}

func TestADiscountIsTakenOffWhereTheRuleHolds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		language models.Language
		say      string
		off      []string
		total    []string
	}{
		"by the way one pays":        {models.English, "how much is the stoneware mug in charcoal if i pay by bank transfer?", []string{"1"}, []string{"19"}},
		"not of what is reduced":     {models.English, "how much is the brass lamp if i pay by bank transfer?", nil, nil},
		"by the way one pays, in pt": {models.Portuguese, "quanto fica a caneca de grés em carvão no pix?", []string{"5"}, []string{"94.9"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := replyOf(withRules(test.language), nil, test.say)
			require.Equal(t, test.off, computedOf(d, models.ComputedDiscount), d.Text)
			require.Equal(t, test.total, computedOf(d, models.ComputedTotal), d.Text)
			for _, e := range d.Computed {
				require.Contains(t, d.Cites, e.N, "what is worked out is evidence")
				require.NotEmpty(t, e.Computed.From)
			}
		})
	}
}

func TestPercents(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"5% off, then 7,5 % more": {"5", "7.5"},
		"20 pieces at $3":         nil,
		"скидка 10 %":             {"10"},
	} {
		var found []string
		for _, p := range percents(text) {
			found = append(found, p.String())
		}
		require.Equal(t, want, found, text)
	}
}

func TestABillAddsWhatEachLotCosts(t *testing.T) {
	t.Parallel()
	for language, test := range map[models.Language]struct{ say, total string }{
		models.English:    {"how much for 2 stoneware mugs in charcoal and one brass lamp?", "135.5"},
		models.Spanish:    {"cuánto es por 2 tazas de gres en carbón y una lámpara de latón?", "1355"},
		models.Portuguese: {"quanto fica 2 canecas de grés em carvão e uma luminária de latão?", "655.3"},
		models.Russian:    {"сколько будут стоить 2 угольные кружки и 1 латунная лампа?", "7470"},
	} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			d := replyOf(testShops[language](), nil, test.say)
			require.Contains(t, computedOf(d, models.ComputedTotal), test.total, d.Text)
		})
	}
}

func TestLots(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"2 mugs and 3 lamps":    {"2", "3"},
		"two mugs and one lamp": {"2", "1"},
		"2 mugs":                nil,
		"a mug of 350 ml":       nil,
	} {
		lex := lexiconOf(models.English)
		var pieces []string
		for _, l := range lex.lots(lex.words(text)) {
			pieces = append(pieces, l.pieces)
		}
		require.Equal(t, want, pieces, text)
	}
}

func TestNumbersAreReadWithWhatStandsBesideThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		language models.Language
		text     string
		numbers  []string
		measures []measure
	}{
		{models.English, "laptops up to 20k", []string{"20000"}, nil},
		{models.Spanish, "tienen algo de 5 mil pesos", []string{"5000"}, nil},
		{models.Russian, "до 5 тысяч", []string{"5000"}, nil},
		{models.Russian, "тысяч до 7", []string{"7000"}, nil},
		{models.English, "a bottle of 2 litres", []string{"2"}, []measure{{"2", "l"}}},
		{models.Portuguese, "o hd de 1 terabyte", []string{"1"}, []measure{{"1", "tb"}}},
		{models.Russian, "кабель 3 метра", []string{"3"}, []measure{{"3", "m"}}},
		{models.English, "2 x 3", []string{"2", "3"}, nil},
	} {
		lex := lexiconOf(test.language)
		words := fullNumbers(lex.words(test.text))
		var numbers []string
		var measures []measure
		for i, w := range words {
			if w.number {
				numbers = append(numbers, w.text)
			}
			if m, ok := measureAt(words, i); ok {
				measures = append(measures, m)
			}
		}
		require.Equal(t, test.numbers, numbers, test.text)
		require.Len(t, measures, len(test.measures), test.text)
		for i, m := range test.measures {
			require.Equal(t, m.number, measures[i].number, test.text)
			require.Equal(t, units[fold(m.unit)], measures[i].unit, test.text)
		}
	}
}

func TestARuleThatNamesAnAmountHoldsFromIt(t *testing.T) {
	t.Parallel()
	r := newReader(lexiconOf(models.English), englishShop().evidence(), time.Time{}, 1)
	least := []unit{{text: "10% off on orders from $50."}}
	require.True(t, r.beyondBase(least, decimal.NewFromInt(49)))
	require.False(t, r.beyondBase(least, decimal.NewFromInt(50)))
}
