package answer

import (
	"regexp"
	"slices"
	"strings"

	"kedai/models"
)

// OrderWish is what a customer typed of orders. It is a claim, never proof of
// anything by itself.
type OrderWish struct {
	Numbers []string // As models.OrderNumber has them; of this burst or, where it has none, spoken of before.
	Emails  []string
	Phones  []string
	Claims  []models.OrderClaim // Pairs of which this burst brings a part: what is to be tried now.

	SendCode bool     // A one-time code is asked for.
	Codes    []string // One-time codes that were typed.
}

var (
	emailForm = regexp.MustCompile(`(?i)[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+`)
	phoneForm = regexp.MustCompile(`\+?\(?\d[\d \-().]{6,18}\d`)
	orderForm = regexp.MustCompile(`(?i)(?:^|[^\pL\pN.,@$€£₽+\-])((?:[a-z]{1,5}-?)?\d{3,9}(?:-\d{1,4})?)(?:$|[^\pL\pN@]|[.,](?:$|\s))`)
	// What stands behind an amount, a measure or a quantity.
	moneyNear = regexp.MustCompile(`(?i)^\s*(?:[$€£₽%]|руб|р\.|(?:р|тр|вт|мм|см|г|кг|м|л|мл|гб|мах)(?:$|[^\pL])|шт|тыс|час|дн|метр|` +
		`(?:pesos?|reais|real|usd|mxn|brl|rub|varos|lana|bucks|dollars|d[oó]lares|mil|k|mah|m?l|[ckm]?m2?|k?g|gr|gb|gigs?|[vw]|watts?|volts?|sq|sqft|ft|x|` +
		`pcs|pieces|units|items|piezas|unidades|pe[çc]as|metros?|d[ií]as|days|horas|hours)(?:$|[^\pL]))`)
	// What stands before an amount, a quantity or a year, and not before an order's number.
	amountNear = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:under|over|above|below|around|abt|approx|max|maximum|budget|than|until|paid|spent|spend|zip|size|` +
		`m[aá]x|m[aá]ximo|hasta|unos|unas|menos|m[aá]s|tope|son|por|casi|talla|pagu[eé]|cp|postal|desde|` +
		`at[eé]|uns|umas|cerca|tamanho|paguei|cep|acima|abaixo|` +
		`до|от|за|на|около|максимум|бюджет|примерно|размер|индекс|заплатила?|оплатила?)\s*[.:]?\s*[$€£₽]?\s*$`)
	ofAmount  = regexp.MustCompile(`(?i)(?:^|[^\pL])de\s*[$]?\s*$`)
	orderNear = regexp.MustCompile(`(?i)(?:orders?|pedidos?|orden(?:es)?|заказ[ауы]?|#|№)\s*(?:no\.?|num(?:ber|ero|éro)?|n[º°]|номер)?\s*#?\s*$`)
	ofOrder   = regexp.MustCompile(`(?i)(?:gu[ií]a|rastreo|rastreio|estado|estatus|status|n[uú]mero|c[oó]digo|num|n[ºo°]\.?)\s+de\s*$`)
)

// How many digits make a phone number rather than an order's, and how many it
// has with its area where an order's number may stand before it.
const (
	leastPhone    = 9
	nationalPhone = 10
)

// typed is what one text has of orders and of whose they are.
type typed struct{ numbers, emails, phones []string }

// typedIn reads addresses and phones first: what is left may be an order's
// number.
func typedIn(text string) typed {
	var t typed
	text = emailForm.ReplaceAllStringFunc(text, func(found string) string {
		if email := models.NormalEmail(strings.Trim(found, ".")); email != "" {
			t.emails = include(t.emails, email)
		}
		return " , "
	})
	text = phoneForm.ReplaceAllStringFunc(text, t.takePhone)
	for at := 0; at < len(text); {
		m := orderForm.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		from, to := at+m[2], at+m[3]
		if orderNear.MatchString(text[:from]) || !moneyNear.MatchString(text[to:]) && !amountBefore(text[:from]) {
			t.numbers = include(t.numbers, models.OrderNumber(text[from:to]))
		}
		at = to
	}
	return t
}

// takePhone reads what looks like a phone number, and leaves what is none. An
// order's number right before a phone looks like the beginning of it.
func (t *typed) takePhone(found string) string {
	number, rest, parted := strings.Cut(found, " ")
	if parted && len(number) >= 3 && len(number) <= 6 && strings.Trim(number, "0123456789") == "" {
		if phone, is := phoneOf(rest, nationalPhone); is {
			t.phones = include(t.phones, phone)
			return number + " , "
		}
	}
	phone, is := phoneOf(found, leastPhone)
	if !is {
		return found
	}
	t.phones = include(t.phones, phone)
	return " , "
}

// phoneOf returns a phone number in its plain form, and whether it has at least
// so many digits.
func phoneOf(text string, least int) (phone string, is bool) {
	phone = models.NormalPhone(text)
	return phone, len(strings.TrimPrefix(phone, "+")) >= least
}

// amountBefore reports whether what was written makes the number that comes an
// amount.
func amountBefore(text string) bool {
	return amountNear.MatchString(text) || ofAmount.MatchString(text) && !ofOrder.MatchString(text)
}

// typed returns what this burst and the customer's earlier lines have.
func (t Turn) typed() (now, before typed) {
	for _, message := range t.Messages {
		now.add(typedIn(message))
	}
	for _, line := range t.History {
		if line.From == Customer {
			before.add(typedIn(line.Text))
		}
	}
	return now, before
}

// orderWish puts together what was typed now and before.
func orderWish(now, before typed) OrderWish {
	wish := OrderWish{Numbers: now.numbers, Emails: now.emails, Phones: now.phones}
	wish.Claims = append(now.claims(now), append(now.claims(before), before.claims(now)...)...)
	if len(wish.Numbers) == 0 && len(before.numbers) > 0 {
		wish.Numbers = before.numbers[len(before.numbers)-1:]
	}
	return wish
}

func (t *typed) add(other typed) {
	for _, list := range []struct{ to, from *[]string }{{&t.numbers, &other.numbers}, {&t.emails, &other.emails}, {&t.phones, &other.phones}} {
		for _, one := range *list.from {
			// The newest mention counts as the last.
			*list.to = append(slices.DeleteFunc(*list.to, func(had string) bool { return had == one }), one)
		}
	}
}

// claims pairs t's numbers with the contacts of another.
func (t typed) claims(contacts typed) []models.OrderClaim {
	var out []models.OrderClaim
	for _, number := range t.numbers {
		for _, email := range contacts.emails {
			out = append(out, models.OrderClaim{Number: number, Email: email})
		}
		for _, phone := range contacts.phones {
			out = append(out, models.OrderClaim{Number: number, Phone: phone})
		}
	}
	return out
}
