package answer

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"kedai/models"
)

// Talk is a conversation that was handed over, as its note sums it up.
type Talk struct {
	Language models.Language // That the note is written in.
	Shop     string          // Its name.
	Reason   models.HandoffReason
	Lines    []TalkLine // Oldest first.
}

// TalkLine is something that was said, with what the agent rested it on.
type TalkLine struct {
	Line
	Intent models.Intent // Of the agent's reply, as the two below.
	Action models.Action
	Cited  []models.Evidence
}

// noteHistory is how many lines of a talk a model is shown: the newest.
const noteHistory = 60

// Turn returns the talk as an engine sees it: what nobody has answered is the
// burst, the rest its history.
func (t Talk) Turn(now time.Time) Turn {
	out := Turn{Language: t.Language, Shop: t.Shop, Now: now}
	lines := t.Lines[max(0, len(t.Lines)-noteHistory):]
	answered := len(lines)
	for answered > 0 && lines[answered-1].From == Customer {
		answered--
	}
	for i, line := range lines {
		if i < answered {
			out.History = append(out.History, line.Line)
		} else {
			out.Messages = append(out.Messages, line.Text)
		}
	}
	return out
}

// How long a note may be, and each thing in it, in letters.
const (
	MaxNote   = 1_200
	noteLine  = 160
	noteOpen  = 220
	noteTitle = 40
	noteName  = 24
)

// How many things of one kind a note names.
const (
	noteProducts = 4
	noteOrders   = 3
	noteSources  = 3
	noteReplies  = 2 // To one question: the newest.
)

// Note composes the note of a handoff: what was asked and answered in the words
// in which it was, what was spoken of, why it was handed over and what is still
// open. It says nothing that doesn't stand in the talk. Of a long talk it has
// the newest questions and tells how many it leaves out.
func Note(t Talk) string {
	words := noteWordsOf(t.Language)
	spoken, open := exchanges(t.Lines)
	var end []string
	for _, list := range []struct {
		label string
		items []string
		most  int
	}{
		{words.products, t.products(), noteProducts},
		{words.orders, t.orders(), noteOrders},
		{words.sources, t.sources(), noteSources},
	} {
		if text := listed(list.items, list.most); text != "" {
			end = append(end, list.label+": "+text)
		}
	}
	end = append(end, words.because+": "+words.reason(t.Reason))
	if open != "" {
		end = append(end, words.open+": "+shorten(open, noteOpen))
	}
	free := MaxNote - room(end) - utf8.RuneCountInString(words.earlier) - len(strconv.Itoa(len(spoken))) - 1
	var told []string
	left := len(spoken)
	for ; left > 0; left-- {
		block := spoken[left-1].tell(words)
		if free -= room(block); free < 0 {
			break
		}
		told = append(block, told...)
	}
	if left > 0 {
		told = append([]string{fill(words.earlier, "{count}", strconv.Itoa(left))}, told...)
	}
	return strings.Join(append(told, end...), "\n")
}

// room counts the letters of lines with their ends.
func room(lines []string) int {
	n := 0
	for _, line := range lines {
		n += utf8.RuneCountInString(line) + 1
	}
	return n
}

// exchange is what a customer said and what was replied to it.
type exchange struct {
	asked   string
	replies []TalkLine
}

// exchanges pairs what was asked with its replies. Small talk is left out; what
// has no reply is open.
func exchanges(lines []TalkLine) (spoken []exchange, open string) {
	var now exchange
	keep := func() {
		if len(now.replies) > 0 && !now.smallTalk() {
			spoken = append(spoken, now)
		}
	}
	for _, line := range lines {
		text := oneLine(line.Text)
		switch {
		case text == "":
		case line.From != Customer:
			now.replies = append(now.replies, line)
		case len(now.replies) > 0:
			keep()
			now = exchange{asked: text}
		case now.asked == "":
			now.asked = text
		default:
			now.asked += " / " + text
		}
	}
	keep()
	if len(now.replies) == 0 {
		open = now.asked
	}
	return spoken, open
}

// smallTalk reports whether nothing was asked: greetings and thanks that the
// agent alone returned.
func (e exchange) smallTalk() bool {
	return !slices.ContainsFunc(e.replies, func(r TalkLine) bool {
		polite := r.Intent == models.IntentGreeting || r.Intent == models.IntentThanks || r.Intent == models.IntentGoodbye
		return r.From != Agent || r.Action != models.ActionAnswer || len(r.Cited) > 0 || !polite
	})
}

func (e exchange) tell(words noteWords) []string {
	var out []string
	if e.asked != "" {
		out = append(out, words.asked+": "+shorten(e.asked, noteLine))
	}
	for _, r := range e.replies[max(0, len(e.replies)-noteReplies):] {
		label := words.answered
		switch {
		case r.From == Person:
			label = words.person
		case r.Action == models.ActionClarify:
			label = words.clarified
		case r.Action == models.ActionDecline:
			label = words.declined
		}
		out = append(out, label+": "+shorten(r.Text, noteLine))
	}
	return out
}

// cited calls see for each piece of evidence that was told, the newest first.
func (t Talk) cited(see func(*models.Evidence)) {
	for _, line := range slices.Backward(t.Lines) {
		for i := range line.Cited {
			see(&line.Cited[i])
		}
	}
}

// products names what was spoken of, each product once.
func (t Talk) products() (out []string) {
	known := map[uuid.UUID]bool{}
	t.cited(func(e *models.Evidence) {
		if p := e.Product; p != nil && !known[p.ID] {
			known[p.ID] = true
			out = include(out, shorten(p.Title, noteTitle))
		}
	})
	return out
}

// orders names the orders that were spoken of, as they stood when they were
// spoken of last.
func (t Talk) orders() (out []string) {
	known := map[string]bool{}
	states := lexiconOf(t.Language).orders.states
	t.cited(func(e *models.Evidence) {
		if o := e.Order; o != nil && !known[o.Name] {
			known[o.Name] = true
			out = append(out, shorten(o.Name, noteName)+" ("+states[phaseOf(o)]+")")
		}
	})
	return out
}

// sources names the sources that answers were taken from.
func (t Talk) sources() (out []string) {
	t.cited(func(e *models.Evidence) {
		if p := e.Passage; p != nil && len(p.Headings) > 0 {
			out = include(out, shorten(p.Headings[0], noteTitle))
		}
	})
	return out
}

// listed joins items up to a number of them, and tells how many are left out.
func listed(items []string, most int) string {
	text := strings.Join(items[:min(len(items), most)], "; ")
	if len(items) > most {
		text += " (+" + strconv.Itoa(len(items)-most) + ")"
	}
	return text
}

// shorten returns a text in one line of at most so many letters, cut between
// words where one ends in time.
func shorten(text string, most int) string {
	text = oneLine(text)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most-1])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRightFunc(cut, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}

// oneLine keeps what somebody wrote from looking like a line of the note.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
