package documents

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// usualPDFMemory is what nearly all PDFs stay within.
const usualPDFMemory = 32 << 20

// withPDFMemory makes the memory of a reader of PDFs grow in one step, from
// what is usual to all that it may have. By default it grows in many, each of
// which leaves the one before to the garbage collector: a PDF that takes
// 160 MiB costs 600 then.
func withPDFMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(_, _ uint64) experimental.LinearMemory {
		return &pdfMemory{}
	}))
}

// pdfMemory is the memory of one reader. It is the garbage collector's to free:
// a reader that is interrupted may still be using it.
type pdfMemory struct{ bytes []byte }

// Reallocate makes the memory of a size, nil if that is too large.
func (m *pdfMemory) Reallocate(size uint64) []byte {
	switch {
	case size > maxPDFMemory:
		return nil
	case size <= uint64(cap(m.bytes)):
		m.bytes = m.bytes[:size]
	default:
		capacity := uint64(usualPDFMemory)
		if size > capacity {
			capacity = maxPDFMemory
		}
		larger := make([]byte, size, capacity)
		copy(larger, m.bytes)
		m.bytes = larger
	}
	return m.bytes
}

// Free frees the memory.
func (m *pdfMemory) Free() { m.bytes = nil }
