package documents

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// sets of elements.
var (
	htmlVoid = atoms(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)
	// Elements within a line. They change nothing about the text.
	htmlInline = atoms(0, atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code,
		atom.Data, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.Rp, atom.Rt,
		atom.Ruby, atom.Samp, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var)
	// Elements that aren't what the page says. What is crossed out doesn't
	// hold any more.
	htmlSkipped = atoms(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Select, atom.Textarea,
		atom.Datalist, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Applet, atom.Canvas, atom.Video, atom.Audio, atom.Map,
		atom.Dialog, atom.Noembed, atom.Noframes, atom.Frameset, atom.Progress, atom.Meter, atom.Menu, atom.S, atom.Strike, atom.Del)
	htmlCrossed = atoms(atom.S, atom.Strike, atom.Del)
	// Elements that belong to the site where they stand outside its main part.
	htmlFrame = atoms(atom.Header, atom.Footer, atom.Aside)
	// Elements that the ends of others don't reach out of.
	htmlWalls    = atoms(atom.Table, atom.Td, atom.Th, atom.Caption)
	htmlOfTables = atoms(atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Html, atom.Body)
	htmlPictures = atoms(atom.Img, atom.Svg, atom.Canvas, atom.Video, atom.Object, atom.Embed)
)

var htmlSkippedRoles = map[string]bool{
	"navigation": true, "search": true, "dialog": true, "alertdialog": true, "menu": true, "menubar": true, "toolbar": true,
}

// htmlClosed are the open elements that a start tag ends, up to the element
// that they stand in.
var htmlClosed = map[atom.Atom]struct{ ends, within map[atom.Atom]bool }{
	atom.Li:    {atoms(atom.Li), atoms(atom.Ul, atom.Ol)},
	atom.Dt:    {atoms(atom.Dt, atom.Dd), atoms(atom.Dl)},
	atom.Dd:    {atoms(atom.Dt, atom.Dd), atoms(atom.Dl)},
	atom.Td:    {atoms(atom.Td, atom.Th), atoms(atom.Tr, atom.Table)},
	atom.Th:    {atoms(atom.Td, atom.Th), atoms(atom.Tr, atom.Table)},
	atom.Tr:    {atoms(atom.Tr), atoms(atom.Table)},
	atom.Thead: {atoms(atom.Thead, atom.Tbody, atom.Tfoot), atoms(atom.Table)},
	atom.Tbody: {atoms(atom.Thead, atom.Tbody, atom.Tfoot), atoms(atom.Table)},
	atom.Tfoot: {atoms(atom.Thead, atom.Tbody, atom.Tfoot), atoms(atom.Table)},
}

func atoms(names ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// start opens an element.
func (r *htmlReader) start(tag htmlTag, closed bool) {
	if htmlPictures[tag.name] {
		r.pictures++
	}
	r.seen[tag.name]++
	if htmlVoid[tag.name] {
		r.void(tag.name)
		return
	}
	skip := r.skips(tag)
	switch {
	case closed && r.skipping > 0: // An element of a drawing.
		return
	case htmlInline[tag.name] && !skip && r.skipping == 0:
		if tag.name == atom.A && r.reading() {
			r.link = htmlLink{tag.href, r.text.Len()}
		}
		return
	}
	r.imply(tag.name)
	element := htmlElement{name: tag.name, skip: skip}
	switch tag.role {
	case "main":
		element.as = atom.Main
	case "article":
		element.as = atom.Article
	}
	if element.as == tag.name {
		element.as = 0
	}
	r.push(element)
	if r.reading() {
		r.open[len(r.open)-1].block = true
		r.begin(tag)
	}
}

// skips tells that an element isn't read.
func (r *htmlReader) skips(tag htmlTag) bool {
	frame := htmlFrame[tag.name] || tag.role == "banner" || tag.role == "contentinfo" || tag.role == "complementary"
	switch {
	case tag.hidden, htmlSkippedRoles[tag.role], htmlSkipped[tag.name]:
		return tag.name != atom.Html && tag.name != atom.Body
	case frame:
		return r.count[atom.Main]+r.count[atom.Article] == 0
	case tag.name == atom.Form:
		return !r.scope.forms
	case tag.name == atom.Button:
		return r.heading == 0 && r.count[atom.Dt]+r.count[atom.Summary] == 0 // A button within opens what is below it.
	}
	return false
}

// imply ends the elements that a start tag ends unsaid: a paragraph before each
// block, and the innermost of some others if it is open below what it stands in.
func (r *htmlReader) imply(name atom.Atom) {
	if n := len(r.open); n > 0 && r.open[n-1].name == atom.P && !htmlInline[name] && !htmlCrossed[name] {
		r.pop()
	}
	rule, ok := htmlClosed[name]
	if !ok || r.skipping > 0 {
		return
	}
	for i := len(r.open) - 1; i >= 0; i-- {
		if open := r.open[i].name; rule.within[open] {
			return
		} else if rule.ends[open] {
			r.popTo(i)
			return
		}
	}
}

// end closes the innermost element of a name.
func (r *htmlReader) end(name atom.Atom) {
	if name == atom.Br {
		r.void(name)
		return
	}
	if name == atom.A {
		r.endLink()
	}
	if r.count[name] == 0 {
		return
	}
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == name {
			r.popTo(i)
			return
		}
		if htmlWalls[r.open[i].name] && !htmlOfTables[name] {
			return
		}
	}
}

func (r *htmlReader) popTo(depth int) {
	for len(r.open) > depth {
		r.pop()
	}
}

func (r *htmlReader) push(element htmlElement) {
	r.open = append(r.open, element)
	r.count[element.name]++
	if element.as != 0 {
		r.count[element.as]++
		r.seen[element.as]++
	}
	if element.skip {
		r.skipping++
	}
}

// pop ends the innermost element.
func (r *htmlReader) pop() {
	element := r.open[len(r.open)-1]
	if element.block {
		r.finish(element.name)
	}
	r.open = r.open[:len(r.open)-1]
	r.count[element.name]--
	if element.as != 0 {
		r.count[element.as]--
	}
	if element.skip {
		r.skipping--
	}
}

// void handles an element without content.
func (r *htmlReader) void(name atom.Atom) {
	switch {
	case !r.reading():
	case name == atom.Br:
		r.text.WriteByte('\n')
	case name == atom.Hr:
		r.boundary()
	}
}

// endLink writes a link's URL where it says more than its label. The rest of
// the address of a page of the same site isn't known.
func (r *htmlReader) endLink() {
	link := r.link
	r.link = htmlLink{}
	if link.url == "" || !r.reading() || r.heading > 0 || link.at > r.text.Len() {
		return
	}
	scheme, address, _ := strings.Cut(link.url, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		address = link.url
	case "mailto", "tel":
		address, _, _ = strings.Cut(address, "?")
	default:
		return
	}
	label := clean(r.text.String()[link.at:])
	switch {
	case label == address || len(address) > maxHeading || digitsOf(label) == address && address != "":
	case label == "":
		// A picture, whose address leads nowhere that the text tells of.
	default:
		r.text.WriteString(" (" + address + ")")
	}
}

// digitsOf returns a phone number as links give it.
func digitsOf(label string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, label)
}
