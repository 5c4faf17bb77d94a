package answer

import (
	"sync"
	"time"

	"kedai/models"
)

// Reading the shop's texts is most of the work of a reply, and customers ask
// about the same things: how texts were read is remembered. It tells nothing
// that the text doesn't, so replies are the same without.
var (
	unitsRead   = remembered[[]unit]{most: 512 << 10}
	contentRead = remembered[[]word]{most: 128 << 10}
)

// remembered keeps what was read of texts, for at least the newest of them and
// at most twice the given length; what was read takes some thirty times of it.
// It is safe for concurrent use, so nobody changes what it returns.
type remembered[V any] struct {
	most int // Bytes of the texts of one generation.

	mu         sync.Mutex
	young, old map[textOf]V
	length     int // Of the texts of the young generation.
}

type textOf struct {
	language models.Language
	text     string
}

// of returns what was read of a text, or reads it.
func (m *remembered[V]) of(language models.Language, text string, read func() V) V {
	key := textOf{language, text}
	if known, ok := m.find(key); ok {
		return known
	}
	value := read()
	m.keep(key, value)
	return value
}

func (m *remembered[V]) find(key textOf) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.young[key]
	if !ok {
		if value, ok = m.old[key]; ok {
			m.add(key, value)
		}
	}
	return value, ok
}

func (m *remembered[V]) keep(key textOf, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.add(key, value)
}

// add makes a generation old that is full, which forgets the one before it.
func (m *remembered[V]) add(key textOf, value V) {
	if m.young == nil || m.length+len(key.text) > m.most {
		m.young, m.old, m.length = map[textOf]V{}, m.young, 0
	}
	if _, had := m.young[key]; !had {
		m.length += len(key.text)
	}
	m.young[key] = value
}

// ReadAhead reads the texts of evidence, so that a reply from it finds them read.
func ReadAhead(language models.Language, evidence []models.Evidence) {
	newReader(lexiconOf(language), evidence, time.Time{}, 0)
}
