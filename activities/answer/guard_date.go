package answer

import (
	"strconv"
	"strings"
	"time"
)

// date reads a day and a month around a number; the quantity then spans all of
// the date.
func (g *guardLexicon) date(s string, tokens []token, q *quantity) bool {
	i := q.from
	if day, ok := g.writtenDate(s, tokens, i, &q.to); ok {
		q.day = day
		return true
	}
	if q.words || !tokens[i].number {
		return false
	}
	if day, ok := g.dottedDate(s, tokens, i); ok {
		q.day = day
		return true
	}
	parts := []string{tokens[i].text}
	to := i + 1
	for to < len(tokens) && tokens[to].number && len(parts) < 3 {
		gap := s[tokens[to-1].end:tokens[to].start]
		if gap != "/" && (gap != "-" || len(parts[0]) != len("2026")) {
			break
		}
		parts = append(parts, tokens[to].text)
		to++
	}
	if len(parts) < 2 {
		return false
	}
	if day, ok := g.numericDate(parts); ok {
		q.day, q.to = day, to
		return true
	}
	return false
}

// dottedDate reads 20.11, which is a day where nothing is measured by it.
func (g *guardLexicon) dottedDate(s string, tokens []token, i int) (calendarDay, bool) {
	parts := strings.Split(tokens[i].text, ".")
	if !g.dots || len(parts) < 2 || len(parts) > 3 || len(parts[1]) != 2 {
		return calendarDay{}, false
	}
	rest := s[tokens[i].end:]
	if signAfter(rest) != "" || strings.HasPrefix(strings.TrimLeft(rest, " "), "%") {
		return calendarDay{}, false
	}
	if i+1 < len(tokens) && strings.Trim(s[tokens[i].end:tokens[i+1].start], " \u00a0") == "" {
		_, measured := g.units[tokens[i+1].text]
		if _, priced := g.moneyWords[tokens[i+1].text]; measured || priced {
			return calendarDay{}, false
		}
	}
	return g.numericDate(parts)
}

// writtenDate reads "19 November 2026", "November 19, 2026" and their like.
func (g *guardLexicon) writtenDate(s string, tokens []token, i int, to *int) (calendarDay, bool) {
	n, err := strconv.Atoi(tokens[i].text)
	if err != nil || n < 1 || n > 31 {
		return calendarDay{}, false
	}
	day := calendarDay{day: n}
	if i > 0 && strings.Trim(s[tokens[i-1].end:tokens[i].start], " \u00a0.") == "" {
		day.month = g.months[tokens[i-1].text]
	}
	next := i + 1
	for next < len(tokens) && next < i+3 && g.dateWords[tokens[next].text] {
		next++
	}
	if day.month == 0 && next < len(tokens) {
		day.month = g.months[tokens[next].text]
		next++
	}
	if day.month == 0 {
		return calendarDay{}, false
	}
	*to = min(max(next, i+1), len(tokens))
	if next < len(tokens) && g.dateWords[tokens[next].text] {
		next++
	}
	if year := yearAt(tokens, next); year > 0 {
		day.year = year
		*to = next + 1
	}
	return day, true
}

// yearAt returns the year that stands at a place, or 0.
func yearAt(tokens []token, i int) int {
	if i >= len(tokens) || !tokens[i].number || len(tokens[i].text) != len("2026") {
		return 0
	}
	year, err := strconv.Atoi(tokens[i].text)
	if err != nil || year < 1990 || year >= 2100 {
		return 0
	}
	return year
}

// numericDate reads the parts of 11/19, 19/11/2026 or 2026-11-19. Where both
// may be the month, the language's order decides.
func (g *guardLexicon) numericDate(parts []string) (calendarDay, bool) {
	n := make([]int, len(parts))
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil {
			return calendarDay{}, false
		}
		n[i] = v
	}
	var d calendarDay
	switch {
	case len(parts[0]) == 4 && len(n) == 3:
		d = calendarDay{n[2], n[1], n[0]}
	case (g.monthFirst && n[0] <= 12) || n[1] > 12:
		d = calendarDay{n[1], n[0], 0}
	default:
		d = calendarDay{n[0], n[1], 0}
	}
	if len(n) == 3 && d.year == 0 {
		d.year = n[2]
		if d.year < 100 {
			d.year += 2000
		}
	}
	return d, d.day >= 1 && d.day <= 31 && d.month >= 1 && d.month <= 12
}

// clock reads a time of day: 14:00, 17h30, 9h, 10 am, six in the evening.
func (g *guardLexicon) clock(s string, tokens []token, q *quantity) bool {
	hour, err := strconv.Atoi(q.readings[0])
	if err != nil || hour > 24 {
		return false
	}
	minute, to, marked := g.minutes(s, tokens, q)
	half, after := g.halfOfDay(s, tokens, to)
	if half == 0 && !marked {
		return false
	}
	switch {
	case half == afternoon && hour < 12:
		hour += 12
	case half == forenoon && hour == 12:
		hour = 0
	}
	q.minutes, q.to = hour*60+minute+1, max(to, after)
	return true
}

// minutes reads what follows an hour, and where it ends.
func (g *guardLexicon) minutes(s string, tokens []token, q *quantity) (minute, to int, marked bool) {
	to = q.from + 1
	if to >= len(tokens) {
		return 0, to, false
	}
	gap, next := s[tokens[q.from].end:tokens[to].start], tokens[to]
	two := func(i int) (int, bool) {
		if i >= len(tokens) || !tokens[i].number || len(tokens[i].text) != 2 {
			return 0, false
		}
		n, err := strconv.Atoi(tokens[i].text)
		return n, err == nil
	}
	if n, ok := two(to); ok && gap == ":" && !q.words {
		return n, to + 1, true
	}
	if gap != "" || (next.text != "h" && next.text != "hs") || !g.hourMark {
		return 0, to, false
	}
	if n, ok := two(to + 1); ok && s[next.end:tokens[to+1].start] == "" {
		return n, to + 2, true
	}
	return 0, to + 1, true
}

// The halves of a day.
const (
	forenoon  = 1
	afternoon = 2
)

// halfOfDay reads "am", "in the evening" and their like behind a time, and
// where they end.
func (g *guardLexicon) halfOfDay(s string, tokens []token, from int) (half, to int) {
	for n := from; n < len(tokens) && n < from+3; n++ {
		if strings.ContainsAny(s[tokens[n-1].end:tokens[n].start], ",;:!?()") {
			break
		}
		text := tokens[n].text
		if n+1 < len(tokens) && len(text) == 1 && len(tokens[n+1].text) == 1 {
			text += tokens[n+1].text // "a. m."
		}
		switch {
		case g.forenoon[text]:
			return forenoon, n + 1
		case g.afternoon[text]:
			return afternoon, n + 1
		case !g.dateWords[text]:
			return 0, 0
		}
	}
	return 0, 0
}

// calendarDayOf returns a time's day where the account is.
func calendarDayOf(at time.Time, zone *time.Location) calendarDay {
	local := at.In(zone)
	return calendarDay{local.Day(), int(local.Month()), local.Year()}
}

// weekday returns which one a date is; the year is the one that is nearest to
// now where the text has none.
func (d calendarDay) weekday(now time.Time) time.Weekday {
	year := d.year
	if year == 0 {
		year = now.Year()
		at := time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
		switch gap := at.Sub(now); {
		case gap > 183*24*time.Hour:
			year--
		case gap < -183*24*time.Hour:
			year++
		}
	}
	return time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Weekday()
}
