package documents

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func readMarkdown(t *testing.T, text string) Document {
	t.Helper()
	doc, err := ReadMarkdown("policies/shipping.md", []byte(text))
	require.NoError(t, err)
	for _, p := range doc.Passages {
		require.LessOrEqual(t, utf8.RuneCountInString(p.Text), maxPassage)
		require.NotEmpty(t, p.Text)
		require.Equal(t, doc.Title, p.Headings[0])
	}
	return doc
}

// outlined is what a format leaves of a document.
type outlined struct {
	Title    string
	Passages []Passage
}

func outlineOf(doc Document) outlined { return outlined{doc.Title, doc.Passages} }

func TestReadMarkdown(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		text string
		want outlined
	}{
		"headings give the path from the title down": {
			"# Shipping\n\nIntro.\n\n## Europe\n\nFive days.\n\n### Spain\n\nTwo days.\n\n## World\n\nTen days.\n\n# Contact\n\nMail us.",
			outlined{"Shipping", []Passage{
				{[]string{"Shipping"}, "Intro."},
				{[]string{"Shipping", "Europe"}, "Five days."},
				{[]string{"Shipping", "Europe", "Spain"}, "Two days."},
				{[]string{"Shipping", "World"}, "Ten days."},
				{[]string{"Shipping", "Contact"}, "Mail us."},
			}},
		},
		"a text without headings has the name for a title": {
			"One.\n\nTwo\nlines.",
			outlined{"shipping", []Passage{{[]string{"shipping"}, "One.\n\nTwo lines."}}},
		},
		"text before the first heading is kept": {
			"Before.\n\n# Title\n\nAfter.",
			outlined{"Title", []Passage{{[]string{"Title"}, "Before."}, {[]string{"Title"}, "After."}}},
		},
		"a heading with nothing below it is a passage": {
			"# Rules\n## No dogs\n## Cats\nOnly small ones.\n## Parrots\n### Grey\n",
			outlined{"Rules", []Passage{
				{[]string{"Rules"}, "No dogs"},
				{[]string{"Rules", "Cats"}, "Only small ones."},
				{[]string{"Rules", "Parrots"}, "Grey"},
			}},
		},
		"lists keep a line per item": {
			"# T\n\nWe ship to:\n\n- **Spain**\n- Italy, *south*\n  and north\n  - Rome\n\n3. Third\n4. Fourth\n\nEnd.",
			outlined{"T", []Passage{{[]string{"T"}, "We ship to:\n- Spain\n- Italy, south and north\n  - Rome\n3. Third\n4. Fourth\n\nEnd."}}},
		},
		"tables have a line per row": {
			"# T\n\n| Size | cm |\n|---|--:|\n| S | 90 |\n| M \\| L | `95` |\n|  |  |\n",
			outlined{"T", []Passage{{[]string{"T"}, "Size | cm\nS | 90\nM | L | 95"}}},
		},
		"links keep their text and URL": {
			"# See [us](https://x.example)\n\n[Form](https://x.example/f?a=1&amp;b=2 \"t\") or <https://y.example> or [m@x.example](mailto:m@x.example), " +
				"[top](#top), [x](javascript:alert), ![photo](p.png), [](https://z.example).",
			outlined{"See us", []Passage{{[]string{"See us"}, "Form (https://x.example/f?a=1&b=2) or https://y.example or m@x.example, top, x, photo, https://z.example."}}},
		},
		"entities and escapes are text, what is crossed out is not": {
			"# A &amp; B\n\n1 \\* 2 &lt; 3 `&amp;` ~~$20~~ $15  \nnext<br>line",
			outlined{"A & B", []Passage{{[]string{"A & B"}, "1 * 2 < 3 &amp; $15\nnext\nline"}}},
		},
		"quotations, code and HTML are text": {
			"# T\n\n> Quoted\n> # loud\n> - item\n\n```\na  =  1\n```\n\n<div><p>Hi &amp; bye</p><script>no()</script><!-- no --></div>\n\n***\n",
			outlined{"T", []Passage{{[]string{"T"}, "Quoted\n\nloud\n\n- item\n\na = 1\n\nHi & bye"}}},
		},
		"byte order mark, CRLF and front matter leave no trace": {
			"\ufeff---\r\ntitle: x\r\n---\r\n# T\r\n\r\nOne\r\ntwo.\r\n",
			outlined{"T", []Passage{{[]string{"T"}, "One two."}}},
		},
		"an underlined heading is one": {
			"Envíos\n======\n\nHola.",
			outlined{"Envíos", []Passage{{[]string{"Envíos"}, "Hola."}}},
		},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, outlineOf(readMarkdown(t, test.text)))
			require.Equal(t, test.want, outlineOf(readMarkdown(t, test.text)), "deterministic")
		})
	}
}

