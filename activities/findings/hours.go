package findings

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"kedai/models"
)

var (
	weekdays = []*regexp.Regexp{
		words(`monday`, `mon\.?(?:[^\p{L}]|$)`, `lunes`, `segunda`, `понедельник`, `пн(?:[^\p{L}]|$)`),
		words(`tuesday`, `tue`, `martes`, `terça`, `вторник`, `вт(?:[^\p{L}]|$)`),
		words(`wednesday`, `wed`, `miércoles`, `quarta`, `сред[аыу]`, `ср(?:[^\p{L}]|$)`),
		words(`thursday`, `thu`, `jueves`, `quinta`, `четверг`, `чт(?:[^\p{L}]|$)`),
		words(`friday`, `fri`, `viernes`, `sexta`, `пятниц`, `пт(?:[^\p{L}]|$)`),
		words(`saturday`, `sat\.?(?:[^\p{L}]|$)`, `sábado`, `суббот`, `сб(?:[^\p{L}]|$)`),
		words(`sunday`, `sun\.?(?:[^\p{L}]|$)`, `domingo`, `воскресень`, `вс(?:[^\p{L}]|$)`),
	}
	everyDay  = words(`every day`, `daily`, `todos los días`, `a diario`, `todos os dias`, `diariamente`, `каждый день`, `ежедневно`)
	timeRange = regexp.MustCompile(clock + `\s*(?:to|until|till|-|–|—|a|às|as|até|до|hasta)\s*(?:las )?` + clock + `(?:$|[^\p{L}\p{N}:%])`)

	ofSupport = words(`support`, `service`, `phone`, `call`, `atención`, `soporte`, `teléfono`, `atendimento`, `suporte`, `telefone`, `поддержк`, `телефон`)
	ofPlace   = words(`store`, `showroom`, `shop`, `boutique`, `tienda`, `sucursal`, `loja`, `магазин`, `шоурум`)
)

const clock = `(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|h)?`

// hours reads when something is open on which days. A sentence that speaks of
// several is cut at its commas.
func (s section) hours(sentence string) []models.Fact {
	lower := strings.ToLower(sentence)
	parts := []string{lower}
	if len(timeRange.FindAllString(lower, -1)) > 1 {
		parts = strings.FieldsFunc(lower, func(r rune) bool { return r == ',' || r == ';' })
	}
	var out []models.Fact
	for _, part := range parts {
		days, open := daysOf(part), timeRange.FindAllStringSubmatch(part, -1)
		if days == "" || len(open) != 1 {
			continue
		}
		if value, ok := openHours(open[0]); ok {
			out = append(out, s.fact(subjectHours+s.opens(lower)+"."+days, value, sentence))
		}
	}
	return out
}

// opens tells what is open: support, a place, or something that isn't named.
func (s section) opens(lower string) string {
	switch {
	case ofSupport.MatchString(s.heading):
		return "support"
	case ofPlace.MatchString(s.heading):
		return "place"
	case ofSupport.MatchString(lower):
		return "support"
	case ofPlace.MatchString(lower):
		return "place"
	}
	return "open"
}

// daysOf returns the days that a text names, the first and the last of a
// range, or nothing where there are none or many.
func daysOf(text string) string {
	if everyDay.MatchString(text) {
		return "1-7"
	}
	type named struct{ day, at int }
	var found []named
	for i, pattern := range weekdays {
		if loc := pattern.FindStringIndex(text); loc != nil {
			found = append(found, named{i + 1, loc[0]})
		}
	}
	switch len(found) {
	case 1:
		return strconv.Itoa(found[0].day)
	case 2:
		if found[0].at > found[1].at {
			found[0], found[1] = found[1], found[0]
		}
		return fmt.Sprintf("%d-%d", found[0].day, found[1].day)
	}
	return ""
}

// openHours normalises a range of times. One without a mark of a time, such as
// 4 to 6, isn't taken for one.
func openHours(m []string) (string, bool) {
	if m[2] == "" && m[3] == "" && m[5] == "" && m[6] == "" {
		return "", false
	}
	from, until := minutes(m[1], m[2], m[3]), minutes(m[4], m[5], m[6])
	if from > 24*60 || until > 24*60 {
		return "", false
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, until/60, until%60), true
}

func minutes(hour, minute, half string) int {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	switch {
	case strings.HasPrefix(half, "p") && h < 12:
		h += 12
	case strings.HasPrefix(half, "a") && h == 12:
		h = 0
	}
	return h*60 + m
}
