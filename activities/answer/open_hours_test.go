package answer

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// shopHours are open on weekdays with a break, on Saturday, and over midnight on
// New Year's Eve.
func shopHours() *models.BusinessHours {
	day := []models.Interval{{From: "09:00", Until: "18:00"}}
	return &models.BusinessHours{
		Week: models.Week{
			Monday: day, Tuesday: day, Wednesday: day, Thursday: day, Friday: []models.Interval{{From: "09:00", Until: "13:00"}, {From: "14:30", Until: "18:00"}},
			Saturday: []models.Interval{{From: "10:00", Until: "14:00"}},
		},
		SpecialDays: map[string][]models.Interval{
			"2026-12-24": {{From: "09:00", Until: "13:00"}}, "2026-12-25": {}, "2026-12-31": {{From: "20:00", Until: "24:00"}}, "2027-01-01": {{From: "00:00", Until: "01:00"}},
		},
	}
}

// hoursTurn asks something at a time in Madrid, where the shop is; hours go
// through JSON, as they do on their way through the store.
func hoursTurn(t *testing.T, hours *models.BusinessHours, l models.Language, at string, evidence []models.Evidence, history []Line, say ...string) (Turn, models.Draft, []models.Evidence) {
	t.Helper()
	zone, err := models.Zone("Europe/Madrid")
	require.NoError(t, err)
	now, err := time.ParseInLocation("2006-01-02 15:04", at, zone)
	require.NoError(t, err)
	turn := Turn{Language: l, Shop: "Hearth", Messages: say, History: history, Now: now}
	u := Understand(turn)
	if u.AsksHours() {
		e := models.Evidence{N: len(evidence) + 1, Kind: models.EvidenceHours}
		of := hours.Evidence(now)
		raw, err := json.Marshal(&of)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(raw, e.Place()))
		evidence = append(evidence, e)
	}
	return turn, Reply(turn, u, evidence, 1), evidence
}

// Wednesday, June 10 2026; Christmas is a Friday.
const (
	open      = "2026-06-10 10:00"
	early     = "2026-06-10 07:30"
	late      = "2026-06-10 21:00"
	friday    = "2026-06-12 13:30"
	saturday  = "2026-06-13 20:00"
	christmas = "2026-12-23 19:00"
	newYear   = "2026-12-31 23:00"
)

