package bench

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"
)

// RunOptions configure Run; zeros take the defaults.
type RunOptions struct {
	Binary string // Of the kedai command.
	Rounds int    // 5.
	Chats  int    // Side by side at saturation; 48.
	Parked int    // 2,000.
	Long   int    // Turns of the long chat; 500.
	Say    func(format string, args ...any)
}

// Report is what a bench run found. Times are milliseconds, memory is MiB.
type Report struct {
	Machine       string           `json:"machine"`
	Rounds        int              `json:"rounds"`
	AckP50        spread           `json:"ack_p50_ms"`
	AckP99        spread           `json:"ack_p99_ms"`
	InsertP50     spread           `json:"bare_insert_p50_ms"`
	InsertP99     spread           `json:"bare_insert_p99_ms"`
	AckRatio      float64          `json:"ack_p99_to_bare_insert_p99"`
	Turn          spread           `json:"turn_ms"`
	FloorTurn     spread           `json:"floor_turn_ms"`
	TurnRatio     float64          `json:"turn_to_floor"`
	Rate          spread           `json:"turns_per_second"`
	FloorRate     spread           `json:"floor_turns_per_second"`
	RateRatio     float64          `json:"turns_per_second_to_floor"`
	CPU           spread           `json:"cpu_seconds_per_turn"`
	CPUByPart     map[Part]float64 `json:"cpu_seconds_per_turn_by_part"`
	FloorCPU      spread           `json:"floor_cpu_seconds_per_turn"`
	Statements    spread           `json:"statements_per_turn"`
	Website       historyReport    `json:"history_website"`
	Recorder      historyReport    `json:"history_recorder"`
	ParkedChats   int              `json:"parked_chats"`
	ResidentEmpty map[Part]float64 `json:"resident_mib_before"`
	Resident      map[Part]float64 `json:"resident_mib_with_parked_chats"`
}

// historyReport is what one-message turns add to a run's history.
type historyReport struct {
	EventsEarly float64 `json:"events_per_turn_early"` // Median of turns 4 to 8.
	EventsLate  float64 `json:"events_per_turn_late"`  // Of the last turns of the long chat.
	BytesEarly  float64 `json:"bytes_per_turn_early"`
	BytesLate   float64 `json:"bytes_per_turn_late"`
	Turns       int     `json:"turns"`
}

const (
	ackRate      = 20 // Messages per second.
	ackFor       = 8 * time.Second
	saturateFor  = 8 * time.Second
	quietTurns   = 12
	benchBurstMS = 50
)

// Run measures Kedai beside its floor on one freshly started system.
func Run(ctx context.Context, o RunOptions) (*Report, error) {
	for _, d := range []struct {
		value *int
		is    int
	}{{&o.Rounds, 5}, {&o.Chats, 48}, {&o.Parked, 2000}, {&o.Long, 500}} {
		if *d.value == 0 {
			*d.value = d.is
		}
	}
	dir, err := os.MkdirTemp("", "kedai-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	o.Say("starting the system")
	system, err := StartSystem(ctx, SystemOptions{Binary: o.Binary, Dir: dir, Count: true})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err := system.Stop(); err != nil {
			o.Say("%v", err)
		}
	}()
	m := &measure{system: system, burst: benchBurstMS * time.Millisecond}
	defer m.close()
	if err := m.prepare(ctx, o.Chats); err != nil {
		return nil, err
	}
	report := &Report{Rounds: o.Rounds, Machine: fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())}
	if err := m.rounds(ctx, o, report); err != nil {
		return nil, err
	}
	if err := m.histories(ctx, o, report); err != nil {
		return nil, err
	}
	return report, m.park(ctx, o, report)
}

