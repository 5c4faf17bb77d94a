// Package api is Kedai's HTTP side: the operator API of openapi.yaml, the
// website channel with its streams, the webhooks of the other channels, and the
// doorbell and relay that tell Temporal what Postgres has decided.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/api/web"
	"kedai/models"
	"kedai/models/store"
)

// Options are what New builds a Server from.
type Options struct {
	Store *store.Store
	// Temporal rings doorbells and starts ingests. A lazy client will do: the
	// API serves and stores while Temporal is down.
	Temporal Temporal
	// Ringer and Ingester stand in for Temporal, in tests.
	Ringer   Ringer
	Ingester Ingester
	// VisitorKeys sign the website visitors' tokens; the first signs, all
	// verify. See ParseVisitorKeys.
	VisitorKeys []VisitorKey
	// TrustedProxies may name the client in X-Forwarded-For. None: the
	// connection's address counts.
	TrustedProxies []netip.Prefix
	Limits         Limits
	// PrivateMail lets accounts use e-mail servers off the public internet.
	PrivateMail bool
	// Demo returns the demo shop's page in a language; nil: there is none.
	Demo func(language string) (web.DemoPage, bool)
	Log  *slog.Logger // Nil: slog.Default.
}

// Server is one API process.
type Server struct {
	store     *store.Store
	ringer    Ringer
	doorbell  *doorbell // Nil where Options.Ringer stands in.
	relay     *relay
	ingests   *ingests
	hub       *hub
	inboxes   *inboxes
	visitors  *visitorTokens
	byVisitor *limiter
	byAddress *limiter
	byFailure *limiter // Refused requests of an address, where the others are free.
	demo      func(string) (web.DemoPage, bool)
	log       *slog.Logger
	router    *gin.Engine
	pace      pace
	closing   chan struct{} // Closed when streams are to end.
	closeOnce sync.Once

	playground Playground
	mails      *mailRelay // Nil where Temporal is stood in for.
	mailHosts  mailHosts
}

// pace are the waits of background work and the limits of requests; tests
// shorten them.
type pace struct {
	poll       time.Duration // A stream's look at Postgres, whatever it was told.
	pollNew    time.Duration // The same while there is no chat yet: at least so long, at most twice.
	heartbeat  time.Duration
	slowReader time.Duration // A write that takes longer ends the stream.
	ingest     time.Duration // Between looks for uploads that still wait.
	work       time.Duration // Ends a request's work, which begins after its body; only streams live longer.
	read       time.Duration // A request must be there, whole, by then.
	readUpload time.Duration // The same for an upload's body.
}

var normalPace = pace{
	poll: 5 * time.Second, pollNew: 15 * time.Second, heartbeat: 15 * time.Second, slowReader: 5 * time.Second, ingest: ingestEvery,
	work: 15 * time.Second, read: 60 * time.Second, readUpload: 2 * time.Minute,
}

// shutdownTimeout bounds a graceful stop.
const (
	shutdownTimeout = 4 * time.Second
	drainTimeout    = time.Second
)

