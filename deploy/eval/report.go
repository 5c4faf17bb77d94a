package eval

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"kedai/activities/exam"
	"kedai/models"
)

// Exam is how the conversations of shops went.
type Exam struct {
	Provider string        `json:"provider"`
	Passed   int           `json:"passed"`
	Total    int           `json:"total"`
	Took     time.Duration `json:"took_ns"`
	Results  []Result      `json:"results"`
}

// Said is what an agent did in a turn.
type Said struct {
	Action   models.Action `json:"action"`
	Intent   string        `json:"intent,omitempty"`
	Text     string        `json:"text"`
	Evidence []string      `json:"evidence,omitempty"` // Titles of what was retrieved.
}

// Result is how one conversation went.
type Result struct {
	ID       string          `json:"id"`
	Shop     string          `json:"shop"`
	Language models.Language `json:"lang"`
	Category string          `json:"category"`
	Passed   bool            `json:"passed"`
	Turn     int             `json:"turn,omitempty"` // The first that isn't right, from 1.
	Why      string          `json:"why,omitempty"`
	Case     models.TestCase `json:"case"`
	Said     []Said          `json:"said"`
}

// judge compares what was said with what is expected: every turn must be right.
func judge(shop Shop, c models.TestCase, said []Said) *Result {
	r := &Result{ID: c.ID, Shop: shop.Folder, Language: shop.Language, Category: c.Category, Case: c, Said: said}
	for i, turn := range c.Turns {
		why := "no reply came"
		if i < len(said) {
			why = exam.Check(turn.Expect, said[i].Action, said[i].Text)
		}
		if why != "" {
			r.Turn, r.Why = i+1, why
			return r
		}
	}
	r.Passed = true
	return r
}

func (e *Exam) count() {
	e.Total, e.Passed = len(e.Results), 0
	for _, r := range e.Results {
		if r.Passed {
			e.Passed++
		}
	}
}

// Write prints a table by category and language, then for cases that failed
// what was said, retrieved and expected, and lastly how many passed.
func (e *Exam) Write(out io.Writer, verbose bool) error {
	passed, total := map[[2]string]int{}, map[[2]string]int{}
	var categories, languages []string
	for _, r := range e.Results {
		for _, key := range [][2]string{{r.Category, string(r.Language)}, {r.Category, all}, {all, string(r.Language)}, {all, all}} {
			total[key]++
			if r.Passed {
				passed[key]++
			}
		}
		categories, languages = appendNew(categories, r.Category), appendNew(languages, string(r.Language))
	}
	slices.Sort(categories)
	slices.Sort(languages)
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(table, "%s\t%s\t%s\n", e.Provider, strings.Join(languages, "\t"), all)
	for _, category := range append(categories, all) {
		fmt.Fprint(table, category)
		for _, language := range append(slices.Clone(languages), all) {
			key := [2]string{category, language}
			fmt.Fprintf(table, "\t%d/%d", passed[key], total[key])
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, r := range e.Results {
		if !r.Passed || (verbose && e.Total == 1) {
			r.write(out, verbose)
		}
	}
	_, err := fmt.Fprintf(out, "%s took %s\npassed %d of %d\n", e.Provider, e.Took.Round(time.Second), e.Passed, e.Total)
	return err
}

func (r Result) write(out io.Writer, verbose bool) {
	fmt.Fprintf(out, "%s turn %d: %s\n", r.ID, r.Turn, r.Why)
	if !verbose {
		return
	}
	for i, turn := range r.Case.Turns {
		fmt.Fprintf(out, "  > %s\n", strings.Join(turn.Say, "\n  > "))
		if i >= len(r.Said) {
			fmt.Fprintln(out, "  (silence)")
			break
		}
		s := r.Said[i]
		fmt.Fprintf(out, "  < [%s %s] %s\n    retrieved: %s\n    expected: %v, facts %q, not %q\n",
			s.Action, s.Intent, s.Text, strings.Join(s.Evidence, "; "), turn.Expect.Action, turn.Expect.Facts, turn.Expect.Forbid)
	}
}

func appendNew(list []string, value string) []string {
	if slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}
