package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"kedai/activities/retrieval"
	"kedai/models"
)

// Report is the measure of a search over shops.
type Report struct {
	Kedai    Table         `json:"kedai"`
	BM25     Table         `json:"bm25"`         // Plain BM25 on the same texts in the same run.
	Search   time.Duration `json:"search_ns"`    // Median of one search.
	Bare     time.Duration `json:"bare_ns"`      // Median of a bare hybrid query.
	Failures []Failure     `json:"failures"`     // Queries that missed some of what was meant.
	Failed   int           `json:"failed_count"` // How many they are.
}

// Table has means by language and kind; "all" stands for all of either.
type Table map[string]map[string]*Mean

// Failure is a query that missed some of what was meant.
type Failure struct {
	Shop  string   `json:"shop"`
	Kind  string   `json:"kind"`
	ID    string   `json:"id"`
	Query string   `json:"query"`
	Meant []string `json:"meant"`
	Found []string `json:"found"` // The first five.
}

const (
	all = "all"
	// searchDepth is how many hits of each kind are asked for: enough for ten
	// different keys where passages of one policy come up together.
	searchDepth = 30
)

// Retrieval indexes the shops in throw-away accounts, asks all their queries
// and removes what it wrote.
func Retrieval(ctx context.Context, w *retrieval.Weaviate, shops []Shop) (*Report, error) {
	plain, err := w.OpenPlain(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = plain.Drop(context.WithoutCancel(ctx)) }()
	r := &Report{Kedai: Table{}, BM25: Table{}}
	var searches, bares []time.Duration
	for i := range shops {
		m := measurement{w: w, plain: plain, shop: &shops[i], account: uuid.New(), keys: map[uuid.UUID]string{}, report: r}
		if err := m.index(ctx); err != nil {
			return nil, err
		}
		if err := m.ask(ctx); err != nil {
			return nil, err
		}
		searches, bares = append(searches, m.searches...), append(bares, m.bares...)
	}
	if len(searches) == 0 {
		return nil, errors.New("there are no queries in the exam: it needs a queries.jsonl in a shop's folder")
	}
	r.Search, r.Bare = median(searches), median(bares)
	r.Failed = len(r.Failures)
	return r, nil
}

// measurement is that of one shop.
type measurement struct {
	w               *retrieval.Weaviate
	plain           *retrieval.Plain
	shop            *Shop
	account         uuid.UUID
	keys            map[uuid.UUID]string
	report          *Report
	searches, bares []time.Duration
}

func (m *measurement) index(ctx context.Context) error {
	var texts []retrieval.PlainText
	for _, p := range m.shop.Products {
		m.keys[p.ID] = "product:" + p.Handle
		texts = append(texts, retrieval.PlainText{ID: p.ID, Title: p.Title, Text: retrieval.ProductText(&p)})
	}
	if err := m.w.PutProducts(ctx, m.account, m.shop.Language, m.shop.Products); err != nil {
		return err
	}
	for _, p := range m.shop.Policies {
		id := uuid.New()
		m.keys[id] = p.Key
		texts = append(texts, retrieval.PlainText{ID: id, Title: p.Title, Text: p.Text})
		for _, passage := range p.Passages {
			m.keys[passage.ID] = p.Key
		}
		if err := m.w.PutPassages(ctx, m.account, m.shop.Language, p.Title, p.Passages); err != nil {
			return err
		}
	}
	return m.plain.Put(ctx, m.account, texts)
}

func (m *measurement) ask(ctx context.Context) error {
	defer func() { _ = m.w.DropAccount(context.WithoutCancel(ctx), m.account) }()
	for _, q := range m.shop.Queries {
		query := retrieval.Query{Language: m.shop.Language, Text: q.Query, Limit: searchDepth}
		start := time.Now()
		hits, err := m.w.Search(ctx, m.account, query)
		if err != nil {
			return err
		}
		m.searches = append(m.searches, time.Since(start))
		start = time.Now()
		if _, err := m.w.Bare(ctx, m.account, query); err != nil {
			return err
		}
		m.bares = append(m.bares, time.Since(start))
		plain, err := m.plain.Search(ctx, m.account, q.Query, searchDepth)
		if err != nil {
			return err
		}
		m.note(q, m.ranking(idsOf(hits)), m.ranking(plain))
	}
	return nil
}

func idsOf(hits []retrieval.Hit) []uuid.UUID {
	ids := make([]uuid.UUID, len(hits))
	for i, hit := range hits {
		ids[i] = hit.ID
	}
	return ids
}

// ranking returns the keys of hits, each where it comes first.
func (m *measurement) ranking(ids []uuid.UUID) []string {
	var keys []string
	for _, id := range ids {
		if key := m.keys[id]; key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func (m *measurement) note(q SearchQuery, kedai, plain []string) {
	s := score(kedai, q.Relevant)
	m.report.Kedai.add(m.shop.Language, q.Kind, s)
	m.report.BM25.add(m.shop.Language, q.Kind, score(plain, q.Relevant))
	if s.Recall < 1 {
		m.report.Failures = append(m.report.Failures, Failure{
			Shop: m.shop.Folder, Kind: q.Kind, ID: q.ID, Query: q.Query, Meant: meantOf(q.Relevant), Found: kedai[:min(len(kedai), recallDepth)],
		})
	}
}

func meantOf(grades map[string]int) []string {
	var keys []string
	for key, grade := range grades {
		if grade == meant {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func (t Table) add(l models.Language, kind string, s Score) {
	for _, language := range []string{string(l), all} {
		if t[language] == nil {
			t[language] = map[string]*Mean{}
		}
		for _, k := range []string{kind, all} {
			if t[language][k] == nil {
				t[language][k] = &Mean{}
			}
			t[language][k].add(s)
		}
	}
}

func median(list []time.Duration) time.Duration {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// Write prints the report as a table: recall@5 and nDCG@10 by kind and
// language, plain BM25 behind the slash.
func (r *Report) Write(out io.Writer, verbose bool) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	languages := keysOf(r.Kedai)
	fmt.Fprintf(table, "recall@5, nDCG@10 / BM25\t%s\n", strings.Join(languages, "\t"))
	for _, kind := range keysOf(r.Kedai[all]) {
		fmt.Fprint(table, kind)
		for _, l := range languages {
			mine, plain := r.Kedai[l][kind], r.BM25[l][kind]
			if mine == nil {
				fmt.Fprint(table, "\t-")
				continue
			}
			fmt.Fprintf(table, "\t%.2f %.2f / %.2f %.2f", mine.Recall, mine.NDCG, plain.Recall, plain.NDCG)
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "MRR %.2f / BM25 %.2f\n", r.Kedai[all][all].MRR, r.BM25[all][all].MRR)
	if verbose {
		for _, f := range r.Failures {
			fmt.Fprintf(out, "%s %s %q\n  meant %s\n  found %s\n", f.Kind, f.ID, f.Query, strings.Join(f.Meant, " "), strings.Join(f.Found, " "))
		}
	}
	_, err := fmt.Fprintf(out, "a search %s, a bare hybrid query %s (medians)\nall found for %d of %d queries\n",
		r.Search.Round(10*time.Microsecond), r.Bare.Round(10*time.Microsecond), r.Kedai[all][all].Queries-r.Failed, r.Kedai[all][all].Queries)
	return err
}

// keysOf returns a map's keys in order, "all" last.
func keysOf[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		if key != all {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return append(keys, all)
}