// New makes a Server. CodeInvalid where options are missing or wrong.
func New(o Options) (*Server, error) {
	if o.Store == nil || (o.Temporal == nil && (o.Ringer == nil || o.Ingester == nil)) {
		return nil, models.Errorf(models.CodeInvalid, "the API needs a store and a Temporal client")
	}
	visitors, err := newVisitorTokens(o.VisitorKeys)
	if err != nil {
		return nil, err
	}
	limits := o.Limits.withDefaults()
	s := &Server{
		store:     o.Store,
		ringer:    o.Ringer,
		hub:       newHub(limits.AddressStreams),
		inboxes:   newInboxes(o.Store),
		visitors:  visitors,
		byVisitor: newLimiter(limits.VisitorPerMinute, limits.VisitorBurst),
		byAddress: newLimiter(limits.AddressPerMinute, limits.AddressBurst),
		byFailure: newLimiter(limits.AddressPerMinute, limits.AddressBurst),
		demo:      o.Demo,
		log:       o.Log,
		pace:      normalPace,
		closing:   make(chan struct{}),
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	system := o.Store.System()
	if s.ringer == nil {
		s.doorbell = newDoorbell(ringTemporal(o.Temporal), system.Signalled, s.log)
		s.ringer = s.doorbell
	}
	ingester := o.Ingester
	if ingester == nil {
		ingester = temporalIngester{o.Temporal}
	}
	s.relay = &relay{overdue: system.Overdue, ringer: s.ringer, log: s.log, every: relayEvery}
	s.ingests = newIngests(ingester, system.PendingImports, s.log)
	if o.Temporal != nil {
		s.mails = &mailRelay{pending: system.PendingMails, start: startMail(o.Temporal), log: s.log, every: mailEvery}
	}
	s.mailHosts = mailHosts{private: o.PrivateMail, lookUp: net.DefaultResolver.LookupNetIP}
	s.playground = Playground{Store: o.Store, Temporal: o.Temporal}
	if err := s.route(o.TrustedProxies); err != nil {
		return nil, err
	}
	return s, nil
}

// Handler returns the routes without the background work, for tests.
func (s *Server) Handler() http.Handler { return s.router }

func (s *Server) route(trusted []netip.Prefix) error {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = false
	r.RemoteIPHeaders = []string{"X-Forwarded-For"}
	proxies := make([]string, len(trusted))
	for i, p := range trusted {
		proxies[i] = p.String()
	}
	if err := r.SetTrustedProxies(proxies); err != nil {
		return models.Errorf(models.CodeInvalid, "trusted proxies are networks such as 10.0.0.0/8")
	}
	r.Use(identify, secure, s.observe, s.recoverPanic)
	r.NoRoute(func(c *gin.Context) { s.fail(c, models.Errorf(models.CodeNotFound, "there is no such address")) })
	r.NoMethod(func(c *gin.Context) {
		c.Abort()
		respond(c, http.StatusMethodNotAllowed, problem{problemBody{string(models.CodeInvalid), "the method isn't one of this address"}})
	})
	s.router = r

	r.GET("/healthz", func(c *gin.Context) { respond(c, http.StatusOK, map[string]string{"status": "ok"}) })
	r.GET("/readyz", s.ready)
	s.routePages(r)
	s.routeWidget(r.Group("/v1/widget/:inbox"))
	r.POST("/webhooks/:channel/:inbox", s.limitFailures(http.StatusUnauthorized, http.StatusNotFound), s.bounded(always(maxBody)), s.webhook)

	operators := r.Group("/", s.limitFailures(http.StatusUnauthorized), s.bounded(operatorLimit), s.authenticate, s.authorize)
	gen.RegisterHandlersWithOptions(operators, operator{s}, gen.GinServerOptions{
		ErrorHandler: func(c *gin.Context, err error, _ int) {
			s.fail(c, models.Errorf(models.CodeInvalid, "a parameter can't be read: %s", err.Error()))
		},
	})
	return nil
}

// ready tells whether requests can be served: Postgres is all they need.
func (s *Server) ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.Ping(ctx); err != nil {
		s.fail(c, models.Errorf(models.CodeUnavailable, "the database doesn't answer"))
		return
	}
	respond(c, http.StatusOK, map[string]string{"status": "ok"})
}

// Serve answers on l until ctx ends, then stops gracefully within 5 seconds:
// streams are closed, requests finish, doorbells are rung.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var parts sync.WaitGroup
	for _, run := range s.parts() {
		parts.Go(func() { run(background) })
	}
	server := &http.Server{
		Handler:           s.router,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       s.pace.read,
		WriteTimeout:      s.pace.read + 2*s.pace.work,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	var err error
	select {
	case err = <-served:
	case <-ctx.Done():
	}
	s.closeOnce.Do(func() { close(s.closing) })
	s.shutDown(server)
	stop()
	parts.Wait()
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return models.Errorf(models.CodeInternal, "serve: %w", err)
	}
	return nil
}

// parts are what a process runs beside its requests.
func (s *Server) parts() []func(context.Context) {
	parts := []func(context.Context){
		func(ctx context.Context) { s.hub.listen(ctx, s.store) },
		s.relay.run,
		func(ctx context.Context) { s.ingests.run(ctx, s.pace.ingest) },
	}
	if s.doorbell != nil {
		parts = append(parts, s.doorbell.run)
	}
	if s.mails != nil {
		parts = append(parts, s.mails.run)
	}
	return parts
}

func (s *Server) shutDown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		s.log.Warn("requests were cut off at the stop", "error", err.Error())
		_ = server.Close()
	}
	if s.doorbell != nil {
		ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
		defer cancel()
		s.doorbell.drained(ctx)
	}
}
