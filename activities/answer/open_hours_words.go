package answer

import (
	"slices"
	"strings"
	"sync"
	"time"

	"kedai/models"
)

// hoursWords are how a language says when a shop is open. {clock} is a time of
// the day, {time} one after a day, {hour} one after "until".
type hoursWords struct {
	open, always, closed, closedUntil, opens string
	untilToday, untilTomorrow, untilDate     string
	dayOpen, dayClosed                       string // Of {day} and {hours}.

	today, tomorrow string
	on              string // Of a {date}.
	at              [7]string
	atHour, atOne   string // Before a time of the day, and before one o'clock.

	hours            string // Of the week: a {list}.
	names            [7]string
	run, pair, every string // Of days beside each other.
	and, allDay      string // Of the hours of one day.
}

// weekdayOrder is that of a week in all of the languages.
var weekdayOrder = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

var hoursWordsOf = map[models.Language]hoursWords{
	models.English: {
		open: "We are open now, {until}.", always: "We are open now, around the clock.", closed: "We are closed now.",
		closedUntil: "We are closed now; we open {opens}.", opens: "We open {opens}.",
		untilToday: "until {clock} today", untilTomorrow: "until {clock} tomorrow", untilDate: "until {clock} on {date}",
		dayOpen: "{day} we are open {hours}.", dayClosed: "{day} we are closed.",
		today: "today", tomorrow: "tomorrow", on: "on {date}", atHour: "at ", atOne: "at ",
		at:    [7]string{"on Sunday", "on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday"},
		hours: "Our hours: {list}.", run: "{from} to {to}", pair: "{from} and {to}", every: "every day", and: " and ", allDay: "all day",
		names: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	},
	models.Spanish: {
		open: "Ahora estamos abiertos, {until}.", always: "Ahora estamos abiertos, todo el día y todos los días.", closed: "Ahora estamos cerrados.",
		closedUntil: "Ahora estamos cerrados; abrimos {opens}.", opens: "Abrimos {opens}.",
		untilToday: "hoy hasta {hour}", untilTomorrow: "hasta mañana {time}", untilDate: "hasta el {date} {time}",
		dayOpen: "{day} abrimos {hours}.", dayClosed: "{day} estamos cerrados.",
		today: "hoy", tomorrow: "mañana", on: "el {date}", atHour: "a las ", atOne: "a la ",
		at:    [7]string{"el domingo", "el lunes", "el martes", "el miércoles", "el jueves", "el viernes", "el sábado"},
		hours: "Nuestro horario: {list}.", run: "{from} a {to}", pair: "{from} y {to}", every: "todos los días", and: " y ", allDay: "todo el día",
		names: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
	},
	models.Portuguese: {
		open: "Estamos abertos agora, {until}.", always: "Estamos abertos agora, o dia todo e todos os dias.", closed: "Agora estamos fechados.",
		closedUntil: "Agora estamos fechados; abrimos {opens}.", opens: "Abrimos {opens}.",
		untilToday: "hoje até {time}", untilTomorrow: "até amanhã {time}", untilDate: "até {date} {time}",
		dayOpen: "{day} abrimos {hours}.", dayClosed: "{day} estamos fechados.",
		today: "hoje", tomorrow: "amanhã", on: "em {date}", atHour: "às ", atOne: "à ",
		at:    [7]string{"no domingo", "na segunda-feira", "na terça-feira", "na quarta-feira", "na quinta-feira", "na sexta-feira", "no sábado"},
		hours: "Nosso horário: {list}.", run: "{from} a {to}", pair: "{from} e {to}", every: "todos os dias", and: " e ", allDay: "o dia todo",
		names: [7]string{"domingo", "segunda", "terça", "quarta", "quinta", "sexta", "sábado"},
	},
	models.Russian: {
		open: "Сейчас мы работаем, {until}.", always: "Сейчас мы работаем, круглосуточно.", closed: "Сейчас мы не работаем.",
		closedUntil: "Сейчас мы не работаем; откроемся {opens}.", opens: "Откроемся {opens}.",
		untilToday: "сегодня до {clock}", untilTomorrow: "до {clock} завтрашнего дня", untilDate: "до {clock} {date}",
		dayOpen: "{day} мы работаем {hours}.", dayClosed: "{day} мы не работаем.",
		today: "сегодня", tomorrow: "завтра", on: "{date}", atHour: "в ", atOne: "в ",
		at:    [7]string{"в воскресенье", "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу"},
		hours: "Часы работы: {list}.", run: "{from}–{to}", pair: "{from} и {to}", every: "ежедневно", and: " и ", allDay: "круглосуточно",
		names: [7]string{"вс", "пн", "вт", "ср", "чт", "пт", "сб"},
	},
}

