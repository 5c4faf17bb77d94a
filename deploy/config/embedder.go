package config

import (
	"net/url"
	"strings"
)

// The embedders.
const (
	EmbedderBuiltIn = "built-in"
	EmbedderGemini  = "gemini"
	EmbedderOpenAI  = "openai"
)

// provider is where an embedder's service is and which model it is asked for,
// unless something else is set.
var provider = map[string]struct{ url, model string }{
	EmbedderGemini: {"https://generativelanguage.googleapis.com", "gemini-embedding-001"},
	EmbedderOpenAI: {"https://api.openai.com/v1", "text-embedding-3-small"},
}

// EmbedderAt returns the service's URL and its model.
func (c Config) EmbedderAt() (address, model string) {
	p := provider[c.Embedder]
	if c.EmbedderURL != "" {
		p.url = c.EmbedderURL
	}
	if c.EmbedderModel != "" {
		p.model = c.EmbedderModel
	}
	return p.url, p.model
}

func (c Config) checkEmbedder(fault func(string, ...any)) {
	_, remote := provider[c.Embedder]
	if !remote && c.Embedder != EmbedderBuiltIn && c.Embedder != "" {
		fault("KEDAI_EMBEDDER is %q; it must be built-in, gemini or openai", c.Embedder)
		return
	}
	if !remote {
		if c.EmbedderURL != "" || c.EmbedderKey != "" || c.EmbedderModel != "" {
			fault("KEDAI_EMBEDDER_URL, _KEY and _MODEL are for the embedders gemini and openai; set KEDAI_EMBEDDER, or none of them")
		}
		return
	}
	// A server of one's own that speaks OpenAI's API may want no key.
	if c.EmbedderKey == "" && c.EmbedderURL == "" {
		fault("KEDAI_EMBEDDER_KEY is not set; the embedder %s needs it", c.Embedder)
	} else if c.EmbedderKey == "" && c.Embedder == EmbedderGemini {
		fault("KEDAI_EMBEDDER_KEY is not set; the embedder gemini needs it")
	}
	if address, _ := c.EmbedderAt(); !isHTTP(address) {
		fault("KEDAI_EMBEDDER_URL is not an address; its form is https://host/v1")
	}
}

func isHTTP(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && strings.HasPrefix(u.Scheme, "http")
}
