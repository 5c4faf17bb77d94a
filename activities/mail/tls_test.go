package mail_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/activities/mail"
	"kedai/models"
)

// TestSendOverTLS holds the connection to a certificate of the server's own.
func TestSendOverTLS(t *testing.T) {
	t.Parallel()
	// The test server's certificate is of example.com and 127.0.0.1.
	page := httptest.NewUnstartedServer(nil)
	page.StartTLS()
	defer page.Close()
	certificate := page.TLS.Certificates[0]
	roots := x509.NewCertPool()
	roots.AddCert(page.Certificate())
	trusting := mail.Sender{Private: true, Timeout: 2 * time.Second, Roots: roots}

	t.Run("STARTTLS keeps the password off the open line", func(t *testing.T) {
		t.Parallel()
		s := serve(t, func(s *server) {
			s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
			s.AllowInsecureAuth, s.password = false, "right"
		})
		to := settings(s.port)
		to.TLS, to.Username = models.MailStartTLS, "shop"
		require.NoError(t, trusting.Send(t.Context(), to, "right", message))
		require.Len(t, s.all(), 1)
		got, code := outcome(t, private, to, "right")
		require.Equal(t, mail.Rejected, got)
		require.Equal(t, "no_tls", code, "a certificate that nobody vouches for isn't taken")
		require.Len(t, s.all(), 1)
	})
	t.Run("TLS from the first byte", func(t *testing.T) {
		t.Parallel()
		s := serveTLS(t, certificate)
		to := settings(s.port)
		to.TLS, to.Username = models.MailOverTLS, "shop"
		require.NoError(t, trusting.Send(t.Context(), to, "right", message))
		require.Len(t, s.all(), 1)
		require.Equal(t, []string{"shop"}, s.auth)
		got, code := outcome(t, private, to, "right")
		require.Equal(t, mail.Rejected, got)
		require.Equal(t, "no_tls", code)
	})
}

func serveTLS(t *testing.T, certificate tls.Certificate) *server {
	t.Helper()
	s := newServer(func(s *server) { s.password = "right" })
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	require.NoError(t, err)
	s.start(t, listener)
	return s
}
