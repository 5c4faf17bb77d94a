// Package eval measures search and answers with the shops of an exam: folders
// of one small store per language with queries and conversations.
package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/google/uuid"

	"kedai/activities/commerce"
	"kedai/activities/documents"
	"kedai/models"
)

// Shop is a shop folder in one language.
type Shop struct {
	Folder   string // Such as apparel/es.
	Name     string
	Language models.Language
	Currency string
	Now      time.Time
	Products []models.Product
	Policies []Policy
	Queries  []SearchQuery
	Cases    []models.TestCase
	Files    map[string][]byte // products.csv and orders.json as they are.
}

// Policy is a knowledge source of a shop.
type Policy struct {
	Key      string // policy:<file without .md>
	File     string
	Title    string
	Text     string
	Passages []models.Passage
}

// SearchQuery is a labelled query: what a search should bring up, by key, with
// grade 2 for what was meant and 1 for what helps.
type SearchQuery struct {
	ID       string         `json:"id"`
	Language string         `json:"lang"`
	Kind     string         `json:"kind"`
	Query    string         `json:"query"`
	Relevant map[string]int `json:"relevant"`
}

// Load reads the shops of an exam folder; shop and language narrow them unless
// empty.
func Load(exam fs.FS, shop, language string) ([]Shop, error) {
	files, err := fs.Glob(exam, "*/*/shop.json")
	if err != nil {
		return nil, err
	}
	var shops []Shop
	for _, file := range files {
		folder := path.Dir(file)
		if (shop != "" && path.Dir(folder) != shop) || (language != "" && path.Base(folder) != language) {
			continue
		}
		s, err := loadShop(exam, folder)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", folder, err)
		}
		shops = append(shops, s)
	}
	if len(shops) == 0 {
		return nil, errors.New("there are no such shops in the exam: it needs folders <shop>/<language> with a shop.json")
	}
	return shops, nil
}

func loadShop(exam fs.FS, folder string) (Shop, error) {
	s := Shop{Folder: folder}
	raw, err := fs.ReadFile(exam, path.Join(folder, "shop.json"))
	if err != nil {
		return s, err
	}
	var about struct {
		Name, Currency, Language string
		Now                      time.Time
	}
	if err := json.Unmarshal(raw, &about); err != nil {
		return s, fmt.Errorf("shop.json: %w", err)
	}
	s.Name, s.Currency, s.Language, s.Now = about.Name, about.Currency, models.Language(about.Language), about.Now
	if err := s.loadProducts(exam); err != nil {
		return s, fmt.Errorf("products.csv: %w", err)
	}
	if err := s.loadPolicies(exam); err != nil {
		return s, err
	}
	if err := lines(exam, path.Join(folder, "queries.jsonl"), &s.Queries); err != nil {
		return s, err
	}
	if err := lines(exam, path.Join(folder, "cases.jsonl"), &s.Cases); err != nil {
		return s, err
	}
	for _, c := range s.Cases {
		if err := c.Check(); err != nil {
			return s, fmt.Errorf("cases.jsonl, %q: %w", c.ID, err)
		}
	}
	return s, nil
}

func (s *Shop) loadProducts(exam fs.FS) error {
	raw, err := fs.ReadFile(exam, path.Join(s.Folder, "products.csv"))
	if err != nil {
		return err
	}
	s.Files = map[string][]byte{"products.csv": raw}
	orders, err := fs.ReadFile(exam, path.Join(s.Folder, "orders.json"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		s.Files["orders.json"] = orders
	}
	products, bad, err := commerce.ReadProducts(bytes.NewReader(raw), s.Currency)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return fmt.Errorf("line %d: %s", bad[0].Line, bad[0].Message)
	}
	for i := range products {
		products[i].ID = uuid.NewSHA1(uuid.NameSpaceURL, []byte(s.Folder+"/"+products[i].Handle))
	}
	s.Products = products
	return nil
}

func (s *Shop) loadPolicies(exam fs.FS) error {
	files, err := fs.Glob(exam, path.Join(s.Folder, "policies", "*.md"))
	if err != nil {
		return err
	}
	for _, file := range files {
		raw, err := fs.ReadFile(exam, file)
		if err != nil {
			return err
		}
		document, err := documents.ReadMarkdown(path.Base(file), raw)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		p := Policy{File: file, Key: "policy:" + strings.TrimSuffix(path.Base(file), ".md"), Title: document.Title, Text: string(raw)}
		source := uuid.NewSHA1(uuid.NameSpaceURL, []byte(file))
		for i, passage := range document.Passages {
			p.Passages = append(p.Passages, models.Passage{ID: documents.PassageID(source, i), N: i, Headings: passage.Headings, Text: passage.Text})
		}
		s.Policies = append(s.Policies, p)
	}
	return nil
}

// lines reads a file of a JSON value per line; without the file there are none.
func lines[T any](exam fs.FS, name string, into *[]T) error {
	file, err := exam.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	for n := 1; scanner.Scan(); n++ {
		if strings.TrimSpace(scanner.Text()) == "" {
			continue
		}
		var value T
		// A misspelt field would pass for an expectation that holds.
		decoder := json.NewDecoder(bytes.NewReader(scanner.Bytes()))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&value); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, n, err)
		}
		*into = append(*into, value)
	}
	return scanner.Err()
}
