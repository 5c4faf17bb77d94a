package answer

import "slices"

// mostRows is up to how many rows a table is said whole where nothing tells
// them apart.
const mostRows = 3

// likeRow is what a word counts for a row that it is merely like.
const likeRow = 0.6

// fittingRows returns a passage's units without the rows of tables that are
// about another place or another service than is asked for.
func (r *reader) fittingRows(it *item, a asking) []unit {
	rows := slices.DeleteFunc(slices.Clone(it.units), func(u unit) bool { return !u.row })
	if len(rows) < 2 {
		return it.units
	}
	rows = r.rowsNamed(rows, a)
	kept, placed := r.rowsOfPlace(r.rowsOfSpeed(rows, a), a)
	if len(kept) == 0 {
		kept, placed = r.rowsOfPlace(rows, a)
	}
	kept = r.rowsOfWords(kept, a, placed)
	return slices.DeleteFunc(slices.Clone(it.units), func(u unit) bool {
		return u.row && !slices.ContainsFunc(kept, func(k unit) bool { return k.text == u.text })
	})
}

// rowsNamed keeps the rows of the service that the question names, such as
// standard, where it names one by the table's own word.
func (r *reader) rowsNamed(rows []unit, a asking) []unit {
	for _, t := range a.terms {
		if len(t.word.text) < 4 || matchAny(r.lex.timeUnit, []word{t.word}, nil) {
			continue
		}
		named := slices.DeleteFunc(slices.Clone(rows), func(u unit) bool {
			return !slices.ContainsFunc(u.words, func(w word) bool { return w.stem == t.word.stem })
		})
		if len(named) > 0 && len(named) < len(rows) {
			return named
		}
	}
	return rows
}

// rowsOfSpeed leaves out the rows of a fast service that isn't asked for.
func (r *reader) rowsOfSpeed(rows []unit, a asking) []unit {
	if len(a.places) == 0 || matchAny(a.customer.express, a.words, nil) {
		return rows
	}
	express := policyOf(r.lex.code).express
	return slices.DeleteFunc(slices.Clone(rows), func(u unit) bool { return matchAny(express, u.words, nil) })
}

// rowsOfPlace keeps the rows that serve best for the place asked about. Where
// none does, none is kept: the shop doesn't send there.
func (r *reader) rowsOfPlace(rows []unit, a asking) ([]unit, bool) {
	about := slices.ContainsFunc(rows, func(u unit) bool { return len(placesIn(r.lex, u.words)) > 0 })
	if len(a.places) == 0 || !about {
		return rows, false
	}
	var kept []unit
	for _, p := range a.places {
		values := make([]float64, len(rows))
		top := 0.0
		for i, u := range rows {
			values[i] = r.servesPlace(p, u)
			top = max(top, values[i])
		}
		if top == 0 && r.liesIn(rows, p) {
			return rows, false // It is asked about as a whole.
		}
		for i, u := range rows {
			if top > 0 && values[i] == top {
				kept = append(kept, u)
			}
		}
	}
	return kept, true
}

// liesIn reports whether rows name places that lie in one.
func (r *reader) liesIn(rows []unit, p place) bool {
	return slices.ContainsFunc(rows, func(u unit) bool {
		return slices.ContainsFunc(placesIn(r.lex, u.words), func(named place) bool { return slices.Contains(named.within, p.id) })
	})
}

// rowsOfWords keeps the rows that hold most of the question's words that tell
// rows apart. A fast service is said to nobody who doesn't ask for it, once
// the rows are of one place or many.
func (r *reader) rowsOfWords(rows []unit, a asking, placed bool) []unit {
	p := policyOf(r.lex.code)
	if len(rows) < 2 {
		return rows
	}
	if fast := func(u unit) bool { return matchAny(p.express, u.words, nil) }; !matchAny(a.customer.express, a.words, nil) {
		if slow := slices.DeleteFunc(slices.Clone(rows), fast); len(slow) > 0 && (placed || len(rows) > mostRows) {
			rows = slow
		}
	} else if quick := slices.DeleteFunc(slices.Clone(rows), func(u unit) bool { return !fast(u) }); len(quick) > 0 {
		rows = quick
	}
	scores := make([]float64, len(rows))
	top := 0.0
	for _, t := range a.terms {
		held := 0
		values := make([]float64, len(rows))
		for i, u := range rows {
			if values[i] = sharp(best(t.word, u.words)); values[i] > 0.5 {
				held++
			}
			if values[i] < 1 {
				values[i] *= likeRow // Rows differ by their very names.
			}
		}
		if held == 0 || held == len(rows) {
			continue
		}
		for i := range rows {
			scores[i] += t.weight * values[i] * values[i]
			top = max(top, scores[i])
		}
	}
	if top < 0.8 {
		return rows
	}
	var kept []unit
	for i, u := range rows {
		if scores[i] >= 0.7*top {
			kept = append(kept, u)
		}
	}
	return kept
}
