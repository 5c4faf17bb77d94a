package models_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

var plainHandoff = map[models.Language]string{
	models.English:    "Thank you! I am passing this conversation to a colleague, who will reply here.",
	models.Spanish:    "¡Gracias! Paso esta conversación a un compañero, que responderá aquí.",
	models.Portuguese: "Obrigado! Vou passar esta conversa para um colega, que responderá por aqui.",
	models.Russian:    "Спасибо! Передаю разговор коллеге, ответ придёт сюда.",
}

var afterHours = map[models.Language]string{
	models.English:    "Thank you! Our team is away right now and will answer here from {opens}.",
	models.Spanish:    "¡Gracias! Nuestro equipo no está disponible ahora y responderá aquí desde {opens}.",
	models.Portuguese: "Obrigado! Nossa equipe não está disponível agora e responderá por aqui a partir de {opens}.",
	models.Russian:    "Спасибо! Сейчас наша команда не на связи и ответит здесь {opens}.",
}

// opensOnly are hours of the dates alone.
func opensOnly(open []models.Interval, dates ...string) *models.BusinessHours {
	out := models.BusinessHours{SpecialDays: map[string][]models.Interval{}}
	for _, date := range dates {
		out.SpecialDays[date] = open
	}
	return &out
}

func TestHandoffTextOutsideOfHours(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		hours          *models.BusinessHours
		at             string
		en, es, pt, ru string // When it opens.
	}{
		{"today", office(), "2026-06-10 13:30", "14:00 today", "hoy a las 14:00", "hoje às 14:00", "сегодня с 14:00"},
		{"tomorrow", office(), "2026-06-10 18:00", "9:00 tomorrow", "mañana a las 9:00", "amanhã às 9:00", "завтра с 9:00"},
		{"tomorrow, after midnight is today", office(), "2026-06-11 00:00", "9:00 today", "hoy a las 9:00", "hoje às 9:00", "сегодня с 9:00"},
		{"Monday", office(), "2026-06-13 12:00", "Monday at 9:00", "el lunes a las 9:00", "segunda-feira às 9:00", "в понедельник с 9:00"},
		{"at one o'clock", opensOnly(from("01:05", "02:00"), "2026-06-16"), "2026-06-13 12:00", "Tuesday at 1:05", "el martes a la 1:05", "terça-feira à 1:05", "во вторник с 1:05"},
		{"at midnight", opensOnly(from("00:00", "02:00"), "2026-06-17"), "2026-06-13 12:00", "Wednesday at 0:00", "el miércoles a las 0:00", "quarta-feira às 0:00", "в среду с 0:00"},
		{"six days ahead", opensOnly(from("08:00", "10:00"), "2026-06-19"), "2026-06-13 12:00", "Friday at 8:00", "el viernes a las 8:00", "sexta-feira às 8:00", "в пятницу с 8:00"},
		{"seven days ahead", opensOnly(from("08:00", "10:00"), "2026-06-20"), "2026-06-13 12:00", "June 20 at 8:00", "el 20 de junio a las 8:00", "20 de junho às 8:00", "20 июня с 8:00"},
		{"next year", opensOnly(from("09:00", "10:00"), "2027-01-07"), "2026-12-24 12:00", "January 7, 2027 at 9:00", "el 7 de enero de 2027 a las 9:00", "7 de janeiro de 2027 às 9:00", "7 января 2027 года с 9:00"},
		{"next year, but tomorrow", opensOnly(from("09:00", "10:00"), "2027-01-01"), "2026-12-31 12:00", "9:00 tomorrow", "mañana a las 9:00", "amanhã às 9:00", "завтра с 9:00"},
		{"on the day of summer time", opensOnly(from("02:30", "10:00"), "2026-03-29"), "2026-03-28 23:00", "3:00 tomorrow", "mañana a las 3:00", "amanhã às 3:00", "завтра с 3:00"},
	}
	for _, test := range tests {
		opens := map[models.Language]string{models.English: test.en, models.Spanish: test.es, models.Portuguese: test.pt, models.Russian: test.ru}
		for _, l := range models.Languages() {
			t.Run(test.name+" in "+string(l), func(t *testing.T) {
				t.Parallel()
				settings := models.AgentSettings{Language: l, BusinessHours: test.hours, HandoffMessages: map[models.Language]string{l: "A moment."}}
				now := at(t, "Europe/Madrid", test.at)
				require.Equal(t, strings.ReplaceAll(afterHours[l], "{opens}", opens[l]), settings.HandoffText(now))
				settings.AfterHoursMessages = map[models.Language]string{l: "{opens}, {opens}!"}
				require.Equal(t, opens[l]+", "+opens[l]+"!", settings.HandoffText(now))
				settings.AfterHoursMessages = map[models.Language]string{l: "Later."}
				require.Equal(t, "Later.", settings.HandoffText(now))
			})
		}
	}
}

func TestHandoffTextWithoutAnOpening(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		hours *models.BusinessHours
		at    string
	}{
		{"no hours are set", nil, "2026-06-10 03:00"},
		{"no day has hours", daily(nil), "2026-06-10 03:00"},
		{"it is open", office(), "2026-06-10 10:00"},
		{"it never opens", opensOnly(nil, "2026-06-10"), "2026-06-10 03:00"},
		{"it never opens again", opensOnly(from("01:00", "02:00"), "2026-06-10"), "2026-06-10 03:00"},
		{"it is always open", daily(from("00:00", "24:00")), "2026-06-10 03:00"},
	}
	for _, test := range tests {
		for _, l := range models.Languages() {
			t.Run(test.name+" in "+string(l), func(t *testing.T) {
				t.Parallel()
				settings := models.AgentSettings{Language: l, BusinessHours: test.hours, AfterHoursMessages: map[models.Language]string{l: "We open {opens}."}}
				now := at(t, "Europe/Madrid", test.at)
				require.Equal(t, plainHandoff[l], settings.HandoffText(now))
				settings.HandoffMessages = map[models.Language]string{l: "A moment."}
				require.Equal(t, "A moment.", settings.HandoffText(now))
			})
		}
	}
}

func TestMessagesThatCannotBe(t *testing.T) {
	t.Parallel()
	valid := models.AgentSettings{Language: models.English, AutoCloseMS: 1000, TypingLeaseMS: 1000, UnknownSendMS: 1000}
	require.NoError(t, valid.Validate())
	for _, text := range []string{"We open {opens}.", "{opens}{opens}", "Later.", "Pasado el horario, {opens}"} {
		s := valid
		s.AfterHoursMessages = map[models.Language]string{models.Spanish: text}
		require.NoError(t, s.Validate(), text)
	}
	for _, text := range []string{"{name}", "{Opens}", "{ opens }", "{opens", "opens}", "{{opens}}", "{}", "{opens} {name}", "{op{opens}ens}"} {
		s := valid
		s.AfterHoursMessages = map[models.Language]string{models.Spanish: text}
		err := s.Validate()
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), text)
		require.ErrorContains(t, err, "only {opens} is filled in")
		s = valid
		s.HandoffMessages = map[models.Language]string{models.Spanish: text}
		err = s.Validate()
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), text)
		require.ErrorContains(t, err, "handoff_messages has braces")
	}
	s := valid
	s.AfterHoursMessages = map[models.Language]string{"xx": "Later."}
	require.ErrorContains(t, s.Validate(), `after_hours_messages has the unknown language "xx"`)
	s = valid
	s.BusinessHours = &models.BusinessHours{Week: models.Week{Monday: from("9", "10")}}
	require.ErrorContains(t, s.Validate(), "business_hours.week.monday")
}
