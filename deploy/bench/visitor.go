package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Visitor is a customer on the website chat: a session, messages with client
// IDs sent until they are acknowledged, and a stream that resumes.
type Visitor struct {
	base   string
	client *http.Client

	mu      sync.Mutex
	token   string
	seen    []Seen
	last    int64
	changed chan struct{}
	cancel  context.CancelFunc
	done    chan struct{}
}

// Seen is a message as the visitor's page shows it.
type Seen struct {
	Seq      int64  `json:"seq"`
	ID       string `json:"id"`
	ClientID string `json:"client_id"`
	From     string `json:"from"`
	Text     string `json:"text"`
}

// NewVisitor opens a session and its stream.
func NewVisitor(ctx context.Context, api, inbox string) (*Visitor, error) {
	v := &Visitor{base: api + "/v1/widget/" + inbox, client: &http.Client{}, changed: make(chan struct{}), done: make(chan struct{})}
	var session struct{ Token string }
	if err := v.until(ctx, http.MethodPost, "/session", map[string]string{}, &session); err != nil {
		return nil, err
	}
	v.token = session.Token
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	v.cancel = cancel
	go v.follow(background)
	return v, nil
}

// Identity is the visitor's name in the chat: the subject of its token, which
// needs no key to be read.
func (v *Visitor) Identity() string {
	parts := strings.Split(v.token, ".")
	if len(parts) != 3 {
		return ""
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct{ Sub string }
	if err != nil || json.Unmarshal(raw, &claims) != nil {
		return ""
	}
	return claims.Sub
}

// Close ends the stream.
func (v *Visitor) Close() {
	v.cancel()
	<-v.done
}

// Say sends a message until it is acknowledged and returns its seq.
func (v *Visitor) Say(ctx context.Context, text string) (int64, error) {
	var out struct{ Seq int64 }
	err := v.until(ctx, http.MethodPost, "/messages", map[string]string{"client_id": uuid.NewString(), "text": text}, &out)
	return out.Seq, err
}

// Prove hands in the shop's signed proof of who the visitor is.
func (v *Visitor) Prove(ctx context.Context, token string) error {
	body, err := json.Marshal(map[string]string{"jwt": token})
	if err != nil {
		return err
	}
	status, err := v.once(ctx, http.MethodPost, "/identity", body, &struct{}{})
	if err == nil && status/100 != 2 {
		return fmt.Errorf("/identity answers %d", status)
	}
	if errors.Is(err, io.EOF) {
		return nil // It answers without a body.
	}
	return err
}

// Seen returns what the page shows, in the order it came.
func (v *Visitor) Seen() []Seen {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]Seen(nil), v.seen...)
}

// Replies returns what the other side said.
func (v *Visitor) Replies() []Seen {
	var out []Seen
	for _, m := range v.Seen() {
		if m.From != "customer" {
			out = append(out, m)
		}
	}
	return out
}

// AwaitReplies returns when the other side has said n things.
func (v *Visitor) AwaitReplies(ctx context.Context, n int) error {
	for {
		v.mu.Lock()
		changed := v.changed
		v.mu.Unlock()
		if len(v.Replies()) >= n {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the visitor got %d replies, not %d: %w", len(v.Replies()), n, ctx.Err())
		case <-changed:
		}
	}
}

// until repeats a request until it is answered with 2xx.
func (v *Visitor) until(ctx context.Context, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	for {
		status, err := v.once(ctx, method, path, body, out)
		if err == nil && status/100 == 2 {
			return nil
		}
		if err == nil && status/100 == 4 && status != http.StatusTooManyRequests {
			return fmt.Errorf("%s answers %d", path, status)
		}
		if !pause(ctx, 150*time.Millisecond) {
			return fmt.Errorf("%s: %w", path, ctx.Err())
		}
	}
}

func (v *Visitor) once(ctx context.Context, method, path string, body []byte, out any) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, v.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	if v.token != "" {
		request.Header.Set("Authorization", "Bearer "+v.token)
	}
	response, err := v.client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return response.StatusCode, nil
	}
	return response.StatusCode, json.NewDecoder(response.Body).Decode(out)
}

// follow keeps a stream open, resumed from the newest seq.
func (v *Visitor) follow(ctx context.Context) {
	defer close(v.done)
	for ctx.Err() == nil {
		v.stream(ctx)
		pause(ctx, 100*time.Millisecond)
	}
}

func (v *Visitor) stream(ctx context.Context) {
	v.mu.Lock()
	after := v.last
	v.mu.Unlock()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, v.base+"/stream?after="+strconv.FormatInt(after, 10), nil)
	if err != nil {
		return
	}
	request.Header.Set("Authorization", "Bearer "+v.token)
	response, err := v.client.Do(request)
	if err != nil {
		return
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return
	}
	event := ""
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "event:"):
			event = strings.TrimSpace(strings.TrimPrefix(line, "event:"))
		case strings.HasPrefix(line, "data:") && event == "message":
			var m Seen
			if json.Unmarshal([]byte(strings.TrimPrefix(line, "data:")), &m) == nil {
				v.show(m)
			}
		}
	}
}

func (v *Visitor) show(m Seen) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen = append(v.seen, m)
	v.last = max(v.last, m.Seq)
	close(v.changed)
	v.changed = make(chan struct{})
}
