package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"kedai/models"
)

// translate maps what the driver says to a models.Error. The driver's own text
// stays in the cause: its detail can hold a row's values.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var known *models.Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, pgx.ErrNoRows) {
		return &models.Error{Code: models.CodeNotFound, Message: "not found"}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &models.Error{Code: models.CodeUnavailable, Message: "the request was cancelled or took too long", Cause: err}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return translatePostgres(pg)
	}
	var network net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &connect) || pgconn.SafeToRetry(err) {
		return &models.Error{Code: models.CodeUnavailable, Message: "the database can't be reached"}
	}
	if brokenConnection(err) {
		return &models.Error{Code: models.CodeUnavailable, Message: "the database connection failed"}
	}
	return &models.Error{Code: models.CodeInternal, Message: "a defect in the store", Cause: err}
}

// brokenConnection knows the errors of a connection that ended under a
// statement, which the driver doesn't give a type of their own.
func brokenConnection(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || strings.Contains(err.Error(), "conn closed")
}

func translatePostgres(pg *pgconn.PgError) error {
	cause := errors.New("sqlstate " + pg.Code + " " + pg.ConstraintName)
	switch pg.Code {
	case "23505": // unique_violation
		return &models.Error{Code: models.CodeConflict, Message: "there is one already", Cause: cause}
	case "23503": // foreign_key_violation
		return &models.Error{Code: models.CodeNotFound, Message: "it refers to something that isn't there", Cause: cause}
	case "23514", "22001", "22P02", "22021", "22P05": // check, length, syntax, encoding
		return &models.Error{Code: models.CodeInvalid, Message: "a value is out of its bounds", Cause: cause}
	case "42501": // insufficient_privilege, row-level security
		return &models.Error{Code: models.CodeNotFound, Message: "not found", Cause: cause}
	case "40001", "40P01", "55P03", "57014", "0A000": // lost races, lock time-out, cancelled, a plan older than the schema
		return &models.Error{Code: models.CodeUnavailable, Message: "the database is busy", Cause: cause}
	}
	switch pg.Code[:2] {
	case "08", "53", "57", "58": // connection, resources, shutdown, system
		return &models.Error{Code: models.CodeUnavailable, Message: "the database is not available", Cause: cause}
	}
	return &models.Error{Code: models.CodeInternal, Message: "the database refused a statement", Cause: cause}
}

// lostRace reports whether running the transaction again can succeed.
func lostRace(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "0A000")
}
