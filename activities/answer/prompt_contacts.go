package answer

import (
	"regexp"
	"strings"
)

// What contacts look like, once spaces and dashes are plain: of any script, and
// phone numbers without their area too.
var (
	mailbox = regexp.MustCompile(`[\pL\d._%+'\-]+@[\pL\d\-]+(?:\.[\pL\d\-]+)*`)
	dialled = regexp.MustCompile(`\+?\(?\d[\d \-()./]{5,19}\d`)

	// amounts are what looks like a phone number and is none: a range of amounts,
	// a day, or, where it is short, an amount.
	amounts     = regexp.MustCompile(`^(?:\d{1,3}(?:[. ]\d{3})+ ?- ?\d{1,3}(?:[. ]\d{3})+|\d{4}-\d{2}-\d{2}(?: \d{1,2})?|\d{1,2}[./-]\d{1,2}[./-]\d{4})$`)
	shortAmount = regexp.MustCompile(`^(?:\d+(?:[. ]\d{3})*(?:\.\d{1,2})?|\d{1,3}(?:[. ]\d{3})*0 ?- ?\d{1,3}(?:[. ]\d{3})*0|\d+0 ?- ?\d+0)$`)
)

var plainMarks = strings.NewReplacer(
	"\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-", "\uff20", "@",
)

// localPhone is how many digits a phone number has at least that is written
// without its area.
const localPhone = 7

// withoutContacts takes e-mail addresses and phone numbers out of what people
// wrote: code looks orders up by them, and a model has no use for them. What
// only words tell, such as where somebody lives, stays.
func withoutContacts(text string) string {
	text = mailbox.ReplaceAllString(plainMarks.Replace(text), "[e-mail]")
	return dialled.ReplaceAllStringFunc(text, func(found string) string {
		_, long := phoneOf(found, leastPhone)
		_, local := phoneOf(found, localPhone)
		if amounts.MatchString(found) || !long && (!local || shortAmount.MatchString(found)) {
			return found
		}
		return "[phone]"
	})
}
