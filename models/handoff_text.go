package models

import (
	"strconv"
	"strings"
	"time"
)

// opensPlaceholder stands in an after-hours message for when the shop opens.
const opensPlaceholder = "{opens}"

// HandoffText returns what a customer is told where a person takes over at a
// moment of the account's clock: outside of business hours when the shop opens,
// else the plain message. It is the admin's own in the agent's language where
// there is one. Where no opening is in sight nothing is said of it.
func (s AgentSettings) HandoffText(at time.Time) string {
	if !s.BusinessHours.Open(at) {
		if opens, ok := s.BusinessHours.Next(at); ok {
			text := s.AfterHoursMessages[s.Language]
			if text == "" {
				text = defaultAfterHours[s.Language]
			}
			return strings.ReplaceAll(text, opensPlaceholder, opening(opens, at, s.Language))
		}
	}
	if text := s.HandoffMessages[s.Language]; text != "" {
		return text
	}
	return defaultHandoff[s.Language]
}

var defaultHandoff = map[Language]string{
	English:    "Thank you! I am passing this conversation to a colleague, who will reply here.",
	Spanish:    "¡Gracias! Paso esta conversación a un compañero, que responderá aquí.",
	Portuguese: "Obrigado! Vou passar esta conversa para um colega, que responderá por aqui.",
	Russian:    "Спасибо! Передаю разговор коллеге, ответ придёт сюда.",
}

var defaultAfterHours = map[Language]string{
	English:    "Thank you! Our team is away right now and will answer here from {opens}.",
	Spanish:    "¡Gracias! Nuestro equipo no está disponible ahora y responderá aquí desde {opens}.",
	Portuguese: "Obrigado! Nossa equipe não está disponível agora e responderá por aqui a partir de {opens}.",
	Russian:    "Спасибо! Сейчас наша команда не на связи и ответит здесь {opens}.",
}

// openingWords are how a language says a time of a day from which something is
// so. {time} is the time as the day's form wants it.
type openingWords struct {
	today, tomorrow, weekday, date, year string
	hour                                 string // Before most hours.
	oneHour                              string // Before one o'clock.
	weekdays                             [7]string
}

var openings = map[Language]openingWords{
	English: {
		today: "{time} today", tomorrow: "{time} tomorrow", weekday: "{weekday} at {time}", date: "{month} {day} at {time}", year: "{month} {day}, {year} at {time}",
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	},
	Spanish: {
		today: "hoy {time}", tomorrow: "mañana {time}", weekday: "el {weekday} {time}", date: "el {day} de {month} {time}", year: "el {day} de {month} de {year} {time}",
		hour: "a las ", oneHour: "a la ",
		weekdays: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
	},
	Portuguese: {
		today: "hoje {time}", tomorrow: "amanhã {time}", weekday: "{weekday} {time}", date: "{day} de {month} {time}", year: "{day} de {month} de {year} {time}",
		hour: "às ", oneHour: "à ",
		weekdays: [7]string{"domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"},
	},
	Russian: {
		today: "сегодня {time}", tomorrow: "завтра {time}", weekday: "{weekday} {time}", date: "{day} {month} {time}", year: "{day} {month} {year} года {time}",
		hour: "с ", oneHour: "с ",
		weekdays: [7]string{"в воскресенье", "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу"},
	},
}

// daysByName is up to how many days ahead a weekday's name tells the day.
const daysByName = 6

// opening says when a shop opens, as one would say it at a moment.
func opening(opens, at time.Time, l Language) string {
	words := openings[l]
	form := words.year
	switch days := int(dateOf(opens).Sub(dateOf(at)).Hours() / 24); {
	case days == 0:
		form = words.today
	case days == 1:
		form = words.tomorrow
	case days <= daysByName:
		form = words.weekday
	case opens.Year() == at.Year():
		form = words.date
	}
	before := words.hour
	if opens.Hour() == 1 {
		before = words.oneHour
	}
	return strings.NewReplacer(
		"{time}", before+strings.TrimPrefix(opens.Format("15:04"), "0"),
		"{weekday}", words.weekdays[opens.Weekday()], "{day}", strconv.Itoa(opens.Day()),
		"{month}", MonthName(opens.Month(), l), "{year}", strconv.Itoa(opens.Year()),
	).Replace(form)
}

// checkMessages returns CodeInvalid for a text in a language that the agent
// doesn't speak, or with a placeholder that nothing is put in the place of.
// Braces are for placeholders alone, so that none is sent half written.
func checkMessages(field string, texts map[Language]string, known string) error {
	for l, text := range texts {
		if !l.Valid() {
			return Errorf(CodeInvalid, "%s has the unknown language %q; use %v", field, l, Languages())
		}
		if known != "" {
			text = strings.ReplaceAll(text, known, "")
		}
		switch strayed := strings.ContainsAny(text, "{}"); {
		case strayed && known == "":
			return Errorf(CodeInvalid, "%s has braces in the text for %q; nothing is filled in there, so leave them out", field, l)
		case strayed:
			return Errorf(CodeInvalid, "%s has braces in the text for %q; only %s is filled in, so write that or leave them out", field, l, known)
		}
	}
	return nil
}
