package answer

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kedai/models"
)

// AsksHours reports whether somebody asks when the shop is open.
func (u Understanding) AsksHours() bool {
	return slices.ContainsFunc(u.Questions, func(q Question) bool { return slices.Contains(q.Topics, string(topicHours)) })
}

// sayHours answers when the shop is open from its settings. What names anything
// else, such as a showroom, is left to the shop's own texts.
func (r *reader) sayHours(q Question) (found, bool) {
	if r.hours == nil || !q.ofShopHours() {
		return found{}, false
	}
	return found{
		text: hoursText(r.hours.Hours, q.Days, r.now, r.lex.code), cites: []int{r.hours.N}, intent: models.IntentPolicy, action: models.ActionAnswer,
	}, true
}

// ofShopHours reports whether a question is about the shop's hours and names
// nothing beside them.
func (q Question) ofShopHours() bool {
	ofProduct := len(q.Attributes) > 0 && len(q.Cues) > 0
	if ofProduct || slices.ContainsFunc(q.Topics, func(t string) bool { return t != string(topicHours) }) {
		return false
	}
	return len(q.Topics) > 0 && !slices.ContainsFunc(q.Words, func(text string) bool {
		w := []word{newWord(text, nil)}
		return !slices.Contains(q.TopicWords, text) && !matchAny(ownHours(), w, nil) && len(daysOf(w)) == 0
	})
}

// hoursText says of the named days when the shop is open then; without any, how
// it is now and in the week.
func hoursText(h *models.HoursEvidence, days []string, now time.Time, l models.Language) string {
	s := hoursSpeaker{hoursWords: hoursWordsOf[l], language: l, HoursEvidence: h, now: now}
	var texts []string
	closed := false
	for i, d := range h.Days {
		for _, day := range days {
			if !names(day, i, d) {
				continue
			}
			texts = append(texts, s.day(i, day))
			switch {
			case i > 0:
				closed = closed || len(d.Open) == 0
			case len(d.Open) > 0 && !h.Open:
				texts = append(texts, s.state())
			case len(d.Open) == 0 && h.Changes != nil:
				texts = append(texts, fill(s.opens, "{opens}", s.opening()))
			}
			break
		}
	}
	switch {
	case len(texts) == 0:
		texts = append([]string{s.state()}, s.week()...)
		texts = append(texts, s.exceptions()...)
	case closed:
		texts = append(texts, s.week()...)
	}
	return strings.Join(texts, " ")
}

// hoursSpeaker says hours in one language.
type hoursSpeaker struct {
	*models.HoursEvidence
	hoursWords
	language models.Language
	now      time.Time
}

// state says how it is now and until when.
func (s hoursSpeaker) state() string {
	switch {
	case s.Open && s.Changes == nil:
		return s.always
	case s.Open:
		return fill(s.open, "{until}", s.closing())
	case s.Changes == nil:
		return s.closed
	}
	return fill(s.closedUntil, "{opens}", s.opening())
}

// opening says when it opens next.
func (s hoursSpeaker) opening() string {
	at := s.Changes.In(s.now.Location())
	day := s.at[at.Weekday()]
	switch days := daysBetween(s.now, at); {
	case days == 0:
		day = s.today
	case days == 1:
		day = s.tomorrow
	case days >= len(s.at):
		day = fill(s.on, "{date}", FormatDate(at, s.now, s.language))
	}
	return day + " " + s.time(clockOf(at.Format("15:04")))
}

// closing says until when it is open. A midnight is the end of the day before
// it.
func (s hoursSpeaker) closing() string {
	at := s.Changes.In(s.now.Location())
	clock, day := at.Format("15:04"), at
	if clock == "00:00" {
		clock, day = "24:00", at.Add(-time.Minute)
	}
	form := s.untilDate
	switch daysBetween(s.now, day) {
	case 0:
		form = s.untilToday
	case 1:
		form = s.untilTomorrow
	}
	clock = clockOf(clock)
	time := s.time(clock)
	return fill(form, "{clock}", clock, "{time}", time, "{hour}", strings.TrimPrefix(time, "a "), "{date}", FormatDate(day, s.now, s.language))
}

