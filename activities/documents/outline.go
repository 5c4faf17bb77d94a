package documents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths in characters.
const (
	maxPassage = 900 // Longer ones hold several answers and rank badly.
	maxHeading = 200
	maxLead    = 200
)

// outline cuts a text into passages. Each heading begins a new one; within a
// section whole paragraphs and lines are put together as far as they fit.
type outline struct {
	title    string
	titled   bool       // The heading that is the title has passed.
	headings []levelled // Below the title, the outermost first.
	section  []unit
	untold   bool // The newest heading has had nothing below it yet.
	passages []Passage
}

type levelled struct {
	level int
	text  string
}

// unit is a piece of text that stays in one piece if it can.
type unit struct {
	text      string
	tie       string // What stands between it and the unit before.
	lead      string // A line that goes before it where it begins a passage, or empty.
	paragraph bool
}

func newOutline(title string) *outline { return &outline{title: title} }

// heading begins a section. The first one is the title and begins none.
func (o *outline) heading(level int, text string) {
	if text == "" {
		return
	}
	o.flush()
	if !o.titled {
		o.titled = true
		return
	}
	keep := len(o.headings)
	for keep > 0 && o.headings[keep-1].level >= level {
		keep--
	}
	if keep < len(o.headings) {
		o.tell()
	}
	o.headings = append(o.headings[:keep:keep], levelled{level: level, text: text})
	o.untold = true
}

// paragraph adds a paragraph.
func (o *outline) paragraph(text string) {
	if text = foldLines(text); text != "" {
		o.section = append(o.section, unit{text: text, tie: "\n\n", paragraph: true})
	}
}

// line adds an item or a row; lead is repeated where it begins a passage.
func (o *outline) line(text, lead string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	tie := "\n"
	if lead == "" && len(o.section) > 0 && o.section[len(o.section)-1].paragraph {
		tie = "\n\n"
	}
	if utf8.RuneCountInString(lead) > maxLead {
		lead = ""
	}
	o.section = append(o.section, unit{text: text, tie: tie, lead: lead})
}

// introduction returns the paragraph above if it introduces what follows.
func (o *outline) introduction() string {
	if len(o.section) == 0 {
		return ""
	}
	if above := o.section[len(o.section)-1].text; strings.HasSuffix(above, ":") && !strings.Contains(above, "\n") {
		return above
	}
	return ""
}

// finish returns the passages.
func (o *outline) finish() []Passage {
	o.flush()
	o.tell()
	return o.passages
}

// tell makes a passage of a heading with nothing below it: it may say all
// there is to say.
func (o *outline) tell() {
	if o.untold {
		last := len(o.headings) - 1
		o.passages = append(o.passages, Passage{Headings: o.path(last), Text: o.headings[last].text})
		o.untold = false
	}
}

// path returns the title and the first n headings.
func (o *outline) path(n int) []string {
	path := append(make([]string, 0, n+1), o.title)
	for _, h := range o.headings[:n] {
		path = append(path, h.text)
	}
	return path
}

// flush makes passages of the section.
func (o *outline) flush() {
	var text string
	emit := func() {
		if text != "" {
			o.passages = append(o.passages, Passage{Headings: o.path(len(o.headings)), Text: text})
			o.untold = false
			text = ""
		}
	}
	for _, u := range o.section {
		for i, piece := range pieces(u.text) {
			if i == 0 {
				piece.tie = u.tie
			}
			if text != "" && length(text)+length(piece.tie)+length(piece.text) > maxPassage {
				emit()
			}
			switch {
			case text != "":
				text += piece.tie + piece.text
			case u.lead != "" && length(u.lead)+1+length(piece.text) <= maxPassage:
				text = strings.TrimLeft(u.lead, " ") + "\n" + piece.text
			default:
				text = strings.TrimLeft(piece.text, " ")
			}
		}
	}
	emit()
	o.section = nil
}

func length(text string) int { return utf8.RuneCountInString(text) }

// ways to cut a text that is too long for one passage, the best first, and
// what stands between what they cut.
var ways = []struct {
	cut func(string) []string
	tie string
}{{cutLines, "\n"}, {cutSentences, " "}, {strings.Fields, " "}, {cutAnywhere, ""}}

// pieces cuts a text into parts that fit into a passage each.
func pieces(text string) []unit {
	if length(text) <= maxPassage {
		return []unit{{text: text}}
	}
	for _, way := range ways {
		parts := way.cut(text)
		if len(parts) < 2 {
			continue
		}
		var all []unit
		for _, part := range parts {
			inner := pieces(part)
			inner[0].tie = way.tie
			all = append(all, inner...)
		}
		return all
	}
	return []unit{{text: text}}
}

func cutAnywhere(text string) []string {
	var parts []string
	for part := range slices.Chunk([]rune(text), maxPassage) {
		parts = append(parts, string(part))
	}
	return parts
}

func cutLines(text string) []string { return strings.Split(text, "\n") }

// cutSentences cuts after a full stop, question or exclamation mark that white
// space and something other than a small letter follow.
func cutSentences(text string) []string {
	var sentences []string
	runes := []rune(text)
	begin := 0
	for i := 0; i+1 < len(runes); i++ {
		if !strings.ContainsRune(".!?…", runes[i]) {
			continue
		}
		end := i + 1
		for end < len(runes) && strings.ContainsRune(`"')]»”’`, runes[end]) {
			end++
		}
		if end+1 < len(runes) && unicode.IsSpace(runes[end]) && !unicode.IsLower(runes[end+1]) {
			sentences = append(sentences, string(runes[begin:end]))
			begin = end + 1
			i = end
		}
	}
	return append(sentences, string(runes[begin:]))
}

// shorten cuts a text to at most n characters, between words.
func shorten(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	cut := string(runes[:n-1])
	if space := strings.LastIndex(cut, " "); space > 0 {
		cut = cut[:space]
	}
	return cut + "…"
}
