package local

import "context"

// Addresses returns where the stack's engines are. They don't change while it runs.
func (s *Stack) Addresses() Addresses {
	return Addresses{
		Postgres:        s.pg.url("postgres"),
		TemporalAddress: loopback(s.ports.Temporal),
		TemporalUIURL:   "http://" + loopback(s.ports.TemporalUI),
		WeaviateURL:     "http://" + loopback(s.ports.Weaviate),
		WeaviateGRPC:    loopback(s.ports.WeaviateGRPC),
	}
}

// PostgresURL is the superuser's URL of the given database, which need not exist yet.
func (s *Stack) PostgresURL(database string) string { return s.pg.url(database) }

// PostgresAddr is host and port of PostgreSQL.
func (s *Stack) PostgresAddr() string { return loopback(s.ports.Postgres) }

// KeptPostgresAddr is host and port of the PostgreSQL of the stack that runs on a data folder, for
// other programs on this machine.
func KeptPostgresAddr(dataDir string) (string, error) {
	p, err := keptPorts(dataDir)
	if err != nil {
		return "", err
	}
	return loopback(p.Postgres), nil
}

// KeptTemporalAddr is KeptPostgresAddr for Temporal's frontend.
func KeptTemporalAddr(dataDir string) (string, error) {
	p, err := keptPorts(dataDir)
	if err != nil {
		return "", err
	}
	return loopback(p.Temporal), nil
}

// TemporalAddress is host and port of Temporal's frontend.
func (s *Stack) TemporalAddress() string { return loopback(s.ports.Temporal) }

// TemporalUIURL is the address of Temporal's web UI.
func (s *Stack) TemporalUIURL() string { return s.Addresses().TemporalUIURL }

// WeaviateURL is the address of Weaviate's REST API.
func (s *Stack) WeaviateURL() string { return s.Addresses().WeaviateURL }

// WeaviateGRPCAddress is host and port of Weaviate's gRPC API.
func (s *Stack) WeaviateGRPCAddress() string { return loopback(s.ports.WeaviateGRPC) }

// DataDir is the folder that holds all that the stack keeps.
func (s *Stack) DataDir() string { return s.dir }

// Namespace is the Temporal namespace that Start has prepared.
func (s *Stack) Namespace() string { return s.opts.Namespace }

// PrepareNamespace registers a Temporal namespace with Kedai's search attributes, and returns once
// they are usable.
func (s *Stack) PrepareNamespace(ctx context.Context, name string) error {
	return PrepareNamespace(ctx, s.TemporalAddress(), name)
}