// time puts a time of the day after a day.
func (s hoursSpeaker) time(clock string) string {
	if strings.HasPrefix(clock, "1:") {
		return s.atOne + clock
	}
	return s.atHour + clock
}

// clockOf writes a time as people do: 9:00.
func clockOf(clock string) string { return strings.TrimPrefix(clock, "0") }

// day says the hours of a day by the name that it was asked by, and its date
// where it isn't as that weekday usually is.
func (s hoursSpeaker) day(i int, asked string) string {
	d := s.Days[i]
	date := dayOf(d)
	label := s.at[date.Weekday()]
	switch asked {
	case dayToday:
		label = s.today
	case dayTomorrow:
		label = s.tomorrow
	}
	if d.Special {
		label += " (" + FormatDate(date, s.now, s.language) + ")"
	}
	return s.dayText(label, d)
}

func (s hoursSpeaker) dayText(label string, d models.OpenDay) string {
	form := s.dayOpen
	if len(d.Open) == 0 {
		form = s.dayClosed
	}
	first, size := utf8.DecodeRuneInString(label)
	return fill(form, "{day}", string(unicode.ToUpper(first))+label[size:], "{hours}", s.intervals(d.Open))
}

// intervals lists the hours of one day.
func (s hoursSpeaker) intervals(open []models.Interval) string {
	texts := make([]string, len(open))
	for i, o := range open {
		texts[i] = clockOf(o.From) + "–" + clockOf(o.Until)
		if o.From == "00:00" && o.Until == "24:00" {
			texts[i] = s.allDay
		}
	}
	return strings.Join(texts, s.and)
}

// week lists the usual hours; days beside each other that have the same are one
// entry.
func (s hoursSpeaker) week() []string {
	var list []string
	for from := 0; from < len(weekdayOrder); {
		open := s.intervals(s.Week.On(weekdayOrder[from]))
		to := from
		for to+1 < len(weekdayOrder) && s.intervals(s.Week.On(weekdayOrder[to+1])) == open {
			to++
		}
		if open != "" {
			form := s.run
			switch to - from {
			case 0:
				form = "{from}"
			case 1:
				form = s.pair
			case len(weekdayOrder) - 1:
				form = s.every
			}
			list = append(list, fill(form, "{from}", s.names[weekdayOrder[from]], "{to}", s.names[weekdayOrder[to]])+" "+open)
		}
		from = to + 1
	}
	if len(list) == 0 || s.Open && s.Changes == nil {
		return nil
	}
	return []string{fill(s.hours, "{list}", strings.Join(list, ", "))}
}

// exceptions say which of the next days aren't as they usually are.
func (s hoursSpeaker) exceptions() []string {
	var texts []string
	for i, d := range s.Days {
		if d.Special && s.intervals(d.Open) != s.intervals(s.Week.On(dayOf(d).Weekday())) {
			texts = append(texts, s.day(i, ""))
		}
	}
	return texts
}

// dayOf returns a date as a day. The store wrote it, so it is one.
func dayOf(d models.OpenDay) time.Time {
	day, err := d.Day()
	if err != nil {
		return time.Time{}
	}
	return day
}

// usedHours tells what of the hours a reply was made of.
func usedHours(out *models.PlaygroundEvidence, l models.Language, h *models.HoursEvidence) {
	out.Title = h.Zone
	if !out.Cited {
		return
	}
	s := hoursSpeaker{hoursWords: hoursWordsOf[l], language: l, HoursEvidence: h, now: h.At}
	out.Sentences = append(append(append(out.Sentences, s.state()), s.week()...), s.exceptions()...)
}
