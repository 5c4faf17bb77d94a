package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"

	"kedai/activities/channels"
	"kedai/models"
)

// Platform is a double of the recorder channel's platform: it takes sends
// without an idempotency key, echoes them, and posts customers' messages as
// webhooks, each until it is acknowledged.
type Platform struct {
	Endpoint string
	secret   models.Secret
	hook     string
	server   *http.Server
	client   *http.Client

	mu        sync.Mutex
	n         int
	arrived   []Arrival
	changed   chan struct{}
	misbehave func(reference string) Misbehaviour
	echo      bool
	posting   sync.WaitGroup
	stopped   context.Context
	stop      context.CancelFunc
}

// Arrival is a message as the customer got it.
type Arrival struct {
	Chat, Text, Reference, ID string
	At                        time.Time
}

// Misbehaviour is what the platform does with one send.
type Misbehaviour int

// The misbehaviours.
const (
	Behave        Misbehaviour = iota
	Throttle                   // 429, not delivered.
	FailBefore                 // 500, not delivered.
	FailAfter                  // Delivered, then 500.
	Hang                       // Delivered, no answer for longer than a sender waits.
	CutBody                    // Delivered, the answer is cut.
	RefuseForGood              // 403, not delivered.
)

// StartPlatform listens on a loopback port.
func StartPlatform() (*Platform, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Platform{
		Endpoint: "http://" + listener.Addr().String() + "/send", secret: models.Secret(fmt.Sprintf("secret-%d", rand.Int64())),
		client: &http.Client{Timeout: 5 * time.Second}, changed: make(chan struct{}), echo: true,
	}
	p.stopped, p.stop = context.WithCancel(context.Background())
	p.server = &http.Server{Handler: http.HandlerFunc(p.receive), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = p.server.Serve(listener) }()
	return p, nil
}

// Close stops posting and listening.
func (p *Platform) Close() {
	p.stop()
	_ = p.server.Close()
	p.posting.Wait()
}

// Secret signs webhooks in both directions.
func (p *Platform) Secret() models.Secret { return p.secret }

// Connect tells where webhooks go.
func (p *Platform) Connect(hook string) { p.hook = hook }

// Misbehave decides about sends from now on; nil behaves.
func (p *Platform) Misbehave(fn func(reference string) Misbehaviour) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.misbehave = fn
}

// Echo turns the echoing of sends on or off.
func (p *Platform) Echo(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.echo = on
}

func (p *Platform) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var send struct{ Reference, Chat, Text string }
	if err != nil || json.Unmarshal(body, &send) != nil || r.Header.Get(channels.RecorderSignature) != channels.SignRecorder(body, p.secret) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	p.mu.Lock()
	how := Behave
	if p.misbehave != nil {
		how = p.misbehave(send.Reference)
	}
	if how == Throttle || how == FailBefore || how == RefuseForGood {
		p.mu.Unlock()
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(map[Misbehaviour]int{Throttle: http.StatusTooManyRequests, FailBefore: http.StatusInternalServerError, RefuseForGood: http.StatusForbidden}[how])
		return
	}
	p.n++
	id := fmt.Sprintf("out-%d", p.n)
	p.arrived = append(p.arrived, Arrival{Chat: send.Chat, Text: send.Text, Reference: send.Reference, ID: id, At: time.Now()})
	close(p.changed)
	p.changed = make(chan struct{})
	echo := p.echo
	p.mu.Unlock()
	if echo {
		p.Post(Event{ID: id, Kind: "echo", Chat: send.Chat, Text: send.Text, Reference: send.Reference})
	}
	answer, _ := json.Marshal(map[string]string{"id": id})
	switch how {
	case FailAfter:
		w.WriteHeader(http.StatusInternalServerError)
	case Hang:
		pause(r.Context(), 6*time.Second)
	case CutBody:
		w.Header().Set("Content-Length", fmt.Sprint(len(answer)))
		_, _ = w.Write(answer[:len(answer)/2])
	default:
		_, _ = w.Write(answer)
	}
}

// Event is one event of a webhook.
type Event struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	Chat      string `json:"chat"`
	Text      string `json:"text"`
	Button    bool   `json:"button"`
	Reference string `json:"reference,omitempty"`
	Phone     string `json:"phone,omitempty"`
}

// Post delivers an event in the background, again and again until it is
// acknowledged, as platforms do.
func (p *Platform) Post(e Event) {
	p.posting.Add(1)
	go func() {
		defer p.posting.Done()
		_ = p.PostNow(p.stopped, e)
	}()
}

// PostNow delivers an event and returns when it is acknowledged.
func (p *Platform) PostNow(ctx context.Context, events ...Event) error {
	body, err := json.Marshal(map[string]any{"events": events})
	if err != nil {
		return err
	}
	for {
		if status, err := p.try(ctx, body); err == nil && status/100 == 2 {
			return nil
		}
		if !pause(ctx, 150*time.Millisecond) {
			return ctx.Err()
		}
	}
}

// Try posts a body once and returns the status.
func (p *Platform) try(ctx context.Context, body []byte) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.hook, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set(channels.RecorderSignature, channels.SignRecorder(body, p.secret))
	response, err := p.client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	return response.StatusCode, nil
}

// Arrived returns what a customer got so far.
func (p *Platform) Arrived(chat string) []Arrival {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []Arrival
	for _, a := range p.arrived {
		if a.Chat == chat {
			out = append(out, a)
		}
	}
	return out
}

// Await returns when a customer has got n messages.
func (p *Platform) Await(ctx context.Context, chat string, n int) error {
	for {
		p.mu.Lock()
		changed := p.changed
		p.mu.Unlock()
		if len(p.Arrived(chat)) >= n {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s got %d messages, not %d: %w", chat, len(p.Arrived(chat)), n, ctx.Err())
		case <-changed:
		}
	}
}
