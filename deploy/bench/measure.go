package bench

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"kedai/workflows/contract"
)

// spread is a figure of several rounds.
type spread struct {
	Median float64   `json:"median"`
	Min    float64   `json:"min"`
	Max    float64   `json:"max"`
	Rounds []float64 `json:"rounds"`
}

func spreadOf(values []float64) spread {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return spread{Median: quantile(sorted, 0.5), Min: sorted[0], Max: sorted[len(sorted)-1], Rounds: values}
}

// quantile of sorted values, by the nearest rank.
func quantile(sorted []float64, q float64) float64 {
	return sorted[max(0, int(math.Ceil(q*float64(len(sorted))))-1)]
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// measure is one bench run against one system.
type measure struct {
	system *System
	shop   *Shop
	floor  *Floor
	pool   *pgxpool.Pool
	burst  time.Duration
	chats  []*websiteChat
	bare   []uuid.UUID
}

// acknowledge sends messages at a steady rate and, at the same moments, bare
// INSERTs with a commit each, and returns both latencies in milliseconds.
func (m *measure) acknowledge(ctx context.Context, perSecond int, duration time.Duration) (kedai, bare []float64, err error) {
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	for i := range int(duration.Seconds()) * perSecond {
		<-tick.C
		chat := m.chats[i%len(m.chats)]
		group.Go(func() error {
			began := time.Now()
			if _, err := chat.visitor.Say(ctx, Question()); err != nil {
				return err
			}
			took := millis(time.Since(began))
			mu.Lock()
			defer mu.Unlock()
			kedai = append(kedai, took)
			return nil
		})
		group.Go(func() error {
			began := time.Now()
			if _, err := m.pool.Exec(ctx, "INSERT INTO bench_floor (text) VALUES ($1)", Question()); err != nil {
				return err
			}
			took := millis(time.Since(began))
			mu.Lock()
			defer mu.Unlock()
			bare = append(bare, took)
			return nil
		})
	}
	err = group.Wait()
	slices.Sort(kedai)
	slices.Sort(bare)
	return kedai, bare, err
}

// saturate has n chats ask without a pause for a while and returns turns per
// second.
func saturate(ctx context.Context, n int, duration time.Duration, turn func(ctx context.Context, i int) error) (float64, error) {
	var mu sync.Mutex
	turns := 0
	began := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i := range n {
		group.Go(func() error {
			for time.Since(began) < duration {
				if err := turn(ctx, i); err != nil {
					return err
				}
				mu.Lock()
				turns++
				mu.Unlock()
			}
			return nil
		})
	}
	err := group.Wait()
	return float64(turns) / time.Since(began).Seconds(), err
}

// ask has a chat ask one question and waits for the reply.
func (m *measure) ask(ctx context.Context, i int) error {
	return Converse(ctx, m.chats[i], 1, time.Minute)
}

// turnTimes returns how long the turns since a time took, from the message's
// commit to the reply's by Postgres's clock, without the burst wait.
func (m *measure) turnTimes(ctx context.Context, since time.Time) ([]float64, error) {
	rows, err := m.pool.Query(ctx, `
		SELECT extract(epoch FROM r.created_at - q.created_at) * 1000
		  FROM turns t JOIN messages q ON q.chat_id = t.chat_id AND q.seq = t.first_seq
		  JOIN outbounds o ON o.turn_id = t.id JOIN messages r ON r.outbound_id = o.id
		 WHERE t.account_id = $1 AND t.first_seq = t.covers_seq AND q.created_at >= $2`, m.shop.Account.ID, since)
	if err != nil {
		return nil, err
	}
	times, err := pgx.CollectRows(rows, pgx.RowTo[float64])
	for i := range times {
		times[i] -= millis(m.burst)
	}
	slices.Sort(times)
	return times, err
}

// historyPerTurn returns events and bytes that each of the next turns of a chat
// adds to its run; turns that continue as new are left out.
func (m *measure) historyPerTurn(ctx context.Context, temporal client.Client, chat Chat, id uuid.UUID, turns int) (events, bytes []float64, err error) {
	type size struct {
		run           string
		events, bytes int64
	}
	look := func() (size, error) {
		// The upsert and the timer after the reply end the turn's last task.
		if !pause(ctx, 60*time.Millisecond) {
			return size{}, ctx.Err()
		}
		out, err := temporal.DescribeWorkflowExecution(ctx, contract.ConversationWorkflowID(id), "")
		info := out.GetWorkflowExecutionInfo()
		return size{info.GetExecution().GetRunId(), info.GetHistoryLength(), info.GetHistorySizeBytes()}, err
	}
	before, err := look()
	if err != nil {
		return nil, nil, err
	}
	for range turns {
		if err := Converse(ctx, chat, 1, time.Minute); err != nil {
			return nil, nil, err
		}
		after, err := look()
		if err != nil {
			return nil, nil, err
		}
		if after.run == before.run {
			events = append(events, float64(after.events-before.events))
			bytes = append(bytes, float64(after.bytes-before.bytes))
		}
		before = after
	}
	return events, bytes, nil
}

// chatID returns the ID of a customer's chat.
func (m *measure) chatID(ctx context.Context, chat Chat) (id uuid.UUID, err error) {
	err = m.pool.QueryRow(ctx, "SELECT id FROM chats WHERE account_id = $1 AND identity = $2", m.shop.Account.ID, chat.Customer().Name).Scan(&id)
	return id, err
}

// usage is what the system's processes have used.
type usage struct {
	CPU      map[Part]float64 // Seconds, of the process and its children.
	Resident map[Part]float64 // MiB.
}

var parts = []Part{PartAPI, PartWorker, PartPostgres, PartTemporal, PartWeaviate}

const (
	ticksPerSecond = 100 // Of /proc on Linux.
	mib            = 1 << 20
)

func (m *measure) usage() (usage, error) {
	u := usage{CPU: map[Part]float64{}, Resident: map[Part]float64{}}
	for _, part := range parts {
		pid, err := m.system.PID(part)
		if err != nil {
			return u, err
		}
		for _, p := range append(children(pid), pid) {
			cpu, resident := processUsage(p)
			u.CPU[part] += cpu
			u.Resident[part] += resident
		}
	}
	return u, nil
}

// processUsage reads /proc; zeros for a process that is gone.
func processUsage(pid int) (cpu, resident float64) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+2:]))
	for _, i := range []int{11, 12, 13, 14} { // utime, stime, cutime, cstime
		n, _ := strconv.ParseFloat(fields[i], 64)
		cpu += n / ticksPerSecond
	}
	// Shared pages of Postgres's processes would count many times: Pss splits
	// them.
	rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err == nil {
		for line := range strings.Lines(string(rollup)) {
			if rest, found := strings.CutPrefix(line, "Pss:"); found {
				kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
				resident = kib * 1024 / mib
			}
		}
	}
	return cpu, resident
}

func children(pid int) []int {
	var out []int
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, task := range tasks {
		raw, err := os.ReadFile(task)
		if err != nil {
			continue
		}
		for _, field := range strings.Fields(string(raw)) {
			if child, err := strconv.Atoi(field); err == nil {
				out = append(out, child)
			}
		}
	}
	return out
}

// statements counts what Postgres was asked in Kedai's database.
func (m *measure) statements(ctx context.Context) (float64, error) {
	var n float64
	err := m.pool.QueryRow(ctx, "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database()").Scan(&n)
	return n, err
}
