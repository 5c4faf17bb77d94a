package main

import (
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	"go.temporal.io/server/common/primitives"
)

const (
	mainStore       = "main"
	visibilityStore = "visibility"
	clusterName     = "active"
)

// serverConfig describes one member that runs all services on the loopback address.
func (s settings) serverConfig() *config.Config {
	return &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     mainStore,
			VisibilityStore:  visibilityStore,
			NumHistoryShards: int32(s.shards),
			DataStores: map[string]config.DataStore{
				mainStore:       {SQL: s.store(s.dbName, s.dbConns)},
				visibilityStore: {SQL: s.store(s.visibilityDB, max(2, s.dbConns/3))},
			},
		},
		Global: config.Global{
			Membership: config.Membership{MaxJoinDuration: 10 * time.Second, BroadcastAddress: "127.0.0.1"},
		},
		Services: map[string]config.Service{
			string(primitives.FrontendService): service(s.frontendPort),
			string(primitives.HistoryService):  service(s.historyPort),
			string(primitives.MatchingService): service(s.matchingPort),
			string(primitives.WorkerService):   service(s.workerPort),
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: local(s.frontendPort)},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Archival: config.Archival{
			History:    config.HistoryArchival{State: config.ArchivalDisabled},
			Visibility: config.VisibilityArchival{State: config.ArchivalDisabled},
		},
		NamespaceDefaults: config.NamespaceDefaults{
			Archival: config.ArchivalNamespaceDefaults{
				History:    config.HistoryArchivalNamespaceDefaults{State: config.ArchivalDisabled},
				Visibility: config.VisibilityArchivalNamespaceDefaults{State: config.ArchivalDisabled},
			},
		},
	}
}

func (s settings) store(database string, conns int) *config.SQL {
	return &config.SQL{
		PluginName:      postgresql.PluginNamePGX,
		DatabaseName:    database,
		ConnectAddr:     s.dbAddress(),
		ConnectProtocol: "tcp",
		User:            s.dbUser,
		Password:        s.dbPassword,
		MaxConns:        conns,
		MaxIdleConns:    conns,
		MaxConnLifetime: time.Hour,
	}
}

func service(port int) config.Service {
	return config.Service{RPC: config.RPC{GRPCPort: port, BindOnLocalHost: true}}
}

// hosts names the only member of each service. Static hosts take the place of gossip: there is no
// membership to wait for, so a server that was killed owns its shards again as soon as it starts.
func (s settings) hosts() map[primitives.ServiceName]static.Hosts {
	return map[primitives.ServiceName]static.Hosts{
		primitives.FrontendService: static.SingleLocalHost(local(s.frontendPort)),
		primitives.HistoryService:  static.SingleLocalHost(local(s.historyPort)),
		primitives.MatchingService: static.SingleLocalHost(local(s.matchingPort)),
		primitives.WorkerService:   static.SingleLocalHost(local(s.workerPort)),
	}
}

// dynamicConfig holds the settings in which a Kedai stack differs from Temporal's defaults.
func (s settings) dynamicConfig() dynamicconfig.Client {
	return dynamicconfig.StaticClient{
		// Tasks of one account must not wait behind another account's backlog.
		dynamicconfig.MatchingEnableFairness.Key(): true,
		// One partition per task queue: fairness counts within a partition, and a single server
		// gains nothing from spreading tasks but latency.
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,

		dynamicconfig.HistoryCountSuggestContinueAsNew.Key(): s.suggestCAN,
		dynamicconfig.EnableDeploymentVersions.Key():         true,

		// A timer shorter than this shift waits for the whole of it. The shift makes up for clocks
		// that differ between servers, of which there is one here.
		dynamicconfig.TimerProcessorMaxTimeShift.Key(): 20 * time.Millisecond,

		// New namespaces and search attributes are seen after at most one refresh.
		dynamicconfig.NamespaceCacheRefreshInterval.Key(): time.Second,
	}
}
