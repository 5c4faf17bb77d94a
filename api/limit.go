package api

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"kedai/models"
)

// Limits bound what one visitor or one network address may ask. Zero takes the
// default, a negative number lifts the limit.
type Limits struct {
	VisitorPerMinute int // Messages of one visitor; 20 by default.
	VisitorBurst     int // 10 by default.
	// AddressPerMinute bounds requests from one address to the widget's endpoints
	// and the demo, and its refused ones to the others; 600 by default.
	AddressPerMinute int
	AddressBurst     int // 120 by default.
	// AddressStreams bounds the open streams of one address; by default a
	// twelfth of AddressPerMinute, and at least as many as one visitor may have.
	AddressStreams int
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
	if l.AddressStreams == 0 {
		l.AddressStreams = -1
		if l.AddressPerMinute >= 0 {
			l.AddressStreams = max(l.AddressPerMinute/12, maxVisitorStreams)
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

// spent reports whether key's bucket is empty, and for how long. It takes
// nothing from it.
func (l *limiter) spent(key string, now time.Time) (wait time.Duration, is bool) {
	if l == nil {
		return 0, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket[key]
	if b == nil {
		return 0, false
	}
	lacks := 1 - b.TokensAt(now)
	return time.Duration(lacks / float64(l.rate) * float64(time.Second)), lacks > 0
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

// limitAddress holds the caller's address to its rate. It comes before anything
// that asks Postgres.
func (s *Server) limitAddress(c *gin.Context) {
	if wait, ok := s.byAddress.allow(addressKey(c.ClientIP()), time.Now()); !ok {
		// Whose page this is isn't known yet; any may read when to come again.
		c.Header("Access-Control-Allow-Origin", "*")
		c.Header("Access-Control-Expose-Headers", "Retry-After")
		s.tooMany(c, wait)
		return
	}
	c.Next()
}

// limitFailures holds the caller's address to its rate of requests that are
// refused with one of the statuses. Who proves who they are is free.
func (s *Server) limitFailures(refusals ...int) gin.HandlerFunc {
	return func(c *gin.Context) {
		key := addressKey(c.ClientIP())
		if wait, spent := s.byFailure.spent(key, time.Now()); spent {
			s.tooMany(c, wait)
			return
		}
		c.Next()
		if slices.Contains(refusals, c.Writer.Status()) {
			s.byFailure.allow(key, time.Now())
		}
	}
}

// limitVisitor holds a visitor to their rate, and reports whether they may go
// on.
func (s *Server) limitVisitor(c *gin.Context, who visitor) bool {
	wait, ok := s.byVisitor.allow(who.id.String(), time.Now())
	if !ok {
		s.tooMany(c, wait)
	}
	return ok
}

// tooMany answers 429.
func (s *Server) tooMany(c *gin.Context, wait time.Duration) {
	retryIn(c, wait)
	s.fail(c, models.Errorf(models.CodeRateLimited, "too many requests; try again in %d seconds", int(wait.Seconds())+1))
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
