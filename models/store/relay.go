package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// The relay's patience: what is older than this was missed by the fast path.
const (
	doorbellPatience = 2 * time.Second
	deadlinePatience = 5 * time.Second
	turnPatience     = 60 * time.Second
	sendPatience     = 10 * time.Second
	ringLease        = 2 * time.Second
)

// Overdue returns doorbells that the fast path missed, at most perAccount of
// each account and limit in all, oldest first within an account. Each is
// leased to the caller, so that several relays don't ring for the same chat. A
// chat whose run hears and does nothing is rung for ever more rarely; one whose
// doorbell never arrived isn't, since it is Temporal that was away.
func (s *System) Overdue(ctx context.Context, perAccount, limit int) ([]Bell, error) {
	var rows []bellRow
	err := s.db.WithContext(ctx).Raw(`
		WITH due AS (
			SELECT account_id, id, woken_at AS since FROM chats
			 WHERE signalled_seq < wake_seq AND woken_at < clock_timestamp() - make_interval(secs => ?)
			UNION ALL
			SELECT account_id, id, wake_at FROM chats
			 WHERE wake_at IS NOT NULL AND wake_at < clock_timestamp() - make_interval(secs => ?)
			UNION ALL
			SELECT c.account_id, c.id, greatest(c.turn_at, c.last_activity_at)
			  FROM chats c
			 WHERE c.last_in_seq > c.answered_seq
			   AND EXISTS (SELECT FROM conversations v WHERE v.chat_id = c.id AND v.closed_at IS NULL AND v.owner = 'agent')
			   AND greatest(c.turn_at, c.last_activity_at) < clock_timestamp() - make_interval(secs => ?)
			UNION ALL
			SELECT m.account_id, m.chat_id, m.created_at FROM messages m
			  JOIN chats c ON c.account_id = m.account_id AND c.id = m.chat_id
			 WHERE m.conversation_id IS NULL AND m.author = 'customer' AND m.created_at < clock_timestamp() - make_interval(secs => ?)
			   AND (c.cooldown_until IS NULL OR c.cooldown_until < clock_timestamp() - make_interval(secs => ?))
			UNION ALL
			SELECT o.account_id, o.chat_id, o.created_at FROM outbounds o
			  JOIN chats c ON c.account_id = o.account_id AND c.id = o.chat_id
			 WHERE o.state IN ('queued', 'sending') AND o.created_at < clock_timestamp() - make_interval(secs => ?) AND c.send_again_at IS NULL
		), fair AS (
			SELECT account_id, id, row_number() OVER (PARTITION BY account_id ORDER BY min(since)) AS place
			  FROM due JOIN chats USING (account_id, id)
			 WHERE rung_at IS NULL OR rung_at < clock_timestamp() - make_interval(secs => ? * power(2, least(rings, CASE WHEN signalled_seq < wake_seq THEN 1 ELSE 5 END)))
			 GROUP BY account_id, id
		), taken AS (
			SELECT c.account_id, c.id FROM chats c
			  JOIN (SELECT account_id, id FROM fair WHERE place <= ? ORDER BY place LIMIT ?) f USING (account_id, id)
			 WHERE c.rung_at IS NULL OR c.rung_at < clock_timestamp() - make_interval(secs => ? * power(2, least(c.rings, CASE WHEN c.signalled_seq < c.wake_seq THEN 1 ELSE 5 END)))
			   FOR NO KEY UPDATE OF c SKIP LOCKED
		)
		UPDATE chats SET rung_at = clock_timestamp(), rings = rings + 1
		  FROM taken WHERE chats.account_id = taken.account_id AND chats.id = taken.id
		RETURNING chats.account_id, chats.id, chats.wake_seq, chats.last_in_seq, chats.last_in_quick`,
		doorbellPatience.Seconds(), deadlinePatience.Seconds(), turnPatience.Seconds(), turnPatience.Seconds(), deadlinePatience.Seconds(),
		sendPatience.Seconds(), ringLease.Seconds(), perAccount, limit, ringLease.Seconds()).Scan(&rows).Error
	if err != nil {
		return nil, translate(err)
	}
	bells := make([]Bell, len(rows))
	for i, r := range rows {
		bells[i] = Bell{Account: r.AccountID, Chat: r.ID, Seq: r.WakeSeq, InSeq: r.LastInSeq, Quick: r.LastInQuick}
	}
	return bells, nil
}

type bellRow struct {
	AccountID, ID      uuid.UUID
	WakeSeq, LastInSeq int64
	LastInQuick        bool
}

// Signalled notes that the runs of these chats were told up to these seqs.
func (s *System) Signalled(ctx context.Context, bells []Bell) error {
	if len(bells) == 0 {
		return nil
	}
	accounts, chats, seqs := make([]string, len(bells)), make([]string, len(bells)), make([]string, len(bells))
	for i, b := range bells {
		accounts[i], chats[i], seqs[i] = b.Account.String(), b.Chat.String(), strconv.FormatInt(b.Seq, 10)
	}
	return translate(s.db.WithContext(ctx).Exec(`
		UPDATE chats SET signalled_seq = greatest(signalled_seq, b.seq), rings = 0
		  FROM (SELECT account_id, id, max(seq) AS seq FROM unnest(?::text::uuid[], ?::text::uuid[], ?::text::bigint[]) AS t(account_id, id, seq)
		         GROUP BY account_id, id ORDER BY id) b
		 WHERE chats.account_id = b.account_id AND chats.id = b.id AND chats.signalled_seq < b.seq`,
		arrayOf(accounts), arrayOf(chats), arrayOf(seqs)).Error)
}

// arrayOf writes an array's literal: given a slice, gorm would write a list of
// its elements. The elements are IDs and numbers.
func arrayOf(elements []string) string { return "{" + strings.Join(elements, ",") + "}" }
