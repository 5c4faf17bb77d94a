package documents

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// docxLevels is how deep lists of Word nest.
const docxLevels = 9

// maxStyles is how many styles, lists and links are looked at, each.
const maxStyles = 10_000

// docxBases is how many styles are followed that are based on each other.
const docxBases = 10

var docxHeading = regexp.MustCompile(`(?i)^heading ([1-9])$`)

// docxStyle is what matters of a style.
type docxStyle struct {
	name, base    string
	outline, list string
	heading       int
	contents      bool // A line of the table of contents.
}

// docxStyles are the styles by their IDs.
type docxStyles struct {
	byID map[string]*docxStyle
	open *docxStyle
}

// element handles a start tag of the part styles.xml.
func (s *docxStyles) element(e xml.StartElement, _ *xmlCursor) error {
	switch e.Name.Local {
	case "style":
		if s.byID == nil {
			s.byID = map[string]*docxStyle{}
		}
		s.open = &docxStyle{}
		if attribute(e, "type") == "paragraph" && len(s.byID) < maxStyles {
			s.byID[attribute(e, "styleId")] = s.open
		}
	case "docDefaults", "latentStyles":
		s.open = nil
	}
	if s.open == nil {
		return nil
	}
	switch value := attribute(e, "val"); e.Name.Local {
	case "name":
		s.open.name = value
	case "basedOn":
		s.open.base = value
	case "outlineLvl":
		s.open.outline = value
	case "numId":
		s.open.list = value
	}
	return nil
}

// resolve returns a style with what it takes from those it is based on.
func (s *docxStyles) resolve(id string) docxStyle {
	var all docxStyle
	for range docxBases {
		style := s.byID[id]
		if style == nil {
			break
		}
		if all.heading == 0 {
			if m := docxHeading.FindStringSubmatch(style.name); m != nil {
				all.heading, _ = strconv.Atoi(m[1])
			} else if strings.EqualFold(style.name, "title") {
				all.heading = 1
			}
		}
		if all.outline == "" {
			all.outline = style.outline
		}
		if all.list == "" {
			all.list = style.list
		}
		name := strings.ToLower(style.name)
		all.contents = all.contents || strings.HasPrefix(name, "toc ") || name == "table of figures"
		id = style.base
	}
	return all
}

// heading returns the level of a paragraph that is a heading, else 0.
func (p *docxParagraph) heading(style docxStyle) int {
	for _, outline := range []string{p.outline, style.outline} {
		if level, err := strconv.Atoi(outline); err == nil && level >= 0 {
			if level < docxLevels {
				return level + 1
			}
			return 0
		}
	}
	return style.heading
}

// listed returns the list that a paragraph is an item of, if any.
func (p *docxParagraph) listed(style docxStyle) string {
	list := p.list
	if list == "" {
		list = style.list
	}
	if list == "0" {
		return ""
	}
	return list
}

// docxNumbering tells which lists have numbers.
type docxNumbering struct {
	abstract map[string]*[docxLevels]bool // Numbered or not, by level.
	lists    map[string]string            // The abstract list of each list.
	open     *[docxLevels]bool
	level    int
	list     string
}

// element handles a start tag of the part numbering.xml.
func (n *docxNumbering) element(e xml.StartElement, _ *xmlCursor) error {
	value := attribute(e, "val")
	switch e.Name.Local {
	case "abstractNum":
		if n.abstract == nil {
			n.abstract, n.lists = map[string]*[docxLevels]bool{}, map[string]string{}
		}
		n.open = &[docxLevels]bool{}
		if len(n.abstract) < maxStyles {
			n.abstract[attribute(e, "abstractNumId")] = n.open
		}
	case "lvl":
		n.level = docxLevel(attribute(e, "ilvl"))
	case "numFmt":
		if n.open != nil {
			n.open[n.level] = value != "bullet" && value != "none"
		}
	case "num":
		n.open, n.list = nil, attribute(e, "numId")
	case "abstractNumId":
		if n.lists != nil && len(n.lists) < maxStyles {
			n.lists[n.list] = value
		}
	}
	return nil
}

// docxLevel reads the level of a list.
func docxLevel(text string) int {
	level, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return min(max(level, 0), docxLevels-1)
}

// count returns the number of the next item of a list, 0 if it has none.
func (r *docxReader) count(list string, level int) int {
	numbered := r.numbering.abstract[r.numbering.lists[list]]
	if numbered == nil || !numbered[level] {
		return 0
	}
	counter := r.counters[list]
	if counter == nil {
		counter = &[docxLevels]int{}
		r.counters[list] = counter
	}
	counter[level]++
	for i := level + 1; i < docxLevels; i++ {
		counter[i] = 0
	}
	return counter[level]
}

// relation handles a start tag of the part that has the targets of links.
func (r *docxReader) relation(e xml.StartElement, _ *xmlCursor) error {
	target := attribute(e, "Target")
	scheme, address, _ := strings.Cut(target, ":")
	if e.Name.Local != "Relationship" || attribute(e, "TargetMode") != "External" || len(r.links) >= maxStyles || len(target) > maxHeading {
		return nil
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
		r.links[attribute(e, "Id")] = target
	case "mailto", "tel":
		r.links[attribute(e, "Id")], _, _ = strings.Cut(address, "?")
	}
	return nil
}