func TestHours(t *testing.T) {
	t.Parallel()
	tests := map[models.Language][]struct{ say, at, is string }{
		models.English: {
			{"are you open now?", open, "We are open now, until 18:00 today. Our hours: Monday to Thursday 9:00–18:00, Friday 9:00–13:00 and 14:30–18:00, Saturday 10:00–14:00."},
			{"When do you open?", late, "We are closed now; we open tomorrow at 9:00. Our hours: Monday to Thursday 9:00–18:00, Friday 9:00–13:00 and 14:30–18:00, Saturday 10:00–14:00."},
			{"what are your hours pls", early, "We are closed now; we open today at 9:00. Our hours: Monday to Thursday 9:00–18:00, Friday 9:00–13:00 and 14:30–18:00, Saturday 10:00–14:00."},
			{"whats your customer service opening hours", saturday, "We are closed now; we open on Monday at 9:00. Our hours: Monday to Thursday 9:00–18:00, Friday 9:00–13:00 and 14:30–18:00, Saturday 10:00–14:00."},
			{"what time do you close today?", open, "Today we are open 9:00–18:00."},
			{"are you open today", friday, "Today we are open 9:00–13:00 and 14:30–18:00. We are closed now; we open today at 14:30."},
			{"are you open on saturday?", open, "On Saturday we are open 10:00–14:00."},
			{"are you open on Sundays?", open, "On Sunday we are closed. Our hours: Monday to Thursday 9:00–18:00, Friday 9:00–13:00 and 14:30–18:00, Saturday 10:00–14:00."},
			{"when are you open tomorrow", christmas, "Tomorrow (December 24) we are open 9:00–13:00."},
			{"are you open the day after tomorrow?", open, "On Friday we are open 9:00–13:00 and 14:30–18:00."},
			{"opening hours?", christmas, "We are closed now; we open tomorrow at 9:00. Our hours: Monday to Thursday 9:00–18:00, Friday 9:00–13:00 and 14:30–18:00, Saturday 10:00–14:00. On Thursday (December 24) we are open 9:00–13:00. On Friday (December 25) we are closed."},
			{"until when are you open?", newYear, "We are open now, until 1:00 tomorrow. Our hours: Monday to Thursday 9:00–18:00, Friday 9:00–13:00 and 14:30–18:00, Saturday 10:00–14:00. On Thursday (December 31) we are open 20:00–24:00. On Friday (January 1, 2027) we are open 0:00–1:00."},
		},
		models.Spanish: {
			{"¿están abiertos ahora?", open, "Ahora estamos abiertos, hoy hasta las 18:00. Nuestro horario: lunes a jueves 9:00–18:00, viernes 9:00–13:00 y 14:30–18:00, sábado 10:00–14:00."},
			{"a qué hora abren", late, "Ahora estamos cerrados; abrimos mañana a las 9:00. Nuestro horario: lunes a jueves 9:00–18:00, viernes 9:00–13:00 y 14:30–18:00, sábado 10:00–14:00."},
			{"cual es su horario de atención?", saturday, "Ahora estamos cerrados; abrimos el lunes a las 9:00. Nuestro horario: lunes a jueves 9:00–18:00, viernes 9:00–13:00 y 14:30–18:00, sábado 10:00–14:00."},
			{"abren el domingo?", open, "El domingo estamos cerrados. Nuestro horario: lunes a jueves 9:00–18:00, viernes 9:00–13:00 y 14:30–18:00, sábado 10:00–14:00."},
			{"a qué hora abren mañana", christmas, "Mañana (24 de diciembre) abrimos 9:00–13:00."},
			{"a qué hora abren por la mañana", late, "Ahora estamos cerrados; abrimos mañana a las 9:00. Nuestro horario: lunes a jueves 9:00–18:00, viernes 9:00–13:00 y 14:30–18:00, sábado 10:00–14:00."},
			{"hasta qué hora atienden", newYear, "Ahora estamos abiertos, hasta mañana a la 1:00. Nuestro horario: lunes a jueves 9:00–18:00, viernes 9:00–13:00 y 14:30–18:00, sábado 10:00–14:00. El jueves (31 de diciembre) abrimos 20:00–24:00. El viernes (1 de enero de 2027) abrimos 0:00–1:00."},
		},
		models.Portuguese: {
			{"vocês estão abertos agora?", open, "Estamos abertos agora, hoje até às 18:00. Nosso horário: segunda a quinta 9:00–18:00, sexta 9:00–13:00 e 14:30–18:00, sábado 10:00–14:00."},
			{"que horas vocês abrem?", late, "Agora estamos fechados; abrimos amanhã às 9:00. Nosso horário: segunda a quinta 9:00–18:00, sexta 9:00–13:00 e 14:30–18:00, sábado 10:00–14:00."},
			{"qual o horário de funcionamento", saturday, "Agora estamos fechados; abrimos na segunda-feira às 9:00. Nosso horário: segunda a quinta 9:00–18:00, sexta 9:00–13:00 e 14:30–18:00, sábado 10:00–14:00."},
			{"abrem no sábado?", open, "No sábado abrimos 10:00–14:00."},
			{"vcs abrem amanhã", christmas, "Amanhã (24 de dezembro) abrimos 9:00–13:00."},
			{"abrem segunda-feira?", open, "Na segunda-feira abrimos 9:00–18:00."},
		},
		models.Russian: {
			{"вы сейчас работаете?", open, "Сейчас мы работаем, сегодня до 18:00. Часы работы: пн–чт 9:00–18:00, пт 9:00–13:00 и 14:30–18:00, сб 10:00–14:00."},
			{"во сколько открываетесь", late, "Сейчас мы не работаем; откроемся завтра в 9:00. Часы работы: пн–чт 9:00–18:00, пт 9:00–13:00 и 14:30–18:00, сб 10:00–14:00."},
			{"какой у вас график работы?", saturday, "Сейчас мы не работаем; откроемся в понедельник в 9:00. Часы работы: пн–чт 9:00–18:00, пт 9:00–13:00 и 14:30–18:00, сб 10:00–14:00."},
			{"вы работаете в воскресенье?", open, "В воскресенье мы не работаем. Часы работы: пн–чт 9:00–18:00, пт 9:00–13:00 и 14:30–18:00, сб 10:00–14:00."},
			{"завтра работаете?", christmas, "Завтра (24 декабря) мы работаем 9:00–13:00."},
			{"работаете в субботу", open, "В субботу мы работаем 10:00–14:00."},
			{"до скольки вы работаете", newYear, "Сейчас мы работаем, до 1:00 завтрашнего дня. Часы работы: пн–чт 9:00–18:00, пт 9:00–13:00 и 14:30–18:00, сб 10:00–14:00. В четверг (31 декабря) мы работаем 20:00–24:00. В пятницу (1 января 2027 года) мы работаем 0:00–1:00."},
		},
	}
	for _, l := range models.Languages() {
		for _, test := range tests[l] {
			t.Run(string(l)+" "+test.say, func(t *testing.T) {
				t.Parallel()
				turn, draft, evidence := hoursTurn(t, shopHours(), l, test.at, nil, nil, test.say)
				require.Equal(t, test.is, draft.Text)
				require.Equal(t, models.ActionAnswer, draft.Action)
				require.Equal(t, models.IntentPolicy, draft.Intent)
				require.Equal(t, []int{1}, draft.Cites)
				require.Empty(t, Guard(turn, draft, evidence))
			})
		}
	}
}