func (m *measure) prepare(ctx context.Context, chats int) (err error) {
	settings := map[string]any{"burst_question_ms": benchBurstMS, "burst_quiet_ms": benchBurstMS, "burst_max_ms": 1000}
	if m.shop, err = OpenShop(ctx, m.system, settings); err != nil {
		return err
	}
	if m.pool, err = pgxpool.New(ctx, m.system.Superuser); err != nil {
		return err
	}
	if _, err = m.pool.Exec(ctx, "CREATE TABLE bench_floor (id bigserial PRIMARY KEY, text text NOT NULL); CREATE EXTENSION IF NOT EXISTS pg_stat_statements"); err != nil {
		return fmt.Errorf("prepare the bare INSERT: %w", err)
	}
	if m.floor, err = StartFloor(m.system, m.burst); err != nil {
		return err
	}
	for range chats {
		chat, err := NewWebsiteChat(ctx, m.shop)
		if err != nil {
			return err
		}
		m.chats = append(m.chats, chat.(*websiteChat))
		m.bare = append(m.bare, uuid.New())
	}
	// One turn of everything warms caches and connections.
	_, err = saturate(ctx, chats, time.Second, m.ask)
	if err == nil {
		_, err = saturate(ctx, chats, time.Second, m.askFloor)
	}
	return err
}

func (m *measure) askFloor(ctx context.Context, i int) error {
	_, err := m.floor.Turn(ctx, m.bare[i])
	return err
}

func (m *measure) close() {
	for _, chat := range m.chats {
		chat.Close()
	}
	if m.floor != nil {
		m.floor.Close()
	}
	if m.pool != nil {
		m.pool.Close()
	}
	if m.shop != nil {
		m.shop.Close()
	}
}

// rounds alternates floor and Kedai, so that both meet the same machine.
func (m *measure) rounds(ctx context.Context, o RunOptions, r *Report) error {
	series := map[string][]float64{}
	add := func(name string, value float64) { series[name] = append(series[name], value) }
	byPart := map[Part]float64{}
	for round := range o.Rounds {
		o.Say("round %d of %d", round+1, o.Rounds)
		for range quietTurns {
			took, err := m.floor.Turn(ctx, m.bare[0])
			if err != nil {
				return err
			}
			add("floor turn all", millis(took))
		}
		add("floor turn", spreadOf(series["floor turn all"]).Median)
		series["floor turn all"] = nil
		since := time.Now()
		for range quietTurns {
			if err := m.ask(ctx, 0); err != nil {
				return err
			}
		}
		times, err := m.turnTimes(ctx, since)
		if err != nil {
			return err
		}
		add("turn", quantile(times, 0.5))
		if err := m.loaded(ctx, o, add, byPart); err != nil {
			return err
		}
		acks, inserts, err := m.acknowledge(ctx, ackRate, ackFor)
		if err != nil {
			return err
		}
		add("ack p50", quantile(acks, 0.5))
		add("ack p99", quantile(acks, 0.99))
		add("insert p50", quantile(inserts, 0.5))
		add("insert p99", quantile(inserts, 0.99))
		// The turns of those messages end before the next round.
		if !pause(ctx, 3*time.Second) {
			return ctx.Err()
		}
	}
	for name, to := range map[string]*spread{
		"ack p50": &r.AckP50, "ack p99": &r.AckP99, "insert p50": &r.InsertP50, "insert p99": &r.InsertP99, "turn": &r.Turn, "floor turn": &r.FloorTurn,
		"rate": &r.Rate, "floor rate": &r.FloorRate, "cpu": &r.CPU, "floor cpu": &r.FloorCPU, "statements": &r.Statements,
	} {
		*to = spreadOf(series[name])
	}
	r.AckRatio = r.AckP99.Median / r.InsertP99.Median
	r.TurnRatio = r.Turn.Median / r.FloorTurn.Median
	r.RateRatio = r.Rate.Median / r.FloorRate.Median
	r.CPUByPart = byPart
	for part := range byPart {
		byPart[part] /= float64(o.Rounds)
	}
	return nil
}