func TestReadMarkdownCutsLongSections(t *testing.T) {
	t.Parallel()

	t.Run("between paragraphs", func(t *testing.T) {
		t.Parallel()
		paragraph := strings.TrimSpace(strings.Repeat("слово ", 70))
		doc := readMarkdown(t, "# T\n\n"+paragraph+"\n\n"+paragraph+"\n\n"+paragraph)
		require.Len(t, doc.Passages, 2)
		require.Equal(t, paragraph+"\n\n"+paragraph, doc.Passages[0].Text)
		require.Equal(t, paragraph, doc.Passages[1].Text)
	})

	t.Run("between items, each part with its introduction", func(t *testing.T) {
		t.Parallel()
		var text strings.Builder
		text.WriteString("# T\n\nIncluded are:\n\n")
		for i := range 60 {
			fmt.Fprintf(&text, "- thing number %d of the list\n", i)
		}
		doc := readMarkdown(t, text.String())
		require.Len(t, doc.Passages, 3)
		for _, p := range doc.Passages {
			require.True(t, strings.HasPrefix(p.Text, "Included are:\n- thing number "), p.Text)
			require.True(t, strings.HasSuffix(p.Text, "of the list"), p.Text)
		}
	})

	t.Run("between rows, each part with the head", func(t *testing.T) {
		t.Parallel()
		text := "# T\n\n| Country | Days |\n|---|---|\n" + strings.Repeat("| Some country | ten working days |\n", 60)
		for _, p := range readMarkdown(t, text).Passages {
			require.True(t, strings.HasPrefix(p.Text, "Country | Days\nSome country | ten"), p.Text)
		}
	})

	t.Run("between sentences", func(t *testing.T) {
		t.Parallel()
		doc := readMarkdown(t, "# T\n\n"+strings.Repeat("It costs 4.50 today, e.g. in Rome (so they say.) ¿Y aquí? ", 40))
		require.Greater(t, len(doc.Passages), 1)
		for _, p := range doc.Passages {
			require.Regexp(t, `[?)]$`, p.Text)
		}
	})

	t.Run("between lines of code", func(t *testing.T) {
		t.Parallel()
		doc := readMarkdown(t, "# T\n\n```\n"+strings.Repeat("0123456789 abc\n", 100)+"```\n")
		require.Len(t, doc.Passages, 2)
		require.Equal(t, strings.TrimSpace(strings.Repeat("0123456789 abc\n", 60)), doc.Passages[0].Text)
	})

	t.Run("anywhere in an endless word, losing nothing", func(t *testing.T) {
		t.Parallel()
		word := strings.Repeat("ж", 2500)
		joined := ""
		for _, p := range readMarkdown(t, "# T\n\n"+word).Passages {
			joined += p.Text
		}
		require.Equal(t, word, joined)
	})
}

