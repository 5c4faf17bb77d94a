package answer

import (
	"regexp"

	"kedai/models"
)

// alterWords is what the program that makes bad replies knows of a language.
type alterWords struct {
	numbers     map[string]string // A number in words to another one.
	value       map[string]string // And to its digits.
	units       map[string]string // To others, separated by bars.
	currencies  map[string]string
	names       []string // That nothing is called.
	notNames    []string
	negative    *regexp.Regexp
	conditional *regexp.Regexp
	unlike      *regexp.Regexp // Stands before what cannot be negated.
	negations   []negationRule
}

type negationRule struct {
	from *regexp.Regexp
	to   string
	only bool // Only in a sentence without a negation.
}

func rule(from, to string) negationRule { return negationRule{regexp.MustCompile(from), to, false} }
func insert(from, to string) negationRule {
	return negationRule{regexp.MustCompile(from), to, true}
}

var alterations = map[models.Language]alterWords{
	models.English: {
		numbers: map[string]string{"two": "three", "three": "five", "four": "six", "five": "four", "six": "eight", "seven": "nine", "eight": "six", "ten": "twelve"},
		value:   map[string]string{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "ten": "10", "twelve": "12"},
		units: map[string]string{
			"business days": "weeks|days|hours", "days": "weeks|hours|business days", "weeks": "months|days", "months": "weeks|years", "hours": "minutes|days", "minutes": "hours|seconds",
			"year": "month", "years": "months", "minute": "hour", "kg": "g|lb", "g": "kg|oz", "cm": "mm|in", "mm": "cm|m", "in": "ft|cm", "inches": "feet", "ft": "in|m", "lb": "kg|oz", "ml": "l|oz",
			"°C": "°F", "pieces": "kg", "pages": "chapters", "Hz": "kHz", "business day": "week|hour", "am": "pm",
		},
		currencies:  map[string]string{"$": "€|£|CA$", "£": "$|€"},
		names:       []string{"Tessen", "Quillon", "Varrick", "Bexley", "Halden", "Morven"},
		notNames:    []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "march", "october", "november", "december", "christmas", "thanksgiving", "pacific", "note"},
		negative:    regexp.MustCompile(`n't|\bno\b|\bnot\b|\bnone\b|neither|cannot|never`),
		conditional: regexp.MustCompile(`\bif\b|as long as|would|please|let me|sorry to`),
		unlike:      regexp.MustCompile(`(only|even|easiest way)\s*$`),
		negations: []negationRule{
			insert(` is `, " is not "), insert(` are `, " are not "), insert(`([Ii])t's `, "${1}t isn't "), insert(` can `, " can't "), insert(` costs `, " doesn't cost "),
			insert(` comes in `, " doesn't come in "), insert(` weighs `, " doesn't weigh "), insert(` lasts `, " doesn't last "), insert(` has `, " doesn't have "), insert(` takes `, " doesn't take "),
			insert(`We accept `, "We don't accept "), insert(` contains `, " doesn't contain "), insert(` fits `, " doesn't fit "), insert(` was `, " was not "), insert(` does `, " doesn't "),
			rule(`isn't `, "is "), rule(`aren't `, "are "), rule(`(don't|do not) (accept|offer|have|ship|gift|deliver|see|go)`, "do $2"), rule(` can't `, " can "), rule(`hasn't `, "has "), rule(` is not `, " is "), rule(` are not `, " are "), rule(`shouldn't `, "should "), rule(` no longer `, " still "),
		},
	},
	models.Spanish: {
		numbers: map[string]string{"dos": "tres", "tres": "cinco", "cuatro": "seis", "cinco": "cuatro", "seis": "ocho", "siete": "nueve", "ocho": "seis", "doce": "diez"},
		value:   map[string]string{"dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "diez": "10", "doce": "12"},
		units: map[string]string{
			"días hábiles": "semanas|días|horas", "días naturales": "semanas|días hábiles", "días": "semanas|horas", "semanas": "meses|días", "meses": "semanas|años", "horas": "minutos|días", "minutos": "horas|segundos",
			"años": "meses", "año": "mes", "kg": "g|lb", "g": "kg|oz", "cm": "mm|m", "mm": "cm|m", "ml": "l|g", "litros": "ml|galones", "páginas": "capítulos", "caracteres": "palabras", "noches": "semanas", "día hábil": "mes|semana",
		},
		currencies:  map[string]string{"$": "€|US$", " pesos": " dólares|€"},
		names:       []string{"Tessen", "Quilmora", "Varrico", "Belisa", "Aldana", "Morvena"},
		notNames:    []string{"enero", "noviembre", "diciembre", "lunes", "martes", "viernes", "instrucción"},
		negative:    regexp.MustCompile(`(^|[^\p{L}])(no|ni|sin|tampoco|ningun[oa]?|ninguno|nunca)($|[^\p{L}])`),
		conditional: regexp.MustCompile(`(^|[^\p{L}])(si|como|solo|lamento|por favor)($|[^\p{L}])`),
		unlike:      regexp.MustCompile(`(solo|sólo|sí|fácil|que)\s*$`),
		negations: []negationRule{
			insert(`((?:se|lo|la|los|las|te|le) )?(es|está|están|tiene|cuesta|cuestan|incluye|incluyen|dura|pesa|puedes|puede|aceptamos|trae|contiene|viene|abre|aplica|va|tarda|llega|mide|resiste|lleva|tenemos|molemos|quedan)`, "no $1$2"),
			rule(`no ((?:se|lo|la|los|las|te|le|nos) )?(es|está|están|tiene|tienen|cuesta|incluye|puede|pueden|aceptamos|enviamos|envolvemos|contiene|viene|aplica|lleva|deja|combina|hay|quedan?|tenemos|lava)`, "$1$2"),
			rule(`sin costo`, "con costo"), rule(`ya no `, "todavía "), rule(`sin fragancia`, "con fragancia"),
		},
	},
	models.Portuguese: {
		numbers: map[string]string{"dois": "três", "duas": "três", "três": "cinco", "quatro": "seis", "cinco": "quatro", "seis": "oito", "sete": "nove", "oito": "seis", "dez": "doze"},
		value:   map[string]string{"dois": "2", "duas": "2", "três": "3", "quatro": "4", "cinco": "5", "seis": "6", "sete": "7", "oito": "8", "dez": "10", "doze": "12"},
		units: map[string]string{
			"dias úteis": "semanas|dias|horas", "dias corridos": "dias úteis|semanas", "dias": "semanas|horas", "semanas": "meses|dias", "meses": "semanas|anos", "horas": "minutos|dias", "minutos": "horas|segundos",
			"anos": "meses", "ano": "mês", "kg": "g|lb", "g": "kg|oz", "cm": "mm|m", "mm": "cm|m", "ml": "l|g", "m": "cm|km", "páginas": "capítulos", "W": "V|kW", "V": "W|A", "L": "ml", "unidades": "caixas",
		},
		currencies:  map[string]string{"R$": "US$|€", " reais": " dólares|euros"},
		names:       []string{"Tessen", "Quilmora", "Varrico", "Belisa", "Aldana", "Morvena"},
		notNames:    []string{"janeiro", "novembro", "dezembro", "segunda", "sexta", "domingos", "cupom"},
		negative:    regexp.MustCompile(`(^|[^\p{L}])(não|nem|sem|nenhum[a]?|nunca)($|[^\p{L}])`),
		conditional: regexp.MustCompile(`(^|[^\p{L}])(se|como|só|lamento|por favor)($|[^\p{L}])`),
		unlike:      regexp.MustCompile(`(só|sim,?|fácil|que)\s*$`),
		negations: []negationRule{
			insert(`((?:se|o|a|os|as|te|lhe) )?(é|está|estão|tem|custa|custam|inclui|dura|pesa|pode|podem|aceitamos|vem|abre|vale|vai|leva|chega|mede|temos|abrimos|foi|serve|usa|funciona|precisa)`, "${1}não $2"),
			rule(`não ((?:se|o|a|os|as|te|lhe) )?(é|está|estão|tem|são|pode|podem|aceitamos|vem|vêm|vale|há|foi|temos|funciona|encontrei|consta)`, "$1$2"),
			rule(`sem cafeína`, "com cafeína"), rule(`sem juros`, "com juros"), rule(`sem custo`, "com custo"),
		},
	},
	models.Russian: {
		numbers: map[string]string{"два": "три", "две": "три", "три": "четыре", "четыре": "три", "пять": "шесть", "шесть": "семь", "семь": "восемь", "пяти": "шести", "шести": "семи", "трёх": "пяти", "четырнадцати": "двенадцати"},
		value:   map[string]string{"два": "2", "две": "2", "три": "3", "четыре": "4", "пять": "5", "шесть": "6", "семь": "7", "восемь": "8", "пяти": "5", "шести": "6", "семи": "7", "трёх": "3", "четырнадцати": "14", "двенадцати": "12"},
		units: map[string]string{
			"рабочих дней": "недель|дней|часов", "рабочих дня": "недели|месяца", "дней": "недель|часов", "дня": "недели|месяца", "недель": "месяцев|дней", "недели": "месяца|дня", "часов": "минут|дней", "минут": "часов|секунд",
			"года": "месяца", "год": "месяц", "кг": "г|мл", "г": "кг|мл", "см": "мм|м", "мм": "см|м", "мл": "л|г", "л": "мл", "ГБ": "МБ|ТБ", "дюйма": "метра", "деталей": "коробок", "платежей": "рублей", "люмен": "ватт", "штуки": "коробки", "штук": "коробок", "лет": "месяцев",
		},
		currencies:  map[string]string{"₽": "€|$", " руб.": " евро|$"},
		names:       []string{"Тессен", "Квилон", "Варрик", "Бексли", "Хальден", "Морвен"},
		notNames:    []string{"ноября", "декабря", "инструкция"},
		negative:    regexp.MustCompile(`(^|[^\p{L}])(не|нет|ни|без|нельзя)($|[^\p{L}])`),
		conditional: regexp.MustCompile(`(^|[^\p{L}])(если|подскажите|пожалуйста)($|[^\p{L}])`),
		unlike:      regexp.MustCompile(`(только|даже)\s*$`),
		negations: []negationRule{
			insert(`(стоит|стоят|работает|работаем|действует|принимаем|входит|доставлен|отправлен|нужно|подходит|рассчитан|занимает|занимает|хранится|оплачен|ожидается|весит|даёт|подойдёт|отправили|вернули|отменён|открыты|доставим|готов|светит)`, "не $1"),
			rule(`не (стоит|работает|действует|принимаем|входят|входит|отправлен|отправлялся|спишутся|складывается|подойдёт|горчит)`, "$1"),
			rule(`нельзя`, "можно"), insert(`можно`, "нельзя"), rule(`есть в наличии`, "нет в наличии"), insert(`закончил(ся|ись|ась)`, "не закончил$1"), rule(`без процентов`, "с процентами"), rule(`мёда нет`, "мёд есть"),
		},
	},
}