// loaded measures what is measured at saturation.
func (m *measure) loaded(ctx context.Context, o RunOptions, add func(string, float64), byPart map[Part]float64) error {
	own := func() float64 { cpu, _ := processUsage(os.Getpid()); return cpu }
	before, err := m.usage()
	if err != nil {
		return err
	}
	mine := own()
	began := time.Now()
	rate, err := saturate(ctx, o.Chats, saturateFor, m.askFloor)
	if err != nil {
		return err
	}
	turns := rate * time.Since(began).Seconds()
	after, err := m.usage()
	if err != nil {
		return err
	}
	add("floor rate", rate)
	add("floor cpu", (total(after)-total(before)+own()-mine)/turns)

	if before, err = m.usage(); err != nil {
		return err
	}
	asked, err := m.statements(ctx)
	if err != nil {
		return err
	}
	began = time.Now()
	if rate, err = saturate(ctx, o.Chats, saturateFor, m.ask); err != nil {
		return err
	}
	turns = rate * time.Since(began).Seconds()
	if after, err = m.usage(); err != nil {
		return err
	}
	answered, err := m.statements(ctx)
	if err != nil {
		return err
	}
	add("rate", rate)
	add("cpu", (total(after)-total(before))/turns)
	add("statements", (answered-asked)/turns)
	for part, cpu := range after.CPU {
		byPart[part] += (cpu - before.CPU[part]) / turns
	}
	return nil
}

func total(u usage) float64 {
	sum := 0.0
	for _, cpu := range u.CPU {
		sum += cpu
	}
	return sum
}

// histories measures turns of one message in a young and in an old chat.
func (m *measure) histories(ctx context.Context, o RunOptions, r *Report) error {
	for _, of := range []struct {
		open func(context.Context, *Shop) (Chat, error)
		to   *historyReport
	}{{NewWebsiteChat, &r.Website}, {NewRecorderChat, &r.Recorder}} {
		chat, err := of.open(ctx, m.shop)
		if err != nil {
			return err
		}
		o.Say("a chat of %d turns", o.Long)
		*of.to, err = m.historyOf(ctx, o, chat)
		chat.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *measure) historyOf(ctx context.Context, o RunOptions, chat Chat) (historyReport, error) {
	var r historyReport
	if err := Converse(ctx, chat, 3, time.Minute); err != nil {
		return r, err
	}
	id, err := m.chatID(ctx, chat)
	if err != nil {
		return r, err
	}
	early, earlyBytes, err := m.historyPerTurn(ctx, m.floor.temporal, chat, id, 5)
	if err != nil {
		return r, err
	}
	if err := Converse(ctx, chat, max(0, o.Long-16), time.Minute); err != nil {
		return r, err
	}
	late, lateBytes, err := m.historyPerTurn(ctx, m.floor.temporal, chat, id, 8)
	if err != nil {
		return r, err
	}
	return historyReport{
		EventsEarly: spreadOf(early).Median, EventsLate: spreadOf(late).Median,
		BytesEarly: spreadOf(earlyBytes).Median, BytesLate: spreadOf(lateBytes).Median, Turns: o.Long,
	}, nil
}

// park opens chats that rest after one turn and reads the memory.
func (m *measure) park(ctx context.Context, o RunOptions, r *Report) error {
	before, err := m.usage()
	if err != nil {
		return err
	}
	o.Say("parking %d chats", o.Parked)
	for parked := 0; parked < o.Parked; parked += o.Chats {
		if err := m.parkSome(ctx, min(o.Chats, o.Parked-parked)); err != nil {
			return err
		}
	}
	after, err := m.usage()
	r.ParkedChats, r.ResidentEmpty, r.Resident = o.Parked, before.Resident, after.Resident
	return err
}

func (m *measure) parkSome(ctx context.Context, n int) error {
	group, ctx := errgroup.WithContext(ctx)
	for range n {
		group.Go(func() error {
			chat, err := NewRecorderChat(ctx, m.shop)
			if err != nil {
				return err
			}
			return Converse(ctx, chat, 1, time.Minute)
		})
	}
	return group.Wait()
}
