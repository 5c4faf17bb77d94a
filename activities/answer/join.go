package answer

import (
	"slices"

	"kedai/models"
)

// join adds a further remark.
func (q Question) join(r Question) Question {
	q.Words = append(slices.Clone(q.Words), r.Words...)
	q.Cues = append(slices.Clone(q.Cues), r.Cues...)
	q.Aside = append(slices.Clone(q.Aside), r.Aside...)
	q.Without = append(slices.Clone(q.Without), r.Without...)
	q.Persons = max(q.Persons, r.Persons)
	q.Topics = append(slices.Clone(q.Topics), r.Topics...)
	q.said = q.said.join(r.said)
	q.TopicWords = append(slices.Clone(q.TopicWords), r.TopicWords...)
	q.Attributes = append(slices.Clone(q.Attributes), r.Attributes...)
	q.AsksAmount, q.AsksTime = q.AsksAmount || r.AsksAmount, q.AsksTime || r.AsksTime
	q.Sizes = append(slices.Clone(q.Sizes), r.Sizes...)
	q.Colours = append(slices.Clone(q.Colours), r.Colours...)
	q.Numbers = append(slices.Clone(q.Numbers), r.Numbers...)
	q.Measures = append(slices.Clone(q.Measures), r.Measures...)
	q.Days = append(slices.Clone(q.Days), r.Days...)
	for _, intent := range r.Wants {
		q.Wants = include(q.Wants, intent)
	}
	q.Asks, q.AsksTotal, q.Cheapest = q.Asks || r.Asks, q.AsksTotal || r.AsksTotal, q.Cheapest || r.Cheapest
	q.AsksLeft = q.AsksLeft || r.AsksLeft
	q.AsksCount, q.Both, q.Options = q.AsksCount || r.AsksCount, q.Both || r.Both, q.Options || r.Options
	q.Lots, q.Codes = append(slices.Clone(q.Lots), r.Lots...), append(slices.Clone(q.Codes), r.Codes...)
	q.Refers = q.Refers || r.Refers
	if len(q.Sides) == 0 {
		q.Sides = r.Sides
	}
	if r.Pieces != "" {
		q.Pieces = r.Pieces
	}
	q.Carried = append(slices.Clone(q.Carried), r.Carried...)
	if q.Extreme == 0 {
		q.Extreme = r.Extreme
	}
	q.Dearest = q.Dearest || r.Dearest
	if r.AtMost != "" {
		q.AtMost, q.AtLeast = r.AtMost, r.AtLeast
	}
	if r.Payments != "" {
		q.Payments = r.Payments
	}
	if r.Spends != "" {
		q.Spends = r.Spends
	}
	return q
}

// of makes one question of what is named before a comma and what is asked of it
// behind: jasmine tea, how many are left?
func (q Question) of(subject Question) Question {
	own := q
	q = subject.join(q)
	q.Intent, q.Tentative = own.Intent, own.Tentative
	q.Words = nil
	for _, w := range append(slices.Clone(subject.Words), own.Words...) {
		q.Words = include(q.Words, w)
	}
	if len(own.Topics) == 0 && len(subject.Topics) > 0 && (own.asksOfRules() || own.Intent == models.IntentOther) {
		q.Intent = models.IntentPolicy
	}
	if len(subject.Words) > 0 {
		q.Own, q.own = own.Words, own.said
	}
	q.Refers = own.Refers && len(subject.Words) == 0
	q.open = false
	return q
}

// alone is a question without what was remarked before its comma.
func (q Question) alone() Question {
	q.Aside = append(slices.Clone(q.Aside), slices.DeleteFunc(slices.Clone(q.Words), func(w string) bool { return slices.Contains(q.Own, w) })...)
	q.Words, q.said, q.Own = q.Own, q.own, nil
	return q
}

// beside gives a question what was remarked just before it: its subject, if
// it has none of its own, else its context.
func (q Question) beside(remark Question, last subject) Question {
	if q.Intent == models.IntentOffTopic {
		return q
	}
	own := q
	q.Aside = append(slices.Clone(q.Aside), remark.Words...)
	if len(own.Words) == 0 && (len(remark.Words) > 1 || len(last.things) == 0) {
		q.said = remark.said.join(q.said)
		q.Words = remark.Words
		q.Refers = q.Refers && len(remark.Words) == 0
		if len(own.Topics) == 0 && len(remark.Topics) > 0 && own.asksOfRules() {
			q.Intent, q.Topics = models.IntentPolicy, remark.Topics
		}
	} else {
		q.Context = append(slices.Clone(q.Context), remark.Words...)
	}
	if len(own.Sides) == 0 {
		q.Sides = remark.Sides
	}
	if len(own.Sizes) == 0 {
		q.Sizes = remark.Sizes
	}
	q.Without, q.Persons = append(slices.Clone(q.Without), remark.Without...), max(q.Persons, remark.Persons)
	q.Colours = append(slices.Clone(q.Colours), remark.Colours...)
	q.Numbers = append(slices.Clone(q.Numbers), remark.Numbers...)
	q.Measures = append(slices.Clone(q.Measures), remark.Measures...)
	q.Days = append(slices.Clone(q.Days), remark.Days...)
	q.Codes = append(slices.Clone(q.Codes), remark.Codes...)
	if q.Pieces == "" {
		q.Pieces = remark.Pieces
	}
	if q.AtMost == "" {
		q.AtMost, q.AtLeast = remark.AtMost, remark.AtLeast
	}
	return q
}
