package store

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// channelName is the Postgres channel that every API process listens on.
const channelName = "kedai"

// Notice tells that a chat has something new up to Seq. It carries IDs only.
type Notice struct {
	Account uuid.UUID `json:"account"`
	Chat    uuid.UUID `json:"chat"`
	Seq     int64     `json:"seq"`
}

// Notifier sends notices in batches on a connection of its own, after the
// commits they tell of: inside a transaction NOTIFY would serialise all
// commits. A lost notice does no harm, since listeners poll as well.
type Notifier struct {
	url    string
	mu     sync.Mutex
	queue  map[uuid.UUID]Notice
	ring   chan struct{}
	cancel context.CancelFunc
	done   chan struct{}
}

func newNotifier(url string) *Notifier {
	ctx, cancel := context.WithCancel(context.Background())
	n := &Notifier{url: url, queue: map[uuid.UUID]Notice{}, ring: make(chan struct{}, 1), cancel: cancel, done: make(chan struct{})}
	go n.run(ctx)
	return n
}

func (n *Notifier) add(notice Notice) {
	n.mu.Lock()
	notice.Seq = max(notice.Seq, n.queue[notice.Chat].Seq)
	n.queue[notice.Chat] = notice
	n.mu.Unlock()
	select {
	case n.ring <- struct{}{}:
	default:
	}
}

func (n *Notifier) close() {
	n.cancel()
	<-n.done
}

func (n *Notifier) run(ctx context.Context) {
	defer close(n.done)
	var conn *pgx.Conn
	defer func() {
		if conn != nil {
			conn.Close(context.Background())
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.ring:
		}
		n.mu.Lock()
		batch := make([]string, 0, len(n.queue))
		for _, notice := range n.queue {
			payload, err := json.Marshal(notice)
			if err != nil {
				continue // A struct of two IDs and a number always marshals.
			}
			batch = append(batch, string(payload))
		}
		clear(n.queue)
		n.mu.Unlock()
		conn = n.send(ctx, conn, batch)
	}
}

// send returns the connection to go on with, nil where it broke.
func (n *Notifier) send(ctx context.Context, conn *pgx.Conn, batch []string) *pgx.Conn {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if conn == nil {
		var err error
		if conn, err = pgx.Connect(ctx, n.url); err != nil {
			return nil
		}
	}
	if _, err := conn.Exec(ctx, "SELECT pg_notify('"+channelName+"', p) FROM unnest($1::text[]) p", batch); err != nil {
		conn.Close(ctx)
		return nil
	}
	return conn
}

// Listen calls heard for each notice until ctx ends. On every (re)connection
// it first calls connected, so that the caller re-reads its cursors: notices
// sent while it was away are gone.
func (s *Store) Listen(ctx context.Context, connected func(), heard func(Notice)) {
	for ctx.Err() == nil {
		s.listenOnce(ctx, connected, heard)
		select {
		case <-ctx.Done():
		case <-time.After(250 * time.Millisecond):
		}
	}
}

func (s *Store) listenOnce(ctx context.Context, connected func(), heard func(Notice)) {
	conn, err := pgx.Connect(ctx, s.notify.url)
	if err != nil {
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+channelName); err != nil {
		return
	}
	connected()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return
		}
		var notice Notice
		if json.Unmarshal([]byte(n.Payload), &notice) == nil {
			heard(notice)
		}
	}
}
