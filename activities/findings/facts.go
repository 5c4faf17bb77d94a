package findings

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kedai/models"
)

// The subjects of facts; hours and discounts have a part that says whose.
const (
	subjectReturns  = "returns.days"
	subjectShipping = "shipping.free_from"
	subjectHours    = "hours."
	subjectDiscount = "discount."
)

var (
	// Days that aren't working days; those are of other limits.
	daysNumber = regexp.MustCompile(`(?:^|[^\p{L}\p{N}\-–.,])(\d{1,3})[\s-]+(?:calendar |straight |календарн\p{L}+ )?(days?|weeks?|días?|semanas?|dias?|дн(?:я|ей|и)|день|недел\p{L}+)(?:$|[^\p{L}](.?.?.?))`)
	weekUnit   = regexp.MustCompile(`^(?:week|semana|недел)`)
	returnVerb = words(`return(?:s|ed|ing|able)?(?:[^\p{L}]|$)`, `send back`, `devolver`, `devoluci[oó]n`, `devolvid[ao]s?`, `devoluç`, `вернуть`, `возврат[аеу]?(?:[^\p{L}]|$)`)
	// Where these stand, the limit is another one: of a refund, a label, a parcel,
	// a defect, goods that come back into stock.
	notReturns = words(`business`, `working`, `label`, `drop`, `parcel`, `refund(?:s|ed)? (?:is|are|within|in|takes?)`, `we refund`, `issue`, `fault`, `defect`, `damage`, `wrong`, `broken`,
		`made to order`, `custom`, `final sale`, `stock`, `colou?rs`, `warehouse`, `hold`, `store credit`, `exchange`, `courier`, `price`,
		`hábil`, `guía`, `reembols`, `te devolvemos`, `devolvemos`, `diferencia`, `defect`, `almacén`, `paquete`, `dañad`, `existencia`, `cambio`, `sobre pedido`,
		`úte(?:is|il)`, `útil`, `frete`, `defeito`, `postage`, `estorno`, `valor`, `pacote`, `estoque`, `troca`, `código`, `encomenda`,
		`рабоч`, `деньг`, `денег`, `брак`, `накладн`, `разниц`, `склад`, `посылк`, `обмен`, `налич`, `под заказ`)

	amount  = regexp.MustCompile(`(?:r\$|us\$|mx\$|\$|€|£|₽)[\s\x{a0}]?(` + figure + `)|(` + figure + `)[\s\x{a0}\x{202f}]?(?:₽|€|£|руб|р\.|reais|pesos|dólares|dollars|euros?|usd|eur|mxn|brl|rub)`)
	free    = words(`free`, `gratis`, `gratuit`, `grátis`, `бесплатн`)
	carry   = words(`shipping`, `delivery`, `env[ií]o`, `entrega`, `frete`, `доставк`, `доставля`)
	minimum = words(`over`, `above`, `from`, `of`, `or more`, `at least`, `more than`, `minimum`, `exceed`, `reach`, `comes to`, `spend`, `desde`, `a partir`, `más de`, `mayor`, `superior`, `mínim`,
		`acima`, `mais de`, `começa`, `от`, `свыше`, `больше`, `более`)
	returned = words(`return`, `exchange`, `devoluc`, `devoluç`, `cambio`, `troca`, `возврат`, `обмен`)

	promoCode = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])([A-Z]{3,}\d{1,3})(?:[^\p{L}\p{N}]|$)`)
	percent   = regexp.MustCompile(`(\d{1,2})\s?%`)
)

// figure is a number with separators of thousands and cents.
const figure = `\d+(?:[., \x{a0}\x{202f}]\d{3})*(?:[.,]\d{1,2})?`

// returns reads how long a purchase may be returned.
func (s section) returns(sentence string) []models.Fact {
	lower := strings.ToLower(sentence)
	if !returnVerb.MatchString(lower) || notReturns.MatchString(lower) {
		return nil
	}
	var out []models.Fact
	for _, m := range daysNumber.FindAllStringSubmatch(lower, -1) {
		n, _ := strconv.Atoi(m[1])
		if weekUnit.MatchString(m[2]) {
			n *= 7
		}
		if n > 0 {
			out = append(out, s.fact(subjectReturns, strconv.Itoa(n)+" days", sentence))
		}
	}
	return out
}

// freeShipping reads from which sum on shipping costs nothing.
func (s section) freeShipping(sentence string) []models.Fact {
	lower := strings.ToLower(sentence)
	about := free.MatchString(lower) && carry.MatchString(lower) || free.MatchString(s.heading) && carry.MatchString(s.heading)
	if !about || !minimum.MatchString(lower) || returned.MatchString(lower) {
		return nil
	}
	var out []models.Fact
	for _, m := range amount.FindAllStringSubmatch(lower, -1) {
		if value := number(m[1] + m[2]); value != "" {
			out = append(out, s.fact(subjectShipping, value, sentence))
		}
	}
	return out
}

// discounts reads what a code takes off, where a section speaks of one code and
// one percentage only.
func (s section) discounts() []models.Fact {
	codes, percents := distinct(promoCode, s.text), distinct(percent, s.text)
	if len(codes) != 1 || len(percents) != 1 {
		return nil
	}
	return []models.Fact{s.fact(subjectDiscount+codes[0], percents[0]+"%", s.text)}
}

func distinct(pattern *regexp.Regexp, text string) []string {
	var out []string
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// number returns a sum of money without its separators; cents are told from
// thousands by their two digits.
func number(text string) string {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(text)
	if i := strings.LastIndexAny(text, ".,"); i >= 0 && len(text)-i == 3 {
		whole, cents := text[:i], text[i+1:]
		text = strings.NewReplacer(".", "", ",", "").Replace(whole)
		if cents != "00" {
			text += "." + cents
		}
		return text
	}
	return strings.NewReplacer(".", "", ",", "").Replace(text)
}