// What is on something else than the shop's own hours isn't answered by them.
func TestHoursOfSomethingElse(t *testing.T) {
	t.Parallel()
	showroom := map[models.Language]models.Evidence{
		models.English:    {N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"Contact", "Showroom"}, Text: "The showroom is open from 11:00 to 19:00, Tuesday to Saturday."}},
		models.Spanish:    {N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"Contacto", "Showroom"}, Text: "El showroom abre de 11:00 a 19:00, de martes a sábado."}},
		models.Portuguese: {N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"Contato", "Showroom"}, Text: "O showroom abre das 11:00 às 19:00, de terça a sábado."}},
		models.Russian:    {N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"Контакты", "Шоурум"}, Text: "Шоурум открыт с 11:00 до 19:00 со вторника по субботу."}},
	}
	for l, say := range map[models.Language]string{
		models.English: "when is your showroom open?", models.Spanish: "a qué hora abren el showroom?", models.Portuguese: "que horas o showroom abre?", models.Russian: "до скольки открыт шоурум?",
	} {
		t.Run("a place of its own in "+string(l), func(t *testing.T) {
			t.Parallel()
			turn, draft, evidence := hoursTurn(t, shopHours(), l, open, []models.Evidence{showroom[l]}, nil, say)
			require.Contains(t, draft.Text, "11:00")
			require.Contains(t, draft.Text, "19:00")
			require.Equal(t, []int{1}, draft.Cites)
			require.Empty(t, Guard(turn, draft, evidence))
		})
	}
	for name, say := range map[string]string{
		"a product's time":  "how many hours does the battery last?",
		"a delivery's time": "do you deliver within 24 hours?",
		"a holiday":         "are you open on Thanksgiving?",
		"another place":     "what time does the branch in Boston open?",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, draft, _ := hoursTurn(t, shopHours(), models.English, open, nil, nil, say)
			require.Equal(t, models.ActionHandoff, draft.Action, draft.Text)
		})
	}
	t.Run("without hours the shop's own text is the answer", func(t *testing.T) {
		t.Parallel()
		text := models.Evidence{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"Contact", "Opening hours"}, Text: "We are open Monday to Friday from 8:00 to 16:00."}}
		turn := Turn{Language: models.English, Messages: []string{"what are your opening hours?"}}
		draft := Reply(turn, Understand(turn), []models.Evidence{text}, 1)
		require.Equal(t, "We are open Monday to Friday from 8:00 to 16:00.", draft.Text)
	})
}

func TestHoursInTalk(t *testing.T) {
	t.Parallel()
	t.Run("a day goes on with the hours that were asked for", func(t *testing.T) {
		t.Parallel()
		history := lines("what are your opening hours?", "Our hours: Monday to Friday 9:00–18:00.")
		turn, draft, evidence := hoursTurn(t, shopHours(), models.English, open, nil, history, "and on sunday?")
		require.Contains(t, draft.Text, "On Sunday we are closed.")
		require.Empty(t, Guard(turn, draft, evidence))
	})
	t.Run("another language's question is answered in the agent's", func(t *testing.T) {
		t.Parallel()
		_, draft, _ := hoursTurn(t, shopHours(), models.English, open, nil, nil, "¿abren el domingo?")
		require.Contains(t, draft.Text, "On Sunday we are closed.")
	})
	t.Run("with a greeting and another question", func(t *testing.T) {
		t.Parallel()
		text := models.Evidence{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"Shipping"}, Text: "Delivery takes 3 to 5 working days."}}
		turn, draft, evidence := hoursTurn(t, shopHours(), models.English, open, []models.Evidence{text}, nil, "hi!", "are you open on saturday?", "and how long does delivery take?")
		require.Contains(t, draft.Text, "On Saturday we are open 10:00–14:00.")
		require.Contains(t, draft.Text, "3 to 5 working days")
		require.Empty(t, Guard(turn, draft, evidence))
	})
	t.Run("of two days each", func(t *testing.T) {
		t.Parallel()
		_, draft, _ := hoursTurn(t, shopHours(), models.English, open, nil, nil, "are you open on the weekend?")
		require.Contains(t, draft.Text, "On Saturday we are open 10:00–14:00. On Sunday we are closed.")
	})
}

