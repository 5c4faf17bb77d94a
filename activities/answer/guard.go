package answer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// Violation is a figure of a draft that nothing vouches for.
type Violation struct {
	Kind string // What kind of figure it is: number or price.
	Text string // The figure as the draft has it.
}

// The kinds of violations.
const (
	ViolationNumber = "number"
	ViolationPrice  = "price"
)

// Guard returns the figures in a draft's text that neither its cited evidence
// nor, for figures other than prices, the customer's own words hold. What a
// customer says is never proof of a price.
func Guard(t Turn, d models.Draft, evidence []models.Evidence) []Violation {
	inText := figures(d.Text)
	if len(inText) == 0 {
		return nil
	}
	numbers, prices := map[string]bool{}, map[string]bool{}
	evidence = slices.Concat(evidence, d.Computed)
	for i := range evidence {
		if slices.Contains(d.Cites, evidence[i].N) {
			vouch(&evidence[i], t.Now.Location(), numbers, prices)
		}
	}
	note(t.Shop, numbers, map[string]bool{})
	for _, message := range t.Messages {
		note(message, numbers, map[string]bool{})
	}
	for _, line := range t.History {
		if line.From == Customer {
			note(line.Text, numbers, map[string]bool{})
		}
	}
	var violations []Violation
	for _, f := range inText {
		known, kind := numbers, ViolationNumber
		if f.price {
			known, kind = prices, ViolationPrice
		}
		if !slices.ContainsFunc(f.readings, func(reading string) bool { return known[reading] }) {
			violations = append(violations, Violation{Kind: kind, Text: f.text})
		}
	}
	return violations
}

// vouch collects the figures of one piece of evidence.
func vouch(e *models.Evidence, zone *time.Location, numbers, prices map[string]bool) {
	if e.Lookup != nil {
		vouchLookup(e.Lookup, numbers)
	}
	if e.Order != nil {
		vouchOrder(e.Order, zone, numbers, prices)
	}
	if e.Hours != nil {
		vouchHours(e.Hours, zone, numbers)
	}
	if e.Passage != nil {
		note(strings.Join(e.Passage.Headings, "\n"), numbers, prices)
		note(e.Passage.Text, numbers, prices)
	}
	if c := e.Computed; c != nil && c.Currency != "" {
		prices[figureReadings(c.Amount.StringFixed(2))[0]] = true
	} else if c != nil {
		numbers[c.Amount.String()] = true
	}
	p := e.Product
	if p == nil {
		return
	}
	note(p.Title+"\n"+p.Body+"\n"+p.Type, numbers, prices)
	for _, v := range p.Variants {
		for _, o := range v.Options {
			note(o.Name+"\n"+o.Value, numbers, map[string]bool{})
		}
		if v.Tracked {
			numbers[strconv.Itoa(v.Quantity)] = true
		}
		if v.Price != nil {
			prices[figureReadings(v.Price.StringFixed(2))[0]] = true
		}
		if v.CompareAt != nil {
			prices[figureReadings(v.CompareAt.StringFixed(2))[0]] = true
		}
	}
}

// vouchOrder collects what a customer may be told of an order.
func vouchOrder(o *models.Order, zone *time.Location, numbers, prices map[string]bool) {
	note(o.Name, numbers, prices)
	amount := func(d *decimal.Decimal) {
		if d != nil {
			prices[figureReadings(d.StringFixed(2))[0]] = true
		}
	}
	day := func(at *time.Time) {
		if at != nil {
			local := at.In(zone)
			for _, n := range []int{local.Day(), int(local.Month()), local.Year()} {
				numbers[strconv.Itoa(n)] = true
			}
		}
	}
	amount(&o.Total)
	amount(o.Refunded)
	day(&o.ProcessedAt)
	day(o.CancelledAt)
	day(o.RefundedAt)
	for _, l := range o.Lines {
		note(l.Title+"\n"+l.Variant, numbers, prices)
		numbers[strconv.Itoa(l.Quantity)] = true
		amount(l.Price)
	}
	for i := range o.Shipments {
		s := &o.Shipments[i]
		day(s.ShippedAt)
		day(s.EstimatedAt)
		day(s.DeliveredAt)
		for _, t := range s.Tracking {
			note(t.Company+"\n"+t.Number+"\n"+t.URL, numbers, prices)
		}
	}
}

// note collects the figures of a text.
func note(text string, numbers, prices map[string]bool) {
	for _, f := range figures(text) {
		for _, reading := range f.readings {
			if f.price {
				prices[reading] = true
			}
			numbers[reading] = true
		}
	}
}
