package findings

import (
	"regexp"
	"strings"

	"kedai/models"
)

// words matches one of several beginnings of words. \b knows Latin letters
// only.
func words(beginnings ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^\p{L}])(?:` + strings.Join(beginnings, "|") + `)`)
}

var endOfSentence = regexp.MustCompile(`[.!?]\s+[\p{Lu}\p{N}¿¡«"]`)

// months are beginnings of their names in the four languages.
const months = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|mai|set|out|dez|янв|фев|март|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек)\p{L}*`

// topicWords are in titles, headings and file names.
var topicWords = map[models.Topic]*regexp.Regexp{
	models.TopicProducts:   words(`products?(?:[^\p{L}]|$)`, `catalog`, `productos?(?:[^\p{L}]|$)`, `catálogo`, `produtos?(?:[^\p{L}]|$)`, `каталог`, `ассортимент`),
	models.TopicShipping:   words(`shipping`, `delivery`, `env[ií]os?(?:[^\p{L}]|$)`, `entregas?(?:[^\p{L}]|$)`, `frete`, `доставк`),
	models.TopicReturns:    words(`returns?(?:[^\p{L}]|$)`, `devoluci`, `devoluç`, `возврат(?:$| и|[^\p{L} ]| товар| обув| вещ| покуп)`, `обмен`, `exchanges?(?:[^\p{L}]|$)`),
	models.TopicRefunds:    words(`refund`, `reembols`, `estorno`, `возврат (?:денег|средств|оплаты)`),
	models.TopicPayment:    words(`payment`, `pagos?(?:[^\p{L}]|$)`, `pagament`, `оплат`),
	models.TopicFAQ:        words(`faq`, `frequently asked`, `preguntas frecuentes`, `perguntas frequentes`, `част(?:ые|о задаваемые) вопрос`, `вопросы и ответы`),
	models.TopicPromotions: promotionWords,
	models.TopicAbout:      words(`about`, `who we are`, `contact`, `qui[eé]nes somos`, `sobre nosotros`, `quem somos`, `sobre n[oó]s`, `contato`, `о нас`, `о магазине`, `о компании`, `кто мы`, `контакт`),
}

var promotionWords = words(`promo`, `discount codes?`, `special offer`, `offers(?:[^\p{L}]|$)`, `sales?(?:[^\p{L}]|$)`,
	`ofertas?(?:[^\p{L}]|$)`, `rebajas`, `cup[oó]n`, `cupo[mn]`, `liquidaci[oó]n`, `акци[яию](?:[^\p{L}]|$)`, `промокод`, `распродаж`, `скидк`)

// topics returns what a source tells about, by its title, its headings and the
// name of its file.
func topics(name, title string, sections []section) []models.Topic {
	heads := []string{strings.ToLower(title), strings.ToLower(strings.NewReplacer("-", " ", "_", " ", ".", " ", "/", " ").Replace(name))}
	for _, s := range sections {
		heads = append(heads, s.above)
	}
	text := strings.Join(heads, "\n")
	out := []models.Topic{}
	for _, topic := range models.Topics() {
		if topicWords[topic].MatchString(text) {
			out = append(out, topic)
		}
	}
	return out
}