func TestHoursOfOtherKinds(t *testing.T) {
	t.Parallel()
	all := []models.Interval{{From: "00:00", Until: "24:00"}}
	always := &models.BusinessHours{Week: models.Week{Monday: all, Tuesday: all, Wednesday: all, Thursday: all, Friday: all, Saturday: all, Sunday: all}}
	never := &models.BusinessHours{SpecialDays: map[string][]models.Interval{"2026-06-10": {}}}
	weekend := &models.BusinessHours{Week: models.Week{Friday: all, Saturday: all}}
	far := &models.BusinessHours{SpecialDays: map[string][]models.Interval{"2026-08-03": {{From: "09:00", Until: "12:00"}}}}
	daily := &models.BusinessHours{Week: models.Week{Monday: all[:1:1], Tuesday: all, Wednesday: all, Thursday: all, Friday: all, Saturday: all, Sunday: all}, SpecialDays: map[string][]models.Interval{"2026-06-11": {}}}
	for _, test := range []struct {
		name           string
		hours          *models.BusinessHours
		at             string
		en, es, pt, ru string
	}{
		{
			"always", always, open, "We are open now, around the clock.", "Ahora estamos abiertos, todo el día y todos los días.",
			"Estamos abertos agora, o dia todo e todos os dias.", "Сейчас мы работаем, круглосуточно.",
		},
		{
			"never", never, open, "We are closed now.", "Ahora estamos cerrados.",
			"Agora estamos fechados.", "Сейчас мы не работаем.",
		},
		{
			"over days", weekend, friday, "We are open now, until 24:00 tomorrow. Our hours: Friday and Saturday all day.", "Ahora estamos abiertos, hasta mañana a las 24:00. Nuestro horario: viernes y sábado todo el día.",
			"Estamos abertos agora, até amanhã às 24:00. Nosso horário: sexta e sábado o dia todo.", "Сейчас мы работаем, до 24:00 завтрашнего дня. Часы работы: пт и сб круглосуточно.",
		},
		{
			"in a far time", far, open, "We are closed now; we open on August 3 at 9:00.", "Ahora estamos cerrados; abrimos el 3 de agosto a las 9:00.",
			"Agora estamos fechados; abrimos em 3 de agosto às 9:00.", "Сейчас мы не работаем; откроемся 3 августа в 9:00.",
		},
		{
			"every day but one", daily, open, "We are open now, until 24:00 today. Our hours: every day all day. On Thursday (June 11) we are closed.", "Ahora estamos abiertos, hoy hasta las 24:00. Nuestro horario: todos los días todo el día. El jueves (11 de junio) estamos cerrados.",
			"Estamos abertos agora, hoje até às 24:00. Nosso horário: todos os dias o dia todo. Na quinta-feira (11 de junho) estamos fechados.", "Сейчас мы работаем, сегодня до 24:00. Часы работы: ежедневно круглосуточно. В четверг (11 июня) мы не работаем.",
		},
	} {
		says := map[models.Language]string{models.English: test.en, models.Spanish: test.es, models.Portuguese: test.pt, models.Russian: test.ru}
		asks := map[models.Language]string{models.English: "are you open?", models.Spanish: "a qué hora abren?", models.Portuguese: "que horas abrem?", models.Russian: "вы работаете?"}
		for _, l := range models.Languages() {
			t.Run(test.name+" in "+string(l), func(t *testing.T) {
				t.Parallel()
				turn, draft, evidence := hoursTurn(t, test.hours, l, test.at, nil, nil, asks[l])
				require.Equal(t, says[l], draft.Text)
				require.Empty(t, Guard(turn, draft, evidence))
			})
		}
	}
}

func TestGuardHoldsHours(t *testing.T) {
	t.Parallel()
	turn, draft, evidence := hoursTurn(t, shopHours(), models.English, open, nil, nil, "are you open now?")
	draft.Text = "We are open now, until 19:00 today."
	require.Equal(t, []Violation{{Kind: ViolationNumber, Text: "19"}}, Guard(turn, draft, evidence))
	draft.Text, draft.Cites = "We are open now, until 18:00 today.", nil
	require.NotEmpty(t, Guard(turn, draft, evidence), "what isn't cited vouches for nothing")
}

func TestUsedHours(t *testing.T) {
	t.Parallel()
	_, draft, evidence := hoursTurn(t, shopHours(), models.English, christmas, nil, nil, "are you open now?")
	used := Used(models.English, draft, evidence[0])
	require.Equal(t, models.EvidenceHours, used.Kind)
	require.Equal(t, "Europe/Madrid", used.Title)
	require.Equal(t, "We are closed now; we open tomorrow at 9:00.", used.Sentences[0])
	require.Len(t, used.Sentences, 4)
	require.Empty(t, Used(models.English, models.Draft{}, evidence[0]).Sentences)
}
