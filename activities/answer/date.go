package answer

import (
	"strconv"
	"time"

	"kedai/models"
)

// calendar is how a language says dates.
type calendar struct {
	day, year       string // Of {day}, {month} and {year}.
	today, tomorrow string // Beside {date}.
	yesterday       string
}

// FormatDate says a day, with its year where that isn't the present one.
func FormatDate(at, now time.Time, l models.Language) string {
	lex := lexiconOf(l)
	form := lex.calendar.day
	if at.Year() != now.Year() {
		form = lex.calendar.year
	}
	return fill(form, "{day}", strconv.Itoa(at.Day()), "{month}", models.MonthName(at.Month(), lex.code), "{year}", strconv.Itoa(at.Year()))
}

// nearDate says a day and, where it is one beside the present, how near it is.
func nearDate(at, now time.Time, l models.Language) string {
	at = at.In(now.Location())
	date, c := FormatDate(at, now, l), lexiconOf(l).calendar
	switch daysBetween(now, at) {
	case 0:
		return fill(c.today, "{date}", date)
	case 1:
		return fill(c.tomorrow, "{date}", date)
	case -1:
		return fill(c.yesterday, "{date}", date)
	}
	return date
}

// daysBetween counts midnights from one time to another.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(to).Sub(day(from)).Hours() / 24)
}
