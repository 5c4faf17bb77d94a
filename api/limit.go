package api

import (
	"net/netip"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"kedai/models"
)

// Limits bound what one visitor or one network address may ask of the widget's
// endpoints. Zero takes the default, a negative number lifts the limit.
type Limits struct {
	VisitorPerMinute int // Messages of one visitor; 20 by default.
	VisitorBurst     int // 10 by default.
	AddressPerMinute int // Requests from one address; 600 by default.
	AddressBurst     int // 120 by default.
}

func (l Limits) withDefaults() Limits {
	defaults := []struct {
		value *int
		is    int
	}{{&l.VisitorPerMinute, 20}, {&l.VisitorBurst, 10}, {&l.AddressPerMinute, 600}, {&l.AddressBurst, 120}}
	for _, d := range defaults {
		if *d.value == 0 {
			*d.value = d.is
		}
	}
	return l
}

// maxLimited bounds how many keys a limiter remembers.
const maxLimited = 20_000

// limiter is a token bucket for each of a bounded number of keys.
type limiter struct {
	mu     sync.Mutex
	rate   rate.Limit
	burst  int
	max    int
	bucket map[string]*bucket
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

// newLimiter returns nil, which allows everything, for a negative rate.
func newLimiter(perMinute, burst int) *limiter {
	if perMinute < 0 || burst < 0 {
		return nil
	}
	return &limiter{rate: rate.Limit(float64(perMinute) / 60), burst: burst, max: maxLimited, bucket: map[string]*bucket{}}
}

// allow takes one from key's bucket, or returns how long to wait for it.
func (l *limiter) allow(key string, now time.Time) (wait time.Duration, ok bool) {
	if l == nil {
		return 0, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket[key]
	if b == nil {
		if len(l.bucket) >= l.max {
			l.evict(now)
		}
		b = &bucket{Limiter: rate.NewLimiter(l.rate, l.burst)}
		l.bucket[key] = b
	}
	b.used = now
	reservation := b.ReserveN(now, 1)
	if wait := reservation.DelayFrom(now); wait > 0 {
		reservation.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// evict forgets full buckets, which are as good as new ones, and where there
// are none, some others: under a flood of keys memory comes first.
func (l *limiter) evict(now time.Time) {
	refilled := time.Duration(float64(l.burst) / float64(l.rate) * float64(time.Second))
	for key, b := range l.bucket {
		if now.Sub(b.used) >= refilled {
			delete(l.bucket, key)
		}
	}
	for key := range l.bucket {
		if len(l.bucket) <= l.max*9/10 {
			return
		}
		delete(l.bucket, key)
	}
}

// limitAddress holds the caller's address to its rate.
func (s *Server) limitAddress(c *gin.Context) {
	if s.limited(c, s.byAddress, addressKey(c.ClientIP())) {
		return
	}
	c.Next()
}

// limited answers 429 where key's bucket is empty.
func (s *Server) limited(c *gin.Context, l *limiter, key string) bool {
	wait, ok := l.allow(key, time.Now())
	if ok {
		return false
	}
	retryIn(c, wait)
	s.fail(c, models.Errorf(models.CodeRateLimited, "too many requests; try again in %d seconds", int(wait.Seconds())+1))
	return true
}

// addressKey takes the network of an IPv6 address: one host has many addresses
// in it.
func addressKey(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	if address = address.Unmap(); address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			return network.String()
		}
	}
	return address.String()
}
