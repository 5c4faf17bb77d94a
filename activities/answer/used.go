package answer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// Used says what of a piece of evidence a draft's text uses: of a text the
// sentences whose figures or words it repeats, of a product the fields too.
// Nothing is used of what isn't cited.
func Used(l models.Language, d models.Draft, e models.Evidence) models.PlaygroundEvidence {
	out := models.PlaygroundEvidence{
		N: e.N, Kind: e.Kind, Score: e.Score, Cited: slices.Contains(d.Cites, e.N),
		Headings: []string{}, Sentences: []string{}, Fields: []models.Field{},
	}
	r := newReader(lexiconOf(l), nil, time.Time{}, 0)
	said := r.readUse(d)
	if p := e.Passage; p != nil {
		out.ID = p.SourceID
		out.Headings = append(out.Headings, p.Headings...)
		if len(p.Headings) > 0 {
			out.Title = p.Headings[0]
		}
		if out.Cited {
			out.Sentences = said.sentences(r, r.units(p.Text), true)
		}
	}
	if p := e.Product; p != nil {
		out.ID, out.Title = p.ID, p.Title
		if out.Cited {
			out.Sentences = said.sentences(r, r.units(p.Body), false)
			out.Fields = said.fields(p)
		}
	}
	if o := e.Order; o != nil {
		out.ID, out.Title = o.ID, o.Name
		if out.Cited {
			out.Fields = said.orderFields(o)
		}
	}
	if e.Hours != nil {
		usedHours(&out, l, e.Hours)
	}
	if e.Lookup != nil {
		out.Title = string(e.Lookup.Outcome)
	}
	return out
}

// use is a draft's text made ready for comparing.
type use struct {
	text    string // Folded.
	words   []word
	numbers map[string]bool // Readings of its figures, prices included.
	prices  map[string]bool
	intent  models.Intent
}

func (r *reader) readUse(d models.Draft) use {
	u := use{text: fold(d.Text), words: r.content(d.Text), numbers: map[string]bool{}, prices: map[string]bool{}, intent: d.Intent}
	note(d.Text, u.numbers, u.prices)
	return u
}

// orderFields returns the facts of an order that the text uses.
func (u use) orderFields(o *models.Order) []models.Field {
	out := []models.Field{{Name: "fulfillment", Value: o.Fulfillment}, {Name: "payment", Value: o.Payment}}
	for _, s := range o.Shipments {
		out = append(out, models.Field{Name: "shipment", Value: s.Status})
		for _, t := range s.Tracking {
			if t.Number != "" && strings.Contains(u.text, fold(t.Number)) {
				out = append(out, models.Field{Name: "tracking", Value: t.Number})
			}
		}
	}
	return out
}

// How much of a sentence's words a text must repeat to use it: alone, or where
// it repeats one of its figures too.
const (
	usedShare       = 0.6
	usedWithFigures = 0.25
)

// sentences returns the units that the text uses, in their order. Where none
// surely is used, some says that the closest one is.
func (u use) sentences(r *reader, units []unit, some bool) []string {
	out, closest, most := []string{}, -1, 0.0
	for i, one := range units {
		stated := figures(one.text)
		repeated := slices.ContainsFunc(stated, func(f figure) bool {
			return slices.ContainsFunc(f.readings, func(reading string) bool { return u.numbers[reading] })
		})
		share := u.share(r, one)
		if share > most {
			closest, most = i, share
		}
		enough := usedShare
		if repeated {
			enough = usedWithFigures
		}
		// Whose figures are others speaks of something else in like words.
		if strings.Contains(u.text, fold(one.text)) || (share >= enough && (repeated || len(stated) == 0)) {
			out = append(out, one.text)
		}
	}
	if len(out) == 0 && some && closest >= 0 {
		out = append(out, units[closest].text)
	}
	return out
}

// share is how much of a unit's content words the text repeats.
func (u use) share(r *reader, one unit) float64 {
	words := r.content(one.text)
	if len(words) == 0 {
		return 0
	}
	sum := 0.0
	for _, w := range words {
		sum += best(w, u.words)
	}
	return sum / float64(len(words))
}

// fields returns the properties of a product that the text uses, each once.
func (u use) fields(p *models.Product) []models.Field {
	out := []models.Field{}
	add := func(is bool, name, value string) {
		if f := (models.Field{Name: name, Value: value}); is && value != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	names := func(value string) bool { return value != "" && strings.Contains(u.text, fold(value)) }
	add(names(p.Title), "title", p.Title)
	for _, v := range p.Variants {
		for _, o := range v.Options {
			add(names(o.Value), o.Name, o.Value)
		}
		add(u.states(v.Price), "price", priced(v.Price, v.Currency))
		add(u.states(v.CompareAt), "compare_at", priced(v.CompareAt, v.Currency))
		add(v.Tracked && u.intent == models.IntentProductStock, "quantity", strconv.Itoa(v.Quantity))
	}
	add(names(p.Vendor), "vendor", p.Vendor)
	return out
}

func (u use) states(price *decimal.Decimal) bool {
	return price != nil && u.prices[figureReadings(price.StringFixed(2))[0]]
}

func priced(price *decimal.Decimal, currency string) string {
	if price == nil {
		return ""
	}
	return price.StringFixed(2) + " " + currency
}
