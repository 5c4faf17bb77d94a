package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"kedai/models"
	"kedai/models/store"
)

// largeShop is what answers are measured on: a catalogue of made-up things with
// the facts that customers ask for, and policies among much other text.
type largeShop struct {
	*Shop
	products []shopProduct
	passages int
	importS  float64 // To take in the products' file.
}

// shopProduct is what questions are made of.
type shopProduct struct{ title, kind string }

const (
	passagesOfSource = 50
	wordsOfPassage   = 80
)

// openLargeShop makes a shop of so many products, and a twentieth of passages,
// through the operator API.
func openLargeShop(ctx context.Context, s *System, random *rand.Rand, products int) (*largeShop, error) {
	shop, err := OpenBareShop(ctx, s, store.NewAccount{Name: "Loam", Currency: "USD", Language: models.English, Admin: "Admin"}, map[string]any{})
	if err != nil {
		return nil, err
	}
	large := &largeShop{Shop: shop}
	file := large.catalogue(random, products)
	start := time.Now()
	if _, err = shop.Import(ctx, "products?name=products.csv", "text/csv", file, func(models.Import) {}); err == nil {
		large.importS = time.Since(start).Seconds()
		err = large.fillSources(ctx, random, products/20)
	}
	if err != nil {
		shop.Close()
		return nil, err
	}
	return large, nil
}

// catalogue writes the file of the products: each second one has two sizes.
func (s *largeShop) catalogue(random *rand.Rand, products int) string {
	var file strings.Builder
	file.WriteString("Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price\n")
	for i := range products {
		p := shopProduct{kind: phrase(random, 1)}
		p.title = name(random) + " " + phrase(random, 2) + " " + p.kind
		s.products = append(s.products, p)
		body := fmt.Sprintf("<p>A %s for %s.</p><p>Made of %s. It measures %d × %d cm and weighs %d g.</p><ul><li>%s</li><li>Machine wash at %d °C</li><li>Holds %d ml</li></ul><p>Comes with %s.</p>",
			p.kind, prose(random, 12), phrase(random, 2), 5+random.IntN(90), 5+random.IntN(90), 50+random.IntN(3000), prose(random, 10), 30+10*random.IntN(4), 100+random.IntN(2000), prose(random, 10))
		price := fmt.Sprintf("%d.%02d", 4+random.IntN(240), 10*random.IntN(10))
		sizes := []string{"Small", "Large"}[:1+i%2]
		for n, size := range sizes {
			if n == 0 {
				fmt.Fprintf(&file, "p%d,%s,%q,Loam,%s,%s,true,", i, p.title, body, p.kind, phrase(random, 1))
			} else {
				fmt.Fprintf(&file, "p%d,,,,,,,", i)
			}
			fmt.Fprintf(&file, "Size,%s,SKU-%d-%d,shopify,%d,deny,%s\n", size, i, n, random.IntN(9), price)
		}
	}
	return file.String()
}

// name makes up one of some thousands of names, as shops give them to things:
// the words of trade alone would stand in every second product.
func name(random *rand.Rand) string {
	syllables := []string{"ba", "ce", "dor", "fi", "gal", "ho", "ki", "lun", "mer", "no", "pel", "ri", "sol", "ta", "vel"}
	var out strings.Builder
	for range 3 {
		out.WriteString(syllables[random.IntN(len(syllables))])
	}
	return out.String()
}

// prose returns words as texts have them: every second one is rare.
func prose(random *rand.Rand, words int) string {
	out := make([]string, words)
	for i := range out {
		out[i] = phrase(random, 1)
		if i%2 == 1 {
			out[i] = name(random)
		}
	}
	return strings.Join(out, " ")
}

// fillSources uploads the policies and guides of which nobody asks.
func (s *largeShop) fillSources(ctx context.Context, random *rand.Rand, passages int) error {
	for n := 0; s.passages < passages; n++ {
		var text strings.Builder
		fmt.Fprintf(&text, "# Guide %d\n\n", n+1)
		left := min(passagesOfSource, passages-s.passages)
		if n == 0 {
			text.Reset()
			text.WriteString(shopRules)
			left -= strings.Count(shopRules, "\n## ")
		}
		for range max(0, left) {
			fmt.Fprintf(&text, "## %s\n\n", phrase(random, 3))
			for words := 0; words < wordsOfPassage; words += 10 {
				fmt.Fprintf(&text, "Choose the %s within %d days. ", prose(random, 6), 1+random.IntN(60))
			}
			text.WriteString("\n\n")
		}
		s.passages += strings.Count(text.String(), "\n## ")
		if err := s.Upload(ctx, fmt.Sprintf("sources?name=guide-%d.md", n+1), "text/markdown", []byte(text.String())); err != nil {
			return err
		}
	}
	return nil
}

const shopRules = `# Service

## Delivery time

Orders leave within 2 business days. Delivery in the United States takes 4 to 6 days, to Canada 8 to 12 days.

## Shipping cost

Shipping costs $5.90. It is free for orders over $75.00.

## Returns

You can return anything unused within 30 days of delivery. The return label is free.

## Refunds

Refunds reach your card within 5 business days after the parcel is back with us.

## Payment

We take Visa, Mastercard and PayPal. You can pay in 3 parts from $100.00.

## Warranty

All products have a warranty of 2 years. Damage by use is not covered.

## Gift cards

Gift cards are worth $25.00, $50.00 or $100.00 and are valid for 24 months.

`

// questionKinds is how many sorts of question there are.
const questionKinds = 10

// questions returns bursts as customers write them, of each kind in turn; none
// is about an order, which no search answers.
func (s *largeShop) questions(random *rand.Rand, n int) [][]string {
	one := func() shopProduct { return s.products[random.IntN(len(s.products))] }
	ways := [questionKinds]func() []string{
		func() []string { return []string{"How much is the " + one().title + "?"} },
		func() []string { return []string{"is the " + one().title + " in stock"} },
		func() []string { return []string{"What is the " + one().title + " made of?"} },
		func() []string { return []string{rules[random.IntN(len(rules))]} },
		func() []string {
			return []string{fmt.Sprintf("Can you recommend a %s for under $%d?", one().kind, 20+10*random.IntN(15))}
		},
		func() []string {
			return []string{"What is the difference between " + one().title + " and " + one().title + "?"}
		},
		func() []string {
			return []string{"Hi!", "do you have the " + one().title + " in large, and what does it cost?"}
		},
		func() []string { return []string{"how heavy is the " + one().title + ", can I wash it at 40?"} },
		func() []string { return []string{"I am looking for a " + phrase(random, 2) + " as a gift"} },
		func() []string {
			return []string{"I would take 3 of the " + one().title, "what does that come to?", rules[random.IntN(len(rules))]}
		},
	}
	out := make([][]string, n)
	for i := range out {
		out[i] = ways[i%len(ways)]()
	}
	return out
}

var rules = []string{
	"How long does delivery to Canada take?", "what is shipping", "Can I send something back after 3 weeks?", "When do I get my money back?",
	"Do you take PayPal?", "can i pay in parts", "How long is the warranty?", "how long is a gift card valid?", "Is shipping free if I order for $80?", "Who pays for the return label?",
}
