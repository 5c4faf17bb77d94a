package answer

import (
	"slices"

	"kedai/models"
)

// codesAllowed is what the look-up of orders lets a reply say of one-time codes.
type codesAllowed struct{ offered, sent bool }

// codesAllowed reads the look-up that is cited: the system sends a code only
// where one was asked for, and may offer one only where it could send it.
func (c *check) codesAllowed() codesAllowed {
	var out codesAllowed
	for p := range c.cited {
		lookup := p.evidence.Lookup
		if lookup == nil {
			continue
		}
		out.offered = out.offered || lookup.OffersCode
		switch lookup.Outcome {
		case models.LookupCodeSent, models.LookupCodeLimited, models.LookupCodeWrong:
			out.sent = true
		}
	}
	return out
}

// promotionsCited reads the promotions that are cited, with what each is on the
// turn's day. The reading costs: offers keeps what it returns.
func (c *check) promotionsCited() []offer {
	var passages []models.Evidence
	for p := range c.cited {
		if p.evidence.Passage != nil && codeForm.MatchString(p.evidence.Passage.Text) {
			passages = append(passages, *p.evidence)
		}
	}
	if len(passages) == 0 {
		return nil
	}
	return newReader(lexiconOf(c.g.code), passages, c.turn.Now, 0).offers()
}

// outOfSeason reports whether a statement says rightly that a code which its
// sentence names doesn't count, since it is over or hasn't begun, or when it
// ended or begins.
func (c *check) outOfSeason(s *segment) bool {
	denies := s.negative && anyToken(c.tokens[s.from:s.to], c.g.valid)
	named, wrong := false, false
	for i := range c.tokens {
		t := &c.tokens[i]
		if !t.caps || t.end-t.start < 3 || c.segmentOf(i).sentence != s.sentence {
			continue
		}
		code := c.codeAt(i)
		for _, o := range c.offers() {
			if slices.Contains(o.codes, code) {
				named, wrong = true, wrong || o.state == promotionRuns || !c.datesRightly(s, o, denies)
			}
		}
	}
	return named && !wrong
}

// datesRightly reports whether the day that a statement's sentence names is the
// one on which an offer ended, or begins. What denies the offer needn't name one.
func (c *check) datesRightly(s *segment, o offer, denies bool) bool {
	at := o.until
	if o.state == promotionBegins {
		at = o.from
	}
	named, right := false, false
	for i := range c.quantities {
		q := &c.quantities[i]
		if q.day.none() || c.segmentOf(q.from).sentence != s.sentence || (!denies && (q.from < s.from || q.from >= s.to)) {
			continue
		}
		named = true
		right = right || q.day.fits(calendarDay{at.Day(), int(at.Month()), at.Year()})
	}
	return right || denies && !named
}
