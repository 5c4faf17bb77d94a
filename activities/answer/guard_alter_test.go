package answer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// altered is a bad reply that was made of a good one by altering one thing.
type altered struct {
	ID   string `json:"id"`
	Of   string `json:"of"`   // The good one.
	Kind string `json:"kind"` // What was altered: figure, unit, name or negation.
	From string `json:"from"`
	To   string `json:"to"`
	Text string `json:"text"`
}

// alteredEach is how many are made of each kind in each language, and
// alteredAlike how many of them may alter the same word.
const (
	alteredEach  = 10
	alteredAlike = 2
)

func alteredPath(l models.Language) string {
	return filepath.Join(repliesFolder, "altered-"+string(l)+".json")
}

func readAltered(t testing.TB, l models.Language) []altered {
	t.Helper()
	raw, err := os.ReadFile(alteredPath(l))
	require.NoError(t, err)
	var made []altered
	require.NoError(t, json.Unmarshal(raw, &made))
	return made
}

func TestAlteredRepliesAreThoseOfTheProgram(t *testing.T) {
	t.Parallel()
	for _, l := range models.Languages() {
		made := alterAll(t, l)
		require.Len(t, made, 4*alteredEach)
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", " ")
		require.NoError(t, encoder.Encode(made))
		if *update {
			require.NoError(t, os.WriteFile(alteredPath(l), out.Bytes(), 0o600))
		}
		committed, err := os.ReadFile(alteredPath(l))
		require.NoError(t, err)
		require.Equal(t, string(committed), out.String(), "the altered replies of %s are fixed", l)
	}
}

// alterer finds what may be altered in a good reply so that it becomes wrong.
type alterer struct {
	scene *scene
	good  reply
	words alterWords
	cited string // All texts of the cited evidence.
	said  string // By the customer.
	rng   *rand.Rand
	found []altered
}

var alteredKinds = []string{"figure", "unit", "name", "negation"}

// alterationsOf makes all that can be made of a reply, of one kind.
func alterationsOf(t *testing.T, s *scene, good reply, kind string) []altered {
	t.Helper()
	return alter(t, s, good, kind, rand.New(rand.NewPCG(1, uint64(len(good.Text)))))
}

func alter(t *testing.T, s *scene, good reply, kind string, rng *rand.Rand) []altered {
	t.Helper()
	a := alterer{scene: s, good: good, words: alterations[s.Language], rng: rng}
	a.read(t)
	switch kind {
	case "figure":
		a.figures()
	case "unit":
		a.units()
	case "name":
		a.names()
	default:
		a.negations()
	}
	return a.found
}

func alterAll(t *testing.T, l models.Language) []altered {
	t.Helper()
	var made []altered
	for n, kind := range alteredKinds {
		rng := rand.New(rand.NewPCG(uint64(n), uint64(l[0])))
		var candidates []altered
		for _, scene := range readScenes(t, l) {
			for _, good := range scene.Good {
				candidates = append(candidates, alter(t, &scene, good, kind, rng)...)
			}
		}
		rng.Shuffle(len(candidates), func(i, j int) { candidates[i], candidates[j] = candidates[j], candidates[i] })
		picked, alike := map[string]bool{}, map[string]int{}
		for _, c := range candidates {
			what := strings.ToLower(strings.TrimSpace(c.From))
			if link, _, is := strings.Cut(c.From, "://"); is {
				what = link
			}
			if len(picked) == alteredEach || picked[c.Of] || alike[what] == alteredAlike {
				continue
			}
			picked[c.Of] = true
			alike[what]++
			c.Kind = kind
			c.ID = fmt.Sprintf("%s-a%03d", l, len(made)+1)
			made = append(made, c)
		}
	}
	return made
}

func (a *alterer) read(t *testing.T) {
	t.Helper()
	for _, e := range a.scene.Evidence {
		if !slices.Contains(a.good.Cites, e.N) {
			continue
		}
		raw, err := json.Marshal(e.Content())
		require.NoError(t, err)
		a.cited += string(raw) + "\n"
	}
	a.said = strings.Join(a.scene.Say, "\n")
	for _, line := range a.scene.History {
		a.said += "\n" + line.Text
	}
}

