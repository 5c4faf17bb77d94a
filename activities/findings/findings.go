// Package findings looks into a source's text for what would make answers
// wrong: figures that other sources may contradict, and promotions that never
// end. Its rules are few and precise: an alarm that is false costs more trust
// than one that is missing.
package findings

import (
	"strings"

	"kedai/models"
)

// maxFacts bounds what one source can bring.
const maxFacts = 200

// Examine reads a revision's passages. name is the file's or the page's.
func Examine(name, title string, passages []models.Passage) models.Examination {
	sections := sectionsOf(title, passages)
	exam := models.Examination{Topics: topics(name, title, sections), Findings: endless(title, sections)}
	for _, s := range sections {
		exam.Facts = append(exam.Facts, s.discounts()...)
		for _, sentence := range s.sentences() {
			exam.Facts = append(exam.Facts, s.returns(sentence)...)
			exam.Facts = append(exam.Facts, s.freeShipping(sentence)...)
			exam.Facts = append(exam.Facts, s.hours(sentence)...)
		}
	}
	exam.Facts = exam.Facts[:min(len(exam.Facts), maxFacts)]
	return exam
}

// section is what stands under one heading, which several passages may hold.
type section struct {
	place   string // The headings, as they are written.
	heading string // The nearest one, in lower case.
	above   string // All of them without the title, in lower case.
	text    string
}

func sectionsOf(title string, passages []models.Passage) []section {
	var out []section
	for _, p := range passages {
		place := strings.Join(p.Headings, " › ")
		if n := len(out); n > 0 && out[n-1].place == place {
			out[n-1].text += "\n" + p.Text
			continue
		}
		s := section{place: place, text: p.Text}
		below := p.Headings
		if len(below) > 0 && (below[0] == title || len(below) > 1) {
			below = below[1:]
		}
		s.above = strings.ToLower(strings.Join(below, "\n"))
		if len(below) > 0 {
			s.heading = strings.ToLower(below[len(below)-1])
		}
		out = append(out, s)
	}
	return out
}

// sentences cuts a section at line ends and after full stops.
func (s section) sentences() []string {
	var out []string
	for line := range strings.Lines(s.text) {
		rest := line
		for {
			i := sentenceEnd(rest)
			if i < 0 {
				break
			}
			out = append(out, strings.TrimSpace(rest[:i]))
			rest = rest[i:]
		}
		if rest = strings.TrimSpace(rest); rest != "" {
			out = append(out, rest)
		}
	}
	return out
}

// sentenceEnd returns where the next sentence begins. The dot of an
// abbreviation such as p.m. is followed by a small letter or a number.
func sentenceEnd(text string) int {
	loc := endOfSentence.FindStringIndex(text)
	if loc == nil {
		return -1
	}
	return loc[0] + 1
}

const maxQuote = 300

// fact makes a fact of a sentence.
func (s section) fact(subject, value, sentence string) models.Fact {
	return models.Fact{Subject: subject, Statement: models.Statement{Place: s.place, Value: value, Quote: clip(sentence)}}
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > maxQuote {
		return string(runes[:maxQuote]) + "…"
	}
	return text
}
