package main

import (
	"fmt"
	"time"

	"go.temporal.io/server/common/log"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// newLogger logs a line per event without stack traces, and only some of many equal ones: while
// PostgreSQL restarts, each of the server's loops fails many times a second.
func newLogger(level string) (log.Logger, error) {
	parsed, err := zap.ParseAtomicLevel(level)
	if err != nil {
		return nil, fmt.Errorf("read the log level: %w", err)
	}
	c := zap.NewProductionConfig()
	c.Level = parsed
	c.Encoding = "console"
	c.EncoderConfig.EncodeTime = zapcore.TimeEncoderOfLayout(time.RFC3339)
	c.EncoderConfig.ConsoleSeparator = " "
	c.OutputPaths = []string{"stdout"}
	c.DisableStacktrace = true
	c.DisableCaller = true
	c.Sampling = &zap.SamplingConfig{Initial: 3, Thereafter: 100}
	z, err := c.Build()
	if err != nil {
		return nil, fmt.Errorf("set up the log: %w", err)
	}
	return log.NewZapLogger(z), nil
}
