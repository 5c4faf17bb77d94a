package bench

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func asStatus(err error, target **StatusError) bool { return errors.As(err, target) }

// Customer is one customer's side of a chat, as far as the judge needs it.
type Customer struct {
	Name     string
	Said     []string       // Acknowledged messages.
	Got      []string       // Arrived messages, in order.
	Arrivals map[string]int // How often each outbound arrived, by its ID (recorder) or seq (website).
	Keys     []string       // The same keys in the order they arrived.
	Recorder bool
}

// verdict is one rule, as a query that returns its violations.
type verdict struct{ rule, sql string }

// silence are the log lines after which the agent may not speak in a
// conversation until it is handed back.
const silence = "('agent_stopped', 'handed_over', 'agent_ended', 'taken_over', 'conversation_closed')"

var verdicts = []verdict{
	{"each turn has at most one outbound", `
		SELECT turn_id::text FROM outbounds WHERE account_id = $1 AND turn_id IS NOT NULL GROUP BY turn_id HAVING count(*) > 1`},
	// A line of the log excuses a message that it came after only where the
	// agent said nothing in between, and one that it came before only where the
	// agent wasn't given the conversation back in between.
	{"each inbound is covered by exactly one turn with an outbound, or the log says why not", `
		WITH covered AS (
			SELECT m.id, m.chat_id, m.conversation_id, m.seq,
			       (SELECT count(*) FROM turns t JOIN outbounds o ON o.turn_id = t.id WHERE t.chat_id = m.chat_id AND m.seq BETWEEN t.first_seq AND t.covers_seq) AS n
			  FROM messages m WHERE m.account_id = $1 AND m.author = 'customer'
		)
		SELECT m.id::text || ' seq ' || m.seq || ' covered ' || m.n FROM covered m
		 WHERE m.n > 1 OR (m.n = 0
		   AND NOT EXISTS (SELECT FROM messages l WHERE l.chat_id = m.chat_id AND l.conversation_id = m.conversation_id AND l.author = 'log'
		       AND (l.event IN ` + silence + ` OR l.event = 'conversation_reopened')
		       AND CASE WHEN l.seq > m.seq
		           THEN NOT EXISTS (SELECT FROM outbounds o WHERE o.chat_id = m.chat_id AND o.kind <> 'person' AND o.seq > m.seq AND o.seq < l.seq)
		           ELSE NOT EXISTS (SELECT FROM messages b WHERE b.chat_id = m.chat_id AND b.event = 'handed_back' AND b.seq > l.seq AND b.seq < m.seq) END)
		   AND NOT EXISTS (SELECT FROM chats c WHERE c.id = m.chat_id AND m.conversation_id IS NULL AND c.cooldown_until > now())
		   AND NOT EXISTS (SELECT FROM conversations v WHERE v.id = m.conversation_id AND v.agent_started_at IS NULL AND (v.stopped_at IS NOT NULL OR v.person_replied_at IS NOT NULL)))`},
	{"no agent reply on the website is committed after a stop, handoff, takeover, close or off", `
		SELECT o.id::text FROM outbounds o JOIN chats c ON c.id = o.chat_id JOIN inboxes i ON i.account_id = c.account_id AND i.id = c.inbox_id
		 WHERE o.account_id = $1 AND o.kind = 'agent' AND i.channel = 'website'
		   AND EXISTS (SELECT FROM messages l WHERE l.chat_id = o.chat_id AND l.conversation_id = o.conversation_id AND l.author = 'log' AND l.event IN ` + silence + ` AND l.seq < o.seq
		       AND NOT EXISTS (SELECT FROM messages b WHERE b.chat_id = o.chat_id AND b.conversation_id = o.conversation_id AND b.event = 'handed_back' AND b.seq BETWEEN l.seq AND o.seq))`},
	{"no agent reply has an attempt after a stop, handoff, takeover, close or off", `
		SELECT a.id::text FROM send_attempts a JOIN outbounds o ON o.id = a.outbound_id
		 WHERE a.account_id = $1 AND o.kind = 'agent'
		   AND EXISTS (SELECT FROM messages l WHERE l.chat_id = o.chat_id AND l.conversation_id = o.conversation_id AND l.author = 'log' AND l.event IN ` + silence + ` AND l.seq < a.seq
		       AND NOT EXISTS (SELECT FROM messages b WHERE b.chat_id = o.chat_id AND b.conversation_id = o.conversation_id AND b.event = 'handed_back' AND b.seq BETWEEN l.seq AND a.seq))`},
	{"a handoff text is not attempted after a stop", `
		SELECT a.id::text FROM send_attempts a JOIN outbounds o ON o.id = a.outbound_id
		 WHERE a.account_id = $1 AND o.kind = 'handoff'
		   AND EXISTS (SELECT FROM messages l WHERE l.chat_id = o.chat_id AND l.conversation_id = o.conversation_id AND l.event = 'agent_stopped' AND l.seq < a.seq)`},
	{"nothing is left to be sent", `
		SELECT id::text FROM outbounds WHERE account_id = $1 AND state IN ('queued', 'sending')`},
	{"sequence numbers of a chat are used once", `
		SELECT chat_id::text FROM messages WHERE account_id = $1 GROUP BY chat_id, seq HAVING count(*) > 1`},
	{"a chat has at most one open conversation", `
		SELECT chat_id::text FROM conversations WHERE account_id = $1 AND closed_at IS NULL GROUP BY chat_id HAVING count(*) > 1`},
}

