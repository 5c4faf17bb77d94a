package findings

import (
	"regexp"
	"strings"

	"kedai/models"
)

var (
	date     = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])(?:\d{1,2}(?:st|nd|rd|th|º)?\s+(?:de\s+|of\s+)?` + months + `|` + months + `\s+\d{1,2}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\.\d{2}(?:[^\d%]|$))`)
	dayRange = regexp.MustCompile(`\d{1,2}(?:º)?\s*(?:to|al|a|по|до|-|–|—)\s*(?:o\s+)?\d{1,2}\s+(?:de\s+|of\s+)?` + months)
	monthDay = regexp.MustCompile(months + `\s+\d{1,2}\s*(?:to|-|–|—)\s*\d{1,2}`)
	ending   = words(`ends?(?:[^\p{L}]|$)`, `ending`, `until`, `till`, `through`, `expires?`, `valid to`, `last day`, `hasta`, `termina`, `finaliza`, `vence`, `fin(?:[^\p{L}]|$)`,
		`até`, `fim(?:[^\p{L}]|$)`, `encerra`, `válid[oa] até`, `до(?:[^\p{L}]|$)`, `по(?:[^\p{L}]|$)`, `окончани`, `заканчива`, `истека`)
	// It is over, has another end than a day, or has none and says so.
	settled = words(`ended`, `expired`, `no longer`, `is over`, `terminad`, `terminó`, `vencid`, `venció`, `encerrad`, `expirou`, `завершен`, `закончил`, `истёк`, `истек`,
		`while (?:stocks?|supplies) lasts?`, `hasta agotar`, `enquanto dura`, `пока есть в наличии`, `this (?:week|weekend|month)`, `today`, `este (?:fin de semana|mes)`, `esta semana`, `neste (?:fim de semana|mês)`, `hoje`, `hoy`, `сегодня`,
		`permanent`, `ongoing`, `all year`, `always`, `no (?:end date|expiry)`, `todo el año`, `siempre`, `sin fecha`, `o ano todo`, `sempre`, `sem data`, `постоянн`, `бессрочн`, `круглый год`)
	// What every new customer gets isn't a promotion that has to end.
	standing = words(`first (?:order|purchase)`, `welcome`, `newsletter`, `subscrib`, `birthday`, `loyalty`, `referral`, `bulk`, `wholesale`, `primer[ao]? (?:compra|pedido)`, `bienvenida`, `boletín`, `suscr[ií]b`, `cumpleaños`,
		`primeir[ao] (?:compra|pedido)`, `boas-vindas`, `assin`, `aniversário`, `перв(?:ый|ого|ую) (?:заказ|покуп)`, `новых покупател`, `рассылк`, `подпи[шс]`, `дн(?:я|ём|ю) рождени`, `день рождени`)
	bargain = regexp.MustCompile(`\d{1,2}\s?%|(?:^|[^\p{L}\p{N}])\d\s?x\s?\d(?:[^\p{L}\p{N}]|$)|\d for \d|buy one`)
)

// endless finds promotions that run and don't say until when: the agent would
// promise them for ever.
func endless(title string, sections []section) []models.Finding {
	wholly := promotionWords.MatchString(strings.ToLower(title))
	var out []models.Finding
	for _, s := range sections {
		lower := strings.ToLower(s.text)
		if !wholly && !promotionWords.MatchString(s.above) || !bargain.MatchString(lower) {
			continue
		}
		all := s.heading + "\n" + lower
		if standing.MatchString(all) || settled.MatchString(all) || ends(all) {
			continue
		}
		out = append(out, models.Finding{Kind: models.FindingPromotionWithoutEnd, Statements: []models.Statement{{Place: s.place, Quote: clip(s.text)}}})
	}
	return out
}

// ends reports whether a text says when something ends: two dates, a range of
// days, or a date with a word of ending.
func ends(text string) bool {
	dates := len(date.FindAllString(text, -1))
	return dates >= 2 || dayRange.MatchString(text) || monthDay.MatchString(text) || dates == 1 && ending.MatchString(text)
}
