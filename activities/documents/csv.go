package documents

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"

	"kedai/models"
)

// maxName is how much of a column's name is repeated in each row.
const maxName = 80

// readCSV reads a table whose first row names its columns. Each row becomes a
// paragraph, "Name: value; Name: value", which is understood without the table.
func readCSV(ctx context.Context, text string) (string, error) {
	text = strings.TrimLeft(text, "\n")
	// A spreadsheet's hint for other spreadsheets.
	comma := rune(0)
	if rest, hinted := strings.CutPrefix(text, "sep="); hinted {
		if line, after, _ := strings.Cut(rest, "\n"); len(line) == 1 && strings.ContainsAny(line, ",;\t") {
			comma, text = rune(line[0]), after
		}
	}
	if comma == 0 {
		comma = separator(text)
	}
	if err := narrowRows(text, byte(comma)); err != nil {
		return "", err
	}
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma = comma
	rows.FieldsPerRecord = -1
	rows.ReuseRecord = true
	var names []string
	var c composer
	for n := 0; !c.full() && ctx.Err() == nil; {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF) && names == nil:
			return "", noText(false)
		case errors.Is(err, io.EOF) && c.empty():
			return "", models.Errorf(models.CodeInvalid, "The table has no rows below its first one, which has to name the columns.")
		case errors.Is(err, io.EOF):
			return c.text()
		case err != nil:
			return "", badRow(err)
		case filled(row) == 0:
			continue
		case names == nil:
			if names, err = columnNames(row); err != nil {
				return "", err
			}
			continue
		}
		if n++; n > maxRows {
			return "", models.Errorf(models.CodeTooLarge, "The table has more than %d rows: split it.", maxRows)
		}
		line, _ := rows.FieldPos(0)
		if filled(row) > len(names) {
			return "", models.Errorf(models.CodeInvalid, "Line %d has a value in a column without a name: the first row has to name all columns.", line)
		}
		c.paragraph(sentence(names, row))
	}
	return c.text()
}

// sentence joins a row's values with the names of their columns.
func sentence(names, row []string) string {
	var parts []string
	for i, value := range row {
		value = clean(value)
		if value != "" {
			parts = append(parts, names[i]+": "+value)
		}
	}
	return strings.Join(parts, "; ")
}

// columnNames returns the names that the first row gives. A row of figures
// alone isn't one of names.
func columnNames(row []string) ([]string, error) {
	names := make([]string, filled(row))
	named := false
	for i := range names {
		names[i] = strings.TrimSuffix(shorten(clean(row[i]), maxName), ":")
		named = named || strings.ContainsFunc(names[i], unicode.IsLetter)
		if names[i] == "" {
			return nil, models.Errorf(models.CodeInvalid, "Column %d has no name: the first row has to name all columns.", i+1)
		}
	}
	if !named {
		return nil, models.Errorf(models.CodeInvalid, "The first row has to name the columns.")
	}
	return names, nil
}

// separator returns what stands most often between the names of the columns.
func separator(text string) rune {
	counts := map[byte]int{}
	quoted := false
scan:
	for i := range len(text) {
		switch b := text[i]; b {
		case '"':
			quoted = !quoted
		case ',', ';', '\t':
			if !quoted {
				counts[b]++
			}
		case '\n':
			if !quoted {
				break scan
			}
		}
	}
	best := byte(',')
	for _, b := range []byte{';', '\t'} {
		if counts[b] > counts[best] {
			best = b
		}
	}
	return rune(best)
}

// narrowRows refuses rows of too many columns before the reader makes values
// of them.
func narrowRows(text string, comma byte) error {
	quoted, columns := false, 1
	for i := range len(text) {
		switch text[i] {
		case '"':
			quoted = !quoted
		case '\n':
			if !quoted {
				columns = 1
			}
		case comma:
			if quoted {
				continue
			}
			if columns++; columns > maxColumns {
				return models.Errorf(models.CodeTooLarge, "The table has more than %d columns: leave out those that customers don't ask for.", maxColumns)
			}
		}
	}
	return nil
}

// badRow names the line of a mistake.
func badRow(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return models.Errorf(models.CodeInvalid, "The table can't be read: save it as CSV again.")
	}
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		return models.Errorf(models.CodeInvalid, "The quotation marks of the row that begins in line %d don't match: close them, and double those within values.", parse.StartLine)
	}
	return models.Errorf(models.CodeInvalid, "Line %d can't be read: save the table as CSV again.", parse.Line)
}
