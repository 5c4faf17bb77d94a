package eval

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	shop := func(cases string) fstest.MapFS {
		return fstest.MapFS{
			"a/en/shop.json":    {Data: []byte(`{"name": "A", "currency": "USD", "language": "en"}`)},
			"a/en/products.csv": {Data: []byte("Handle,Title,Variant Price\nmug,Mug,5\n")},
			"a/en/cases.jsonl":  {Data: []byte(cases)},
		}
	}
	good := `{"id": "1", "lang": "en", "category": "greeting", "turns": [{"say": ["hi"], "expect": {"action": ["answer"]}}]}`
	shops, err := Load(shop(good), "", "")
	require.NoError(t, err)
	require.Len(t, shops[0].Cases, 1)
	for why, cases := range map[string]string{
		"a field that nobody knows": strings.Replace(good, "turns", "turn", 1),
		"no turns":                  `{"id": "1", "turns": []}`,
		"nothing said":              `{"id": "1", "turns": [{"say": [], "expect": {"action": ["answer"]}}]}`,
		"no action":                 `{"id": "1", "turns": [{"say": ["hi"], "expect": {}}]}`,
		"no ID":                     strings.Replace(good, `"1"`, `""`, 1),
	} {
		_, err := Load(shop(cases), "", "")
		require.Error(t, err, why)
	}
	_, err = Load(shop(good), "b", "")
	require.Error(t, err)
}