func TestReadMarkdownRefuses(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		body string
		code models.Code
	}{
		"nothing":           {"", models.CodeInvalid},
		"white space":       {" \n\t\n", models.CodeInvalid},
		"a title alone":     {"# Title\n", models.CodeInvalid},
		"comments alone":    {"<!-- nothing -->\n", models.CodeInvalid},
		"invalid UTF-8":     {"# Caf\xe9\n\ntext", models.CodeInvalid},
		"a zero byte":       {"# T\n\n\x00", models.CodeInvalid},
		"too much text":     {strings.Repeat("word ", 500_000), models.CodeTooLarge},
		"only front matter": {"---\na: b\n---\n", models.CodeInvalid},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			_, err := ReadMarkdown("x.md", []byte(test.body))
			require.Equal(t, test.code, models.CodeOf(err))
		})
	}
}

func TestReadMarkdownSurvivesHostileText(t *testing.T) {
	t.Parallel()
	for outcome, text := range map[string]string{
		"deep quotations":          strings.Repeat(">", 1<<18) + " x",
		"deep lists":               strings.Repeat("- ", 1<<18) + "x",
		"open brackets":            strings.Repeat("[", 1<<18),
		"brackets":                 strings.Repeat("[a]", 1<<17),
		"open links":               strings.Repeat("[a](", 1<<17),
		"open emphasis":            strings.Repeat("*a_", 1<<17),
		"open strikes":             strings.Repeat("~a ", 1<<17),
		"open tags":                strings.Repeat("<a ", 1<<17),
		"open comments":            "a " + strings.Repeat("<!--", 1<<17),
		"open HTML":                strings.Repeat("<div>", 1<<16),
		"lines of HTML":            strings.Repeat("<div>\n", 1<<16),
		"backticks":                strings.Repeat("`a``", 1<<16),
		"growing ticks":            growing("`"),
		"entities":                 strings.Repeat("&a", 1<<17),
		"references":               strings.Repeat("[a]: b\n", 1<<15),
		"table of a billion cells": "|" + strings.Repeat("a|", 9_000) + "\n|" + strings.Repeat("-|", 9_000) + "\n" + strings.Repeat("|\n", 90_000),
		"wide table":               "|" + strings.Repeat("a|", 1<<9) + "\n|" + strings.Repeat("-|", 1<<9) + "\n" + strings.Repeat("|\n", 1<<9),
		"paragraphs":               strings.Repeat("*a\n\n", 1<<15),
		"items":                    strings.Repeat("- a\n", 1<<16),
		"quoted lines":             strings.Repeat("> > > a\n", 1<<15),
		"one sentence":             strings.Repeat("a. B", 1<<16),
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			_, err := ReadMarkdown("x.md", []byte("text\n\n"+text))
			require.NoError(t, err)
			require.Less(t, time.Since(began), time.Minute, "it took minutes without limits")
		})
	}
}

func TestPassageID(t *testing.T) {
	t.Parallel()
	one, two := uuid.MustParse("00000000-0000-0000-0000-000000000001"), uuid.New()
	require.Equal(t, "316b9a0c-4240-51cc-9c42-e6e039f76cda", PassageID(one, 1).String(), "it stands in the index")
	require.NotEqual(t, PassageID(one, 1), PassageID(one, 2))
	require.NotEqual(t, PassageID(one, 1), PassageID(two, 1))
}

// TestRealFiles reads the policies that come with the project.
func TestRealFiles(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"../../deploy/demo/homeware/*/policies/*.md", "../../../shared/exam/*/*/policies/*.md"} {
		found, err := filepath.Glob(filepath.FromSlash(pattern))
		require.NoError(t, err)
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("neither the demo shop nor the exam is here")
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		require.NoError(t, err)
		doc := readMarkdown(t, string(body))
		require.NotEqual(t, "shipping", doc.Title, name)
		require.Greater(t, len(doc.Passages), 1, name)
	}
}

func growing(mark string) string {
	var text strings.Builder
	for n := 1; text.Len() < 1<<18; n++ {
		text.WriteString(strings.Repeat(mark, n) + "a")
	}
	return text.String()
}