// The days that a question may name, beside weekdays by their English names.
const (
	dayToday         = "today"
	dayTomorrow      = "tomorrow"
	dayAfterTomorrow = "after_tomorrow"
	dayWeekend       = "weekend"
)

// dayWords are the words for days in all languages: a customer's may be another
// than the reply's.
var dayWords = []struct{ day, phrases string }{
	{dayAfterTomorrow, "after tomorrow, pasado mañana, depois de amanhã, послезавтра"},
	{dayToday, "today|tonight, hoy, hoje, сегодня"},
	{dayTomorrow, "tomorrow|tmrw|tmr, mañana, amanhã|amanha, завтра"},
	{dayWeekend, "weekend|weekends, fin|fines de semana, finde, fim|fins de semana, выходные|выходным|выходных"},
	{"monday", "monday|mondays|mon, lunes, segunda, понедельник*|пн"},
	{"tuesday", "tuesday|tuesdays|tue|tues, martes, terça, вторник*|вт"},
	{"wednesday", "wednesday|wednesdays|wed, miércoles, quarta, среда|среду|среды|средам|ср"},
	{"thursday", "thursday|thursdays|thu|thurs, jueves, quinta, четверг*|чт"},
	{"friday", "friday|fridays|fri, viernes, sexta, пятниц*|пт"},
	{"saturday", "saturday|saturdays|sat, sábado|sábados, суббот*|сб"},
	{"sunday", "sunday|sundays|sun, domingo|domingos, воскресень*|вс"},
}

type dayPatterns struct {
	day      string
	patterns []pattern
}

var askedDays = sync.OnceValue(func() []dayPatterns {
	out := make([]dayPatterns, len(dayWords))
	for i, d := range dayWords {
		out[i] = dayPatterns{d.day, compilePatterns(strings.Split(d.phrases, ", "))}
	}
	return out
})

// daysOf returns the days that a clause names. What is said for the day after
// tomorrow has the word for tomorrow in it, and what Spanish says for a morning
// is that word.
func daysOf(words []word) []string {
	var found []string
	for _, d := range askedDays() {
		for _, p := range d.patterns {
			from, _, ok := p.match(words)
			if !ok || d.day == dayTomorrow && (slices.Contains(found, dayAfterTomorrow) || isMorning(words[:from])) {
				continue
			}
			found = include(found, d.day)
		}
	}
	return found
}

// isMorning reports whether the words before Spanish mañana make it a morning.
func isMorning(before []word) bool { return len(before) > 0 && before[len(before)-1].text == "la" }

// clockAsks ask for a time of the day with the word for how many.
var clockAsks = sync.OnceValue(func() []pattern {
	return compilePatterns([]string{"во сколько", "до|с|со скольки"})
})

func asksClock(words []word) bool { return matchAny(clockAsks(), words, nil) }

// names reports whether a day that was asked for is the one that lies so many
// days ahead.
func names(asked string, ahead int, d models.OpenDay) bool {
	switch asked {
	case dayToday:
		return ahead == 0
	case dayTomorrow:
		return ahead == 1
	case dayAfterTomorrow:
		return ahead == 2
	case dayWeekend:
		weekday := dayOf(d).Weekday()
		return weekday == time.Saturday || weekday == time.Sunday
	}
	return strings.EqualFold(dayOf(d).Weekday().String(), asked)
}

// ownHours are words that a question about a shop's own hours is made of.
var ownHours = sync.OnceValue(func() []pattern {
	return compilePatterns(strings.Fields(`now|currently|moment|morning|afternoon|evening|night|late|early|day|days|week|weekday|weekdays|weekend|weekends|time|times|hour|hours
		opening|open|opened|opens|close|closed|closes|closing|working|work|works|business|office|shop|store|team|support|service|customer|online|chat|usually|normally|usual|normal|regular|schedule|until|till|feira
		ahora|momento|mañana|tarde|tardes|noche|día|días|semana|fin|finde|fines|hora|horas|horario|horarios|atención|atienden|atender|abren|abre|abrir|cierran|cierra|cerrar|abierto|abierta|abiertos|abiertas|cerrado|cerrados|trabajan|tienda|oficina|equipo|servicio|cliente|clientes|normalmente|habitual
		agora|manhã|noite|dia|dias|fim|fins|horário|horários|atendimento|atendem|atender|abrem|abrir|fecham|fecha|fechar|aberto|aberta|abertos|abertas|fechado|fechados|trabalham|funcionam|funcionamento|loja|escritório|equipe|suporte|normalmente|funciona
		сейчас|утром|днём|вечером|ночью|день|дни|дня|неделе|недели|недель|час|часы|часов|время|времени|график|режим|расписание|работы|работа|работаете|работает|работать|открыты|открыто|открываетесь|откроетесь|закрыты|закрываетесь|закроетесь|магазин|магазина|магазине|офис|офиса|поддержка|поддержки|клиентам|обычно|рабочие|выходной`))
})
