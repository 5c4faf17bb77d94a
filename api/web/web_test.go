package web

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWidget(t *testing.T) {
	t.Parallel()
	script, err := Widget()
	if err != nil {
		require.ErrorIs(t, err, ErrNotBuilt)
		return
	}
	require.NotEmpty(t, script)
}

func TestDemo(t *testing.T) {
	t.Parallel()
	render := func(t *testing.T, page DemoPage) string {
		t.Helper()
		var out bytes.Buffer
		require.NoError(t, Demo(&out, page))
		return out.String()
	}

	t.Run("shows the shop, its products and the chat", func(t *testing.T) {
		t.Parallel()
		page := render(t, DemoPage{
			Shop: "Casa Clara", Language: "es", Inbox: "pub_1",
			Products: []DemoProduct{
				{Title: "Taza", Price: "12,00 €", ImageURL: "/img/cup.jpg"},
				{Title: "Jarra", Price: "24,00 €"},
			},
		})
		require.Contains(t, page, `<html lang="es">`)
		require.Contains(t, page, `data-inbox="pub_1" data-language="es"`)
		require.Contains(t, page, `<img src="/img/cup.jpg"`)
		require.Contains(t, page, `<use href="#drawing-1"/>`)
		require.Contains(t, page, "24,00 €")
	})

	t.Run("has words in each language", func(t *testing.T) {
		t.Parallel()
		for _, language := range demoLanguages {
			require.Contains(t, render(t, DemoPage{Language: language}), demoTexts[language].Lead)
		}
	})

	t.Run("falls back to English", func(t *testing.T) {
		t.Parallel()
		require.Contains(t, render(t, DemoPage{Language: "xx"}), `<html lang="en">`)
	})

	t.Run("escapes what the shop wrote", func(t *testing.T) {
		t.Parallel()
		page := render(t, DemoPage{Products: []DemoProduct{{Title: "<script>alert(1)</script>", ImageURL: "javascript:alert(1)"}}})
		require.NotContains(t, page, "<script>alert")
		require.NotContains(t, page, `"javascript:`)
	})
}