// propose notes the reply with what stands from start to end replaced.
func (a *alterer) propose(start, end int, to string) {
	text := a.good.Text
	a.found = append(a.found, altered{Of: a.good.ID, From: text[start:end], To: to, Text: text[:start] + to + text[end:]})
}

var (
	alterFigure  = regexp.MustCompile(`\d+(?:[ \x{a0}]\d{3})*(?:[.,]\d+)*`)
	alterAddress = regexp.MustCompile(`https?://\S+|\S+@\S+|\+?[\d() ]{3,}\d-\d+`)
)

// figures alters one number, in digits or in words, that the evidence holds,
// the customer didn't say, and no name consists of.
func (a *alterer) figures() {
	text := a.good.Text
	addresses := alterAddress.FindAllStringIndex(text, -1)
	for _, at := range alterFigure.FindAllStringIndex(text, -1) {
		figure := text[at[0]:at[1]]
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		after, _ := utf8.DecodeRuneInString(text[at[1]:])
		inside := slices.ContainsFunc(addresses, func(one []int) bool { return one[0] <= at[0] && at[1] <= one[1] })
		value := figureReadings(figure)[0]
		named := strings.Contains(a.cited, lastWord(text[:at[0]])+figure)
		if inside || named || figure == "00" || unicode.IsLetter(before) || strings.ContainsRune("#№-/", before) || unicode.IsLetter(after) ||
			a.figureIn(a.said, value) || !a.figureIn(a.cited, value) {
			continue
		}
		if to := a.otherFigure(figure); !a.figureIn(text, figureReadings(to)[0]) {
			a.propose(at[0], at[1], to)
		}
	}
	for from, to := range a.each(a.words.numbers) {
		for _, at := range wordsAt(text, from) {
			if !a.saysNumber(from) {
				a.propose(at, at+len(from), to)
			}
		}
	}
}

// lastWord returns the last word before a figure with the space behind it, or
// what is surely in no text.
func lastWord(s string) string {
	trimmed := strings.TrimRight(s, " ")
	word := trimmed[strings.LastIndexAny(trimmed, " («\n")+1:]
	if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
		return "\x00"
	}
	return word + " "
}

func (a *alterer) figureIn(text, value string) bool {
	return slices.ContainsFunc(alterFigure.FindAllString(text, -1), func(one string) bool {
		return slices.Contains(figureReadings(one), value)
	})
}

func (a *alterer) saysNumber(word string) bool {
	return len(wordsAt(strings.ToLower(a.said), word)) > 0 || a.figureIn(a.said, a.words.value[word])
}

// otherFigure changes a small number by a few, and one digit of a greater one.
func (a *alterer) otherFigure(figure string) string {
	if n, err := strconv.Atoi(figure); err == nil && n <= 31 && figure != "00" {
		return strconv.Itoa(n + 1 + a.rng.IntN(2))
	}
	whole := figure
	if cut := strings.LastIndexAny(figure, ".,"); cut > 0 && len(figure)-cut-1 != 3 {
		whole = figure[:cut]
	}
	at := a.rng.IntN(len(whole))
	for !isDigit(whole[at]) {
		at = a.rng.IntN(len(whole))
	}
	digit := '1' + (rune(figure[at]-'0')+rune(a.rng.IntN(7)))%9
	if byte(digit) == figure[at] {
		digit = '1' + (digit-'0')%9
	}
	return figure[:at] + string(digit) + figure[at+1:]
}

// each ranges over a map in the order of its keys.
func (a *alterer) each(words map[string]string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for _, key := range sortedKeys(words) {
			if !yield(key, words[key]) {
				return
			}
		}
	}
}

// wordsAt returns where a word, or several, stand whole in a text.
func wordsAt(text, word string) []int {
	var found []int
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return found
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(word):])
		letter, _ := utf8.DecodeRuneInString(word)
		last, _ := utf8.DecodeLastRuneInString(word)
		if !(unicode.IsLetter(before) && unicode.IsLetter(letter)) && !(unicode.IsLetter(after) && unicode.IsLetter(last)) {
			found = append(found, at)
		}
		from = at + len(word)
	}
}
