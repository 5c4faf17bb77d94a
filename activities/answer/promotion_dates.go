package answer

import (
	"slices"
	"time"
)

// dated is a date that a text names.
type dated struct {
	at   time.Time
	from int // Its first word.
	year bool
}

// dates reads the days that a text names, in order. What a date lacks, such as
// the month of the first of two, it has in common with the one after it.
func (p *policyLexicon) dates(words []word, now time.Time) []dated {
	zone := time.UTC
	if !now.IsZero() {
		zone = now.Location()
	}
	var found []dated
	for i := range words {
		month := slices.IndexFunc(p.months, func(m []pattern) bool { return matchAt(m, words, i) })
		if month < 0 {
			continue
		}
		year := p.yearAfter(words, i)
		for _, at := range p.daysBeside(words, i) {
			day := time.Date(max(year, 1), time.Month(month+1), number(words[at].text), 0, 0, 0, 0, zone)
			from := at
			if at == i+1 {
				from = i // The month is said first.
			}
			found = append(found, dated{day, from, year > 0})
		}
	}
	yearsOf(found, now.Year())
	return found
}

// daysBeside returns the places of the one or two days of the month that stands at
// i: those before it, else those after it.
func (p *policyLexicon) daysBeside(words []word, i int) []int {
	if at := back(words, i, p.firstDay); at >= 0 && isDay(words, at) {
		first := back(words, at, p.rangeTo)
		if first >= 0 && isDay(words, first) && (at-first > 1 || words[first].stop == 0) {
			return []int{first, at}
		}
		return []int{at}
	}
	if i+1 >= len(words) || !isDay(words, i+1) {
		return nil
	}
	next := i + 2
	for next < len(words) && p.rangeTo[words[next].text] {
		next++
	}
	if next < len(words) && isDay(words, next) && words[i+1].stop == 0 {
		return []int{i + 1, next}
	}
	return []int{i + 1}
}

// yearsOf gives dates without a year that of the date after them, or the year
// before where they would come after it.
func yearsOf(found []dated, year int) {
	for i := len(found) - 1; i >= 0; i-- {
		if found[i].year {
			year = found[i].at.Year()
			continue
		}
		at := found[i].at
		found[i].at = time.Date(year, at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
		if i+1 < len(found) && found[i].at.After(found[i+1].at) {
			found[i].at = found[i].at.AddDate(-1, 0, 0)
		}
	}
}

// back returns the place before i, small words left out.
func back(words []word, i int, small map[string]bool) int {
	for i--; i >= 0 && small[words[i].text] && words[i].stop == 0; i-- {
		continue
	}
	return i
}

func isDay(words []word, i int) bool {
	n := number(words[i].text)
	return words[i].number && n >= 1 && n <= 31
}

// yearAfter finds the year of a date whose month stands at i.
func (p *policyLexicon) yearAfter(words []word, i int) int {
	for _, w := range words[i+1 : min(i+5, len(words))] {
		if n := number(w.text); w.number && n >= 2000 && n < 2200 {
			return n
		}
		if slices.ContainsFunc(p.months, func(m []pattern) bool { return matchAny(m, []word{w}, nil) }) {
			break
		}
	}
	return 0
}

func number(text string) int {
	n := 0
	for i := range len(text) {
		if !isDigit(text[i]) || n > 9999 {
			return -1
		}
		n = 10*n + int(text[i]-'0')
	}
	return n
}
