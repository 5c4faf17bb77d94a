package answer

import "time"

// weekday counts from Monday.
type weekday int

const noDay weekday = -1

// days is a set of weekdays.
type days uint8

const allDays days = 1<<7 - 1

func (d days) has(day weekday) bool { return day != noDay && d&(1<<day) != 0 }

func weekdayOf(at time.Time) weekday { return weekday((int(at.Weekday()) + 6) % 7) }

// dayOf returns the day that a question is about: one it names, today or
// tomorrow. Several days are none in particular.
func (p *policyLexicon) dayOf(words []word, now time.Time) weekday {
	switch named := p.daysIn(words); {
	case named != 0:
		for day := range weekday(7) {
			if named.has(day) {
				return day
			}
		}
	case now.IsZero():
	case matchAny(p.tomorrow, words, nil):
		return weekdayOf(now.AddDate(0, 0, 1))
	case matchAny(p.today, words, nil):
		return weekdayOf(now)
	}
	return noDay
}

// daysIn returns the weekdays that a text speaks of. Two with nothing but a
// word such as "to" between them are the ends of a range.
func (p *policyLexicon) daysIn(words []word) days {
	var set days
	last, lastAt := noDay, -1
	for i := range words {
		switch {
		case matchAt(p.everyDay, words, i):
			return allDays
		case matchAt(p.workdays, words, i):
			set |= 1<<5 - 1
		case matchAt(p.weekend, words, i):
			set |= 1<<5 | 1<<6
		}
		day := noDay
		for d, patterns := range p.weekdays {
			if matchAt(patterns, words, i) {
				day = weekday(d)
				break
			}
		}
		if day == noDay {
			continue
		}
		set |= 1 << day
		if last != noDay && p.joins(words[lastAt:i]) {
			for d := last; d != day; d = (d + 1) % 7 {
				set |= 1 << d
			}
		}
		last, lastAt = day, i
	}
	return set
}

// joins reports whether what stands after the first word makes a range.
func (p *policyLexicon) joins(words []word) bool {
	if words[0].stop != 0 {
		return false
	}
	for _, w := range words[1:] {
		if !p.rangeTo[w.text] {
			return false
		}
	}
	return true
}

func matchAt(patterns []pattern, words []word, i int) bool {
	for _, p := range patterns {
		if _, ok := p.matchAt(words, i); ok {
			return true
		}
	}
	return false
}
