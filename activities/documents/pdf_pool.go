package documents

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"kedai/models"
)

// wasmPage is the unit of WebAssembly's memory.
const wasmPage = 64 << 10

// pdfRuntime is the version of wazero in go.mod, which the code depends on and
// which not all binaries know of themselves.
const pdfRuntime = "wazero-v1.12.0"

// pdf is the reader of PDFs, pdfium: Chromium's, compiled to WebAssembly. What
// a hostile file makes of it stays within a memory of its own, without files,
// network or environment, and is thrown away after each document. It is
// translated into the machine's code before the first PDF, which takes some
// seconds, and minutes on a busy machine; the code is kept in the cache folder.
var pdf struct {
	sync.Mutex
	engine *pdfPool // Nil before the first PDF.
}

// pdfPool holds readers of PDFs.
type pdfPool struct {
	ready chan struct{} // Closed when what is below is set.
	pool  pdfium.Pool
	code  wazero.CompilationCache
	err   error
}

// Close frees what reading PDFs takes. The next PDF takes it again.
func Close() error {
	pdf.Lock()
	engine := pdf.engine
	pdf.engine = nil
	pdf.Unlock()
	if engine == nil {
		return nil
	}
	<-engine.ready
	if engine.err != nil {
		return nil
	}
	err := engine.pool.Close()
	if engine.code != nil {
		err = errors.Join(err, engine.code.Close(context.Background()))
	}
	return err
}

// pdfReaders returns the pool, which is made once. Making it goes on when ctx
// is over, for those who come later.
func pdfReaders(ctx context.Context) (pdfium.Pool, error) {
	pdf.Lock()
	engine := pdf.engine
	if engine == nil {
		engine = &pdfPool{ready: make(chan struct{})}
		pdf.engine = engine
		go engine.start() //nolint:gosec // It goes on for those who come later.
	}
	pdf.Unlock()
	select {
	case <-engine.ready:
		if engine.err != nil {
			return nil, &models.Error{Code: models.CodeInternal, Message: "The reader of PDFs doesn't start.", Cause: engine.err}
		}
		return engine.pool, nil
	case <-ctx.Done():
		return nil, pdfStarting()
	}
}

// pdfStarting is the error of a PDF that came too early, nil if none can have.
func pdfStarting() error {
	pdf.Lock()
	defer pdf.Unlock()
	if pdf.engine == nil {
		return nil
	}
	select {
	case <-pdf.engine.ready:
		return nil
	default:
		return models.Errorf(models.CodeUnavailable, "The reader of PDFs is still starting: try again in a minute.")
	}
}

func (p *pdfPool) start() {
	defer close(p.ready)
	if folder, err := os.UserCacheDir(); err == nil {
		if code, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "kedai", "pdfium", pdfRuntime+"-"+runtime.Version())); err == nil {
			if p.pool, p.err = newPDFPool(code); p.err == nil {
				p.code = code
			} else {
				_ = code.Close(context.Background())
			}
		}
	}
	// Without a folder, or with one that is spoilt, it goes as well.
	if p.pool == nil {
		p.pool, p.err = newPDFPool(nil)
	}
	// Translating leaves 200 MiB behind that are never needed again.
	debug.FreeOSMemory()
}

func newPDFPool(code wazero.CompilationCache) (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(maxPDFMemory / wasmPage).
		WithCloseOnContextDone(true)
	if code != nil {
		config = config.WithCompilationCache(code)
	}
	return webassembly.Init(webassembly.Config{
		Context:       withPDFMemory(context.Background()),
		MaxTotal:      1, // A second one would take its memory once more.
		FSConfig:      wazero.NewFSConfig(),
		Stdout:        io.Discard,
		Stderr:        io.Discard,
		RuntimeConfig: config,
	})
}
