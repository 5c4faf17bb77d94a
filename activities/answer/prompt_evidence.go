package answer

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kedai/models"
)

// How much of a piece of evidence a model is shown.
const (
	mostBody     = 2_000
	mostPassage  = 4_000
	mostVariants = 60
)

// showEvidence writes a piece of evidence for a model, with amounts as replies
// in the turn's language have them; nothing for what isn't to be spoken of.
func showEvidence(e *models.Evidence, t Turn) string {
	switch {
	case e.Product != nil && e.Product.Published:
		return showProduct(e.Product, t.Language)
	case e.Passage != nil:
		return strings.Join(e.Passage.Headings, " > ") + "\n" + clip(e.Passage.Text, mostPassage)
	case e.Order != nil:
		return showOrder(e.Order, t)
	case e.Lookup != nil && e.Lookup.Outcome == models.LookupFound:
		return "The orders in the evidence are this customer's own."
	case e.Computed != nil:
		return showComputed(e.Computed, t.Language)
	case e.Hours != nil:
		return hoursText(e.Hours, nil, t.Now, t.Language)
	}
	return ""
}

func clip(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + " …"
	}
	return text
}

func showProduct(p *models.Product, l models.Language) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", p.Title)
	field(&b, "type", p.Type)
	field(&b, "brand", p.Vendor)
	field(&b, "description", clip(p.Body, mostBody))
	b.WriteString("variants:\n")
	for i, v := range p.Variants {
		if i == mostVariants {
			fmt.Fprintf(&b, "- and %d more, not shown\n", len(p.Variants)-mostVariants)
			break
		}
		fmt.Fprintf(&b, "- %s\n", showVariant(v, l))
	}
	return b.String()
}

func showVariant(v models.Variant, l models.Language) string {
	var parts []string
	for _, o := range v.Options {
		parts = append(parts, o.Name+" "+o.Value)
	}
	price := "price unknown"
	if v.Price != nil {
		price = FormatMoney(*v.Price, v.Currency, l)
		if v.CompareAt != nil && v.CompareAt.GreaterThan(*v.Price) {
			price += " (before: " + FormatMoney(*v.CompareAt, v.Currency, l) + ")"
		}
	}
	return strings.Join(append(parts, price, stockOf(v)), "; ")
}

func stockOf(v models.Variant) string {
	switch {
	case !v.Tracked:
		return "available"
	case v.Quantity > 0:
		return "in stock: " + strconv.Itoa(v.Quantity)
	case v.Backorder:
		return "not in stock, can be ordered"
	}
	return "out of stock"
}

// showOrder leaves out whose order it is: nothing that ties it to a person is
// needed to speak of it.
func showOrder(o *models.Order, t Turn) string {
	var b strings.Builder
	fmt.Fprintf(&b, "order: %s\nstatus: %s\npayment: %s\nfulfillment: %s\n", o.Name, phaseOf(o), o.Payment, o.Fulfillment)
	day := func(name string, at *time.Time) {
		if at != nil {
			field(&b, name, FormatDate(at.In(t.Now.Location()), t.Now, t.Language))
		}
	}
	day("ordered", &o.ProcessedAt)
	day("cancelled", o.CancelledAt)
	field(&b, "total", FormatMoney(o.Total, o.Currency, t.Language))
	if o.Refunded != nil && o.Refunded.IsPositive() {
		field(&b, "refunded", FormatMoney(*o.Refunded, o.Currency, t.Language))
		day("refunded on", o.RefundedAt)
	}
	for _, line := range o.Lines {
		text := fmt.Sprintf("%d × %s", line.Quantity, line.Title)
		if line.Variant != "" {
			text += " (" + line.Variant + ")"
		}
		if line.Price != nil {
			text += ", each " + FormatMoney(*line.Price, o.Currency, t.Language)
		}
		field(&b, "item", text)
	}
	for i := range o.Shipments {
		s := &o.Shipments[i]
		fmt.Fprintf(&b, "shipment %d: %s\n", i+1, phaseOfShipment(*s))
		day("  shipped", s.ShippedAt)
		day("  expected", s.EstimatedAt)
		day("  delivered", s.DeliveredAt)
		for _, track := range s.Tracking {
			field(&b, "  tracking", strings.TrimSpace(track.Company+" "+track.Number+" "+track.URL))
		}
	}
	return b.String()
}

func showComputed(c *models.Computed, l models.Language) string {
	amount := c.Amount.String()
	switch {
	case c.Currency != "":
		amount = FormatMoney(c.Amount, c.Currency, l)
	case c.What == models.ComputedPercent:
		amount += "%"
	}
	from := make([]string, len(c.From))
	for i, n := range c.From {
		from[i] = strconv.Itoa(n)
	}
	text := string(c.What) + ": " + amount
	if len(from) > 0 {
		text += " (worked out of evidence " + strings.Join(from, ", ") + ")"
	}
	return text
}

func field(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "%s: %s\n", name, value)
	}
}
