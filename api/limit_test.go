package api

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestLimiter(t *testing.T) {
	t.Parallel()
	now := time.Now()

	t.Run("refills with time and says how long to wait", func(t *testing.T) {
		l := newLimiter(60, 2)
		for range 2 {
			_, ok := l.allow("a", now)
			require.True(t, ok)
		}
		wait, ok := l.allow("a", now)
		require.False(t, ok)
		require.Equal(t, time.Second, wait)
		_, ok = l.allow("a", now.Add(time.Second))
		require.True(t, ok)
	})

	t.Run("keeps its size under a flood of keys, and what is in use for as long as it can", func(t *testing.T) {
		l := newLimiter(60, 2)
		l.max = 100
		for i := range 90 {
			l.allow(fmt.Sprint("old ", i), now)
		}
		later := now.Add(time.Minute)
		l.allow("busy", later)
		l.allow("busy", later)
		for i := range 50 {
			l.allow(fmt.Sprint("new ", i), later)
		}
		require.LessOrEqual(t, len(l.bucket), 100)
		_, ok := l.allow("busy", later)
		require.False(t, ok)
		for i := range 1000 {
			l.allow(fmt.Sprint("flood ", i), later)
		}
		require.LessOrEqual(t, len(l.bucket), 100)
	})

	t.Run("tells that a bucket is empty and takes nothing", func(t *testing.T) {
		l := newLimiter(60, 1)
		for range 3 {
			_, spent := l.spent("a", now)
			require.False(t, spent)
		}
		l.allow("a", now)
		wait, spent := l.spent("a", now)
		require.True(t, spent)
		require.Equal(t, time.Second, wait)
		_, spent = l.spent("a", now.Add(time.Second))
		require.False(t, spent)
		_, spent = newLimiter(-1, 0).spent("a", now)
		require.False(t, spent)
	})

	t.Run("the streams of an address follow its requests", func(t *testing.T) {
		for perMinute, streams := range map[int]int{0: 50, 6000: 500, 1: maxVisitorStreams, -1: -1} {
			require.Equal(t, streams, Limits{AddressPerMinute: perMinute}.withDefaults().AddressStreams)
		}
	})

	t.Run("a negative rate lifts the limit", func(t *testing.T) {
		l := newLimiter(-1, 0)
		for range 1000 {
			_, ok := l.allow("a", now)
			require.True(t, ok)
		}
	})
}
