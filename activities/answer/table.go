package answer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// cellsOf splits a row of a table, as Markdown writes it or as documents
// stores it: without the outer bars.
func cellsOf(line string) ([]string, bool) {
	inner, open := strings.CutPrefix(line, "|")
	inner, closed := strings.CutSuffix(inner, "|")
	if !open || !closed {
		inner = line
	}
	ruled := strings.Contains(line, "|") && strings.Trim(line, "-:| ") == ""
	if !open && !ruled && !strings.Contains(line, " | ") && !strings.HasSuffix(line, " |") {
		return nil, false
	}
	cells := strings.Split(inner, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells, true
}

// table is a run of rows made ready to be said.
type table struct {
	head  []string // The names of the columns; none if they aren't known.
	named []bool   // The columns that only their name tells from another.
	rows  [][]string
}

// tableUnits says each row of a table in a sentence of its own. A column's
// name is said only where a cell doesn't speak for itself, but a passage can
// be found by all of them.
func (r *reader) tableUnits(rows [][]string) []unit {
	t := r.readTable(rows)
	names := r.lex.words(strings.Join(t.head, "\n"))
	units := make([]unit, 0, len(t.rows))
	for _, row := range t.rows {
		if text := r.say(t, row); text != "" {
			u := r.unit(text)
			u.names, u.row = names, true
			units = append(units, u)
		}
	}
	return units
}

func (r *reader) readTable(rows [][]string) table {
	ruled := len(rows) > 1 && isRule(rows[1])
	rows = slices.DeleteFunc(slices.Clone(rows), isRule)
	if len(rows) < 2 || (!ruled && !r.isHead(rows[0], rows[1:])) {
		return table{rows: rows}
	}
	t := table{head: rows[0], rows: rows[1:], named: make([]bool, len(rows[0]))}
	kinds := make([][]cellKind, len(t.head))
	for i := range t.head {
		kinds[i] = r.kinds(t.rows, i)
	}
	t.named[0] = !slices.ContainsFunc(kinds[0], func(kind cellKind) bool { return kind != cellMute })
	for _, kind := range []cellKind{cellMoney, cellTime} {
		var holding []int
		for i := 1; i < len(kinds); i++ {
			if slices.Contains(kinds[i], kind) {
				holding = append(holding, i)
			}
		}
		for _, i := range holding {
			t.named[i] = t.named[i] || len(holding) > 1
		}
	}
	return t
}

// isRule reports whether a row is the line below a table's head.
func isRule(row []string) bool {
	return !slices.ContainsFunc(row, func(cell string) bool { return cell == "" || strings.Trim(cell, "-:") != "" })
}

// isHead tells whether the first row names the columns, which the stored form
// doesn't say. It is sure where the corner is empty, or where a column has a
// figure or a mere "yes" in each row but the first. With two columns it can't
// be: "Sunday | closed" may stand above hours. Such a row is said like any
// other, because leaving it out might leave out a fact.
func (r *reader) isHead(first []string, rows [][]string) bool {
	if first[0] == "" {
		return true
	}
	if len(first) == 2 {
		return r.isNarrowHead(first, rows)
	}
	if len(first) < 3 || slices.ContainsFunc(first, func(cell string) bool { return strings.ContainsAny(cell, "@0123456789") }) {
		return false
	}
	for i, name := range first {
		kinds := r.kinds(rows, i)
		if r.kind(name) == cellWords && len(kinds) > 0 && !slices.Contains(kinds, cellWords) {
			return true
		}
	}
	return false
}

// isNarrowHead tells it of two columns: all others have a figure where the first
// has a word, and that neither names a day nor is said of one.
func (r *reader) isNarrowHead(first []string, rows [][]string) bool {
	if strings.ContainsAny(first[0]+first[1], "@0123456789") || policyOf(r.lex.code).daysIn(r.lex.words(first[0])) != 0 {
		return false
	}
	if name := r.lex.words(first[1]); matchAny(r.lex.howLong, name, nil) || matchAny(r.lex.howMuch, name, nil) {
		return true // Named for what stands below it.
	}
	if len(rows) < 3 {
		return false
	}
	for _, row := range rows[1:] {
		if len(row) != 2 || !strings.ContainsAny(row[1], "0123456789") {
			return false
		}
	}
	return true
}

// say joins the cells of a row: the first is what the others are about.
func (r *reader) say(t table, row []string) string {
	var parts []string
	for i, cell := range row {
		if cell == "" {
			continue
		}
		known := len(row) == len(t.head) && t.head[i] != ""
		if known && (t.named[i] || (i > 0 && r.kind(cell) == cellMute)) {
			cell = t.head[i] + ": " + cell
		}
		parts = append(parts, cell)
	}
	for i := range len(parts) - 1 {
		parts[i] = strings.TrimSuffix(parts[i], ".") // The sentence goes on.
	}
	if len(parts) < 2 || row[0] == "" {
		return strings.Join(parts, ", ")
	}
	return parts[0] + " — " + strings.Join(parts[1:], ", ")
}

// cellKind is how much a cell says without the name of its column.
type cellKind int

const (
	cellMute  cellKind = iota // As short as "yes", or a bare figure or measure.
	cellWords                 // Text.
	cellMoney                 // An amount of money.
	cellTime                  // A length of time.
)

// mutest is the number of letters up to which a word says nothing by itself.
const mutest = 3

func (r *reader) kind(cell string) cellKind {
	u := r.unit(cell)
	switch {
	case u.money:
		return cellMoney
	case u.time:
		return cellTime
	case slices.ContainsFunc(u.words, func(w word) bool { return !w.number && utf8.RuneCountInString(w.text) > mutest }):
		return cellWords
	}
	return cellMute
}

// kinds returns the kinds of what stands in a column.
func (r *reader) kinds(rows [][]string, column int) []cellKind {
	var kinds []cellKind
	for _, row := range rows {
		if column < len(row) && row[column] != "" {
			kinds = append(kinds, r.kind(row[column]))
		}
	}
	return kinds
}
