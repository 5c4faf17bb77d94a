package answer

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestRemembered(t *testing.T) {
	t.Parallel()

	t.Run("texts read alike however often and by however many", func(t *testing.T) {
		t.Parallel()
		r := &reader{lex: lexiconOf(models.English)}
		text := "# Shipping\n\nOrders leave within 2 days. Wash it at 30 °C.\n\n| Country | Price |\n| --- | --- |\n| Canada | $9.00 |\n"
		want := r.readUnits(text)
		require.Len(t, want, 3)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 20 {
					if got := r.units(text); len(got) != len(want) || got[0].text != want[0].text || cap(got) != len(got) {
						t.Errorf("read %+v", got)
					}
				}
			})
		}
		all.Wait()
		require.Equal(t, want, r.units(text))
	})

	t.Run("one text is told apart by its language", func(t *testing.T) {
		t.Parallel()
		var m remembered[string]
		m.most = 100
		require.Equal(t, "en", m.of(models.English, "pan", func() string { return "en" }))
		require.Equal(t, "es", m.of(models.Spanish, "pan", func() string { return "es" }))
		require.Equal(t, "en", m.of(models.English, "pan", func() string { return "again" }))
	})

	t.Run("the oldest are forgotten, and what is asked for stays", func(t *testing.T) {
		t.Parallel()
		m := remembered[int]{most: 100}
		read := 0
		ask := func(text string) int { return m.of(models.English, text, func() int { read++; return read }) }
		popular := strings.Repeat("p", 10)
		first := ask(popular)
		for i := range 500 {
			ask(fmt.Sprintf("text %05d", i))
			require.Equal(t, first, ask(popular))
			require.LessOrEqual(t, len(m.young)+len(m.old), 20)
		}
		require.Equal(t, 501, read)
		ask("text 00000")
		require.Equal(t, 502, read)
	})

	t.Run("a text longer than a generation is read all the same", func(t *testing.T) {
		t.Parallel()
		m := remembered[int]{most: 10}
		require.Equal(t, 1, m.of(models.English, strings.Repeat("x", 50), func() int { return 1 }))
		require.LessOrEqual(t, len(m.young)+len(m.old), 1)
	})
}