// Judge reads the database, as its superuser, and the customers' side, and
// returns every violation.
func Judge(ctx context.Context, superuser string, account uuid.UUID, customers []Customer) ([]string, error) {
	conn, err := pgx.Connect(ctx, superuser)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	var out []string
	for _, v := range verdicts {
		rows, err := conn.Query(ctx, v.sql, account)
		if err != nil {
			return nil, fmt.Errorf("judge %q: %w", v.rule, err)
		}
		found, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return nil, fmt.Errorf("judge %q: %w", v.rule, err)
		}
		for _, what := range found {
			out = append(out, v.rule+": "+what)
		}
	}
	for _, c := range customers {
		found, err := judgeCustomer(ctx, conn, account, c)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// judgeCustomer checks that what was said is stored once, and that what was
// stored as sent arrived once, twice only where the row says so.
func judgeCustomer(ctx context.Context, conn *pgx.Conn, account uuid.UUID, c Customer) ([]string, error) {
	var out []string
	for _, text := range c.Said {
		var n int
		if err := conn.QueryRow(ctx, "SELECT count(*) FROM messages WHERE account_id = $1 AND author = 'customer' AND text = $2", account, text).Scan(&n); err != nil {
			return nil, err
		}
		if n != 1 {
			out = append(out, fmt.Sprintf("%s: an acknowledged message is stored %d times", c.Name, n))
		}
	}
	column := "m.seq::text"
	if c.Recorder {
		column = "o.id::text"
	}
	rows, err := conn.Query(ctx, `SELECT `+column+`, o.state, o.possibly_double, o.seq FROM outbounds o JOIN messages m ON m.outbound_id = o.id AND m.account_id = o.account_id
		JOIN chats c ON c.id = o.chat_id WHERE o.account_id = $1 AND c.identity = $2`, account, c.Name)
	if err != nil {
		return nil, err
	}
	type row struct {
		Key    string
		State  string
		Double bool
		Seq    int64
	}
	outbounds, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
	if err != nil {
		return nil, err
	}
	known := map[string]int64{}
	for _, o := range outbounds {
		known[o.Key] = o.Seq
		n := c.Arrivals[o.Key]
		switch {
		case o.State == "failed":
			out = append(out, fmt.Sprintf("%s: outbound %s failed", c.Name, o.Key))
		case o.State == "cancelled" && n > 0:
			out = append(out, fmt.Sprintf("%s: outbound %s arrived and is marked cancelled", c.Name, o.Key))
		case o.State == "sent" && n == 0:
			out = append(out, fmt.Sprintf("%s: outbound %s is marked sent and never arrived", c.Name, o.Key))
		case n > 1 && !o.Double:
			out = append(out, fmt.Sprintf("%s: outbound %s arrived %d times and isn't marked possibly double", c.Name, o.Key, n))
		case n > 2:
			out = append(out, fmt.Sprintf("%s: outbound %s arrived %d times", c.Name, o.Key, n))
		}
	}
	return append(out, judgeOrder(c, known)...), nil
}

// judgeOrder checks that what arrived first arrived in the order it was said.
func judgeOrder(c Customer, known map[string]int64) []string {
	var out []string
	newest := int64(0)
	seen := map[string]bool{}
	for _, key := range c.Keys {
		seq, ok := known[key]
		switch {
		case !ok:
			out = append(out, fmt.Sprintf("%s: %s arrived and is no outbound", c.Name, key))
		case !seen[key] && seq < newest:
			out = append(out, fmt.Sprintf("%s: outbound %s arrived out of order", c.Name, key))
		}
		seen[key] = true
		newest = max(newest, seq)
	}
	return out
}
