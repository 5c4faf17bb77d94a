// Package commerce brings in what shops sell.
package commerce

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"kedai/models"
)

// Limits of an import.
const (
	maxRows        = 100_000
	maxCellBytes   = 1 << 20
	maxRecordBytes = 16 << 20
	maxVariants    = 2048 // Of one product, as Shopify has it.
	maxShort       = 255  // Characters of a cell that isn't in maxRunes.
)

var maxRunes = map[column]int{columnTitle: 500, columnImage: 2000}

// ReadProducts reads Shopify's product CSV export. Columns are found by the
// names in the first row; unknown ones are ignored. The products are in the
// order of the file and have no IDs.
//
// A row that can't be read is returned in bad, in the order of the file, and
// the rest is imported. A file that isn't such a CSV is a models.Error of
// CodeInvalid, one beyond the limits of CodeTooLarge; both come without products.
func ReadProducts(r io.Reader, currency string) (products []models.Product, bad []models.RowError, err error) {
	if !validCurrency(currency) {
		return nil, nil, models.Errorf(models.CodeInvalid, "The currency %q isn't an ISO 4217 code such as USD.", currency)
	}
	source := &meteredReader{r: r}
	reader, err := newCSVReader(source)
	if err != nil {
		return nil, nil, err
	}
	names, err := reader.Read()
	if err != nil {
		return nil, nil, fileError(err)
	}
	header, err := readHeader(names)
	if err != nil {
		return nil, nil, err
	}

	c := newCatalogue(header, currency)
	for rows := 0; ; rows++ {
		source.meter = 0
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			products, bad = c.finish()
			return products, bad, nil
		}
		if rows == maxRows {
			return nil, nil, models.Errorf(models.CodeTooLarge, "The file has more than %d rows: split it.", maxRows)
		}
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			c.refuse(parse.StartLine, "The quotes of this row aren't closed, or a quote inside a cell isn't doubled.")
			continue
		}
		if err != nil {
			return nil, nil, fileError(err)
		}
		line, _ := reader.FieldPos(0)
		c.add(line, cells)
	}
}

// newCSVReader skips the byte order mark and finds out the separator.
func newCSVReader(r io.Reader) (*csv.Reader, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	head, err := buffered.Peek(64 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fileError(err)
	}
	switch {
	case strings.TrimSpace(string(head)) == "":
		return nil, models.Errorf(models.CodeInvalid, "The file is empty.")
	case strings.HasPrefix(string(head), "\xff\xfe"), strings.HasPrefix(string(head), "\xfe\xff"):
		return nil, models.Errorf(models.CodeInvalid, "The file is UTF-16: save it as CSV in UTF-8.")
	case strings.HasPrefix(string(head), "\xef\xbb\xbf"):
		if _, err := buffered.Discard(3); err != nil {
			return nil, fileError(err)
		}
		head = head[3:]
	}
	reader := csv.NewReader(buffered)
	reader.Comma = separator(string(head))
	reader.FieldsPerRecord = -1
	return reader, nil
}

// separator returns what separates the cells of the first row: spreadsheets
// of many countries write semicolons.
func separator(head string) rune {
	commas, semicolons, quoted := 0, 0, false
	for _, r := range strings.TrimLeft(head, "\r\n") {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == ',':
			commas++
		case r == ';':
			semicolons++
		}
		if r == '\n' && !quoted {
			break
		}
	}
	if semicolons > commas {
		return ';'
	}
	return ','
}

// fileError says why the file as a whole can't be read.
func fileError(err error) error {
	var known *models.Error
	if errors.As(err, &known) {
		return known
	}
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) || errors.Is(err, io.EOF) {
		return models.Errorf(models.CodeInvalid, "The file isn't a CSV: its first row can't be read.")
	}
	return models.Errorf(models.CodeUnavailable, "The file could not be read to its end: %w", err)
}

// meteredReader fails when a single row takes too many bytes, as everything
// after a quote that is never closed would.
type meteredReader struct {
	r     io.Reader
	meter int
}

func (m *meteredReader) Read(p []byte) (int, error) {
	if m.meter > maxRecordBytes {
		return 0, models.Errorf(models.CodeTooLarge, "A row is longer than %d MB: a quote before it may never be closed.", maxRecordBytes>>20)
	}
	n, err := m.r.Read(p)
	m.meter += n
	return n, err
}

func validCurrency(code string) bool {
	if len(code) != 3 {
		return false
	}
	for _, r := range code {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// unreadable says why a row's cells can't be used at all, or returns "".
func unreadable(cells []string) string {
	for _, cell := range cells {
		switch {
		case len(cell) > maxCellBytes:
			return "A cell of this row is longer than 1 MB."
		case !utf8.ValidString(cell):
			return "This row isn't UTF-8: save the file as CSV in UTF-8."
		case strings.ContainsRune(cell, 0):
			return "This row contains a zero byte."
		}
	}
	return ""
}
