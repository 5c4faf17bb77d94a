// Package config is the processes' configuration: defaults first, the
// environment over them, then Validate. Only the binary reads it.
package config

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/sethvargo/go-envconfig"

	"kedai/models"
)

// Config is what `kedai api` and `kedai worker` need. `kedai up` sets all of
// it; elsewhere it comes by the environment.
type Config struct {
	DatabaseURL       string        `env:"KEDAI_DATABASE_URL"`
	DatabaseConns     int           `env:"KEDAI_DATABASE_CONNS, default=20"` // Of each of a process's two pools.
	TemporalAddress   string        `env:"KEDAI_TEMPORAL_ADDRESS, default=127.0.0.1:7233"`
	TemporalNamespace string        `env:"KEDAI_TEMPORAL_NAMESPACE, default=kedai"`
	WeaviateURL       string        `env:"KEDAI_WEAVIATE_URL, default=http://127.0.0.1:8080"`
	WeaviateGRPC      string        `env:"KEDAI_WEAVIATE_GRPC, default=127.0.0.1:50051"`
	Listen            string        `env:"KEDAI_LISTEN, default=127.0.0.1:8088"`
	TrustedProxies    []string      `env:"KEDAI_TRUSTED_PROXIES"`            // CIDRs whose X-Forwarded-For counts.
	EncryptionKeys    models.Secret `env:"KEDAI_ENCRYPTION_KEYS"`            // id:base64[,id:base64…], the current one first.
	VisitorKeys       models.Secret `env:"KEDAI_VISITOR_KEYS"`               // The same form; they sign visitor tokens.
	Embedder          string        `env:"KEDAI_EMBEDDER, default=built-in"` // built-in, gemini or openai.
	EmbedderURL       string        `env:"KEDAI_EMBEDDER_URL"`               // Empty: the provider's own.
	EmbedderKey       models.Secret `env:"KEDAI_EMBEDDER_KEY"`
	EmbedderModel     string        `env:"KEDAI_EMBEDDER_MODEL"`      // Empty: a common one of the provider.
	Model             string        `env:"KEDAI_MODEL, default=none"` // none, gemini or openai.
	ModelURL          string        `env:"KEDAI_MODEL_URL"`           // Empty: the provider's own.
	ModelKey          models.Secret `env:"KEDAI_MODEL_KEY"`
	ModelName         string        `env:"KEDAI_MODEL_NAME"`                         // Empty: a common one of the provider.
	ModelBudget       time.Duration `env:"KEDAI_MODEL_BUDGET, default=12s"`          // Of all calls of a turn.
	ModelCalls        int           `env:"KEDAI_MODEL_CALLS_PER_ACCOUNT, default=8"` // At a time.
	ModelPriceIn      string        `env:"KEDAI_MODEL_PRICE_IN"`                     // US dollars for a million tokens; empty: not known.
	ModelPriceOut     string        `env:"KEDAI_MODEL_PRICE_OUT"`
	BuildID           string        `env:"KEDAI_BUILD_ID"` // Of the worker; empty runs without versioning.
	VisitorPerMinute  int           `env:"KEDAI_VISITOR_PER_MINUTE, default=20"`
	AddressPerMinute  int           `env:"KEDAI_ADDRESS_PER_MINUTE, default=600"`
	Demo              bool          `env:"KEDAI_DEMO, default=false"` // Serve /demo for the demo shop.
}

// Load reads the environment and returns every fault at once.
func Load(ctx context.Context) (Config, error) {
	var c Config
	if err := envconfig.Process(ctx, &c); err != nil {
		return c, fmt.Errorf("read the environment: %w", err)
	}
	return c, c.Validate()
}

// Temporal reads where Temporal is, for a command that needs no more.
func Temporal(ctx context.Context) (address, namespace string, err error) {
	var c Config
	if err := envconfig.Process(ctx, &c); err != nil {
		return "", "", fmt.Errorf("read the environment: %w", err)
	}
	return c.TemporalAddress, c.TemporalNamespace, nil
}

// Validate returns every fault, each with the variable to set.
func (c Config) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if c.DatabaseURL == "" {
		fault("KEDAI_DATABASE_URL is not set; its form is postgres://user:password@host:port/database")
	}
	if c.DatabaseConns < 2 {
		fault("KEDAI_DATABASE_CONNS is %d; it must be 2 or more", c.DatabaseConns)
	}
	if c.EncryptionKeys == "" {
		fault("KEDAI_ENCRYPTION_KEYS is not set; its form is id:base64 of 32 bytes")
	}
	if c.VisitorKeys == "" {
		fault("KEDAI_VISITOR_KEYS is not set; its form is id:base64 of 32 bytes")
	}
	for name, address := range map[string]string{"KEDAI_TEMPORAL_ADDRESS": c.TemporalAddress, "KEDAI_LISTEN": c.Listen, "KEDAI_WEAVIATE_GRPC": c.WeaviateGRPC} {
		if _, _, err := net.SplitHostPort(address); err != nil {
			fault("%s is %q; its form is host:port", name, address)
		}
	}
	if u, err := url.Parse(c.WeaviateURL); err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
		fault("KEDAI_WEAVIATE_URL is %q; its form is http://host:port", c.WeaviateURL)
	}
	c.checkEmbedder(fault)
	c.checkModel(fault)
	for _, cidr := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(cidr); err != nil {
			fault("KEDAI_TRUSTED_PROXIES has %q; its form is 10.0.0.0/8", cidr)
		}
	}
	if c.VisitorPerMinute < 1 || c.AddressPerMinute < 1 {
		fault("KEDAI_VISITOR_PER_MINUTE and KEDAI_ADDRESS_PER_MINUTE must be 1 or more")
	}
	return errors.Join(faults...)
}

// Proxies returns the parsed TrustedProxies of a valid Config.
func (c Config) Proxies() []netip.Prefix {
	out := make([]netip.Prefix, 0, len(c.TrustedProxies))
	for _, cidr := range c.TrustedProxies {
		if prefix, err := netip.ParsePrefix(cidr); err == nil {
			out = append(out, prefix)
		}
	}
	return out
}
