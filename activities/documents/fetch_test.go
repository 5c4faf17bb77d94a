package documents

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// resolver answers with the addresses that a name has at its n-th question.
type resolver func(host string, n int) []string

type countedResolver struct {
	answer resolver
	asked  *atomic.Int32
}

func (r countedResolver) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	var found []netip.Addr
	for _, text := range r.answer(host, int(r.asked.Add(1))) {
		found = append(found, netip.MustParseAddr(text))
	}
	if found == nil {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return found, nil
}

// site is a server on this machine that tests may fetch from, by the name
// shop.kedai-test.com and others of the same site.
type site struct {
	*httptest.Server
	fetcher *Fetcher
	port    string
	asked   *atomic.Int32
}

const pageOfSite = "<!doctype html><title>Returns</title><p>Within 30 days.</p>"

func newSite(t *testing.T, answer resolver, handler http.HandlerFunc) site {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return siteOf(server, answer, FetcherOptions{})
}

func siteOf(server *httptest.Server, answer resolver, options FetcherOptions) site {
	address := netip.MustParseAddrPort(server.Listener.Addr().String())
	if answer == nil {
		answer = func(string, int) []string { return []string{"127.0.0.1"} }
	}
	asked := new(atomic.Int32)
	options.Resolver, options.Allow = countedResolver{answer, asked}, []netip.AddrPort{address}
	return site{server, NewFetcher(options), fmt.Sprint(address.Port()), asked}
}

func (s site) url(path string) string { return "http://shop.kedai-test.com:" + s.port + path }

func TestFetch(t *testing.T) {
	t.Parallel()
	pdf := policies["en"].pdf()
	s := newSite(t, nil, func(w http.ResponseWriter, r *http.Request) {
		kind, body := "text/html; charset=utf-8", pageOfSite
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "//www.kedai-test.com:"+r.URL.Query().Get("port")+"/returns.php", http.StatusMovedPermanently)
			return
		case "/terms.pdf":
			kind, body = "application/octet-stream", string(pdf)
		case "/dl":
			kind, body = "", string(pdf)
		case "/readme.md":
			kind, body = "text/plain", "# Returns\n\n- 30 days"
		case "/cp1251":
			kind, body = "text/html; charset=windows-1251", "<p>\xc2\xee\xe7\xe2\xf0\xe0\xf2</p>"
		case "/gzip":
			w.Header().Set("Content-Encoding", "gzip")
			var packed bytes.Buffer
			z := gzip.NewWriter(&packed)
			_, _ = z.Write([]byte(body))
			_ = z.Close()
			body = packed.String()
		case "/headers":
			body = fmt.Sprint("<p>", r.Method, r.Header)
		}
		w.Header()["Content-Type"] = []string{kind}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		_, _ = io.WriteString(w, body)
	})
	for path, want := range map[string]Fetched{
		"/returns":        {URL: s.url("/returns"), Name: "returns.html", ContentType: "text/html; charset=utf-8", Body: []byte(pageOfSite)},
		"/":               {URL: s.url("/"), Name: "shop.kedai-test.com.html", ContentType: "text/html; charset=utf-8", Body: []byte(pageOfSite)},
		"/old?port=":      {URL: "http://www.kedai-test.com:" + s.port + "/returns.php", Name: "returns.html", ContentType: "text/html; charset=utf-8", Body: []byte(pageOfSite)},
		"/terms.pdf":      {URL: s.url("/terms.pdf"), Name: "terms.pdf", ContentType: "application/octet-stream", Body: pdf},
		"/dl":             {URL: s.url("/dl"), Name: "dl.pdf", Body: pdf},
		"/readme.md":      {URL: s.url("/readme.md"), Name: "readme.md", ContentType: "text/plain", Body: []byte("# Returns\n\n- 30 days")},
		"/cp1251":         {URL: s.url("/cp1251"), Name: "cp1251.html", ContentType: "text/html; charset=windows-1251", Body: []byte("\ufeff<p>Возврат</p>")},
		"/gzip":           {URL: s.url("/gzip"), Name: "gzip.html", ContentType: "text/html; charset=utf-8", Body: []byte(pageOfSite)},
		"/returns.ru/?a=": {URL: s.url("/returns.ru/?a=" + s.port), Name: "returns.html", ContentType: "text/html; charset=utf-8", Body: []byte(pageOfSite)},
		"/headers": {
			URL: s.url("/headers"), Name: "headers.html", ContentType: "text/html; charset=utf-8",
			Body: []byte("<p>GETmap[Accept:[text/html, text/markdown, text/plain, text/csv, application/pdf, */*;q=0.1] Accept-Encoding:[identity] Connection:[close] User-Agent:[Kedai]]"),
		},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			if strings.HasSuffix(path, "=") {
				path += s.port
			}
			for range 2 { // The second time, a cookie would be sent.
				fetched, err := s.fetcher.Fetch(context.Background(), s.url(path))
				require.NoError(t, err)
				require.Equal(t, want, fetched)
			}
			readAny(t, want.Name, want.Body)
		})
	}
}

func TestFetchVerifiesCertificates(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, pageOfSite) }))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo) // Clients that refuse it are what this is about.
	server.StartTLS()
	t.Cleanup(server.Close)
	unknown := siteOf(server, nil, FetcherOptions{})
	_, err := unknown.fetcher.Fetch(context.Background(), "https://shop.kedai-test.com:"+unknown.port)
	require.Equal(t, models.CodeRejected, models.CodeOf(err))
	require.ErrorContains(t, err, "certificate")

	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	known := siteOf(server, nil, FetcherOptions{Roots: roots})
	// The certificate is made out to example.com, and to this address.
	_, err = known.fetcher.Fetch(context.Background(), "https://example.com:"+known.port)
	require.NoError(t, err)
	_, err = known.fetcher.Fetch(context.Background(), "https://shop.kedai-test.com:"+known.port)
	require.Equal(t, models.CodeRejected, models.CodeOf(err))
}

func TestFetchRefusesAddresses(t *testing.T) {
	t.Parallel()
	f := NewFetcher(FetcherOptions{Resolver: countedResolver{func(host string, _ int) []string {
		return map[string][]string{
			"loopback.kedai-test.com": {"127.0.0.1"}, "private.kedai-test.com": {"10.1.2.3"}, "metadata.kedai-test.com": {"169.254.169.254"},
			"two.kedai-test.com": {"93.184.215.14", "192.168.0.1"}, "six.kedai-test.com": {"::1"}, "mapped.kedai-test.com": {"::ffff:10.0.0.1"},
			"own.kedai-test.com": {"fd00::1"}, "nat64.kedai-test.com": {"64:ff9b::7f00:1"},
		}[host]
	}, new(atomic.Int32)}})
	for address, message := range map[string]string{
		"":                                            "begins with https://",
		"shop.kedai-test.com/returns":                 "begins with https://",
		"http://%zz":                                  "no address",
		"http://a b.com/":                             "no address",
		"https://" + strings.Repeat("a", 3000):        "no address",
		"ftp://shop.kedai-test.com/a":                 "begins with https://",
		"file:///etc/passwd":                          "begins with https://",
		"gopher://127.0.0.1:6379/_x":                  "begins with https://",
		"data:text/html,x":                            "begins with https://",
		"http://user:pass@shop.kedai-test.com":        "user name",
		"http://169.254.169.254@shop.kedai-test.com/": "user name",
		"http:///a":                                   "names no site",
		"http://shop.kedai-test.com:22/":              "port",
		"http://shop.kedai-test.com:8080/":            "port",
		"http://shop.kedai-test.com:/":                "port",
		"http://127.0.0.1/":                           "public internet",
		"http://127.1/":                               "no public site",
		"http://2130706433/":                          "no public site",
		"http://0177.0.0.1/":                          "no public site",
		"http://0x7f.0.0.1/":                          "no public site",
		"http://127.0.0.0x1/":                         "no public site",
		"http://0x7f000001/":                          "no public site",
		"http://[::1]/":                               "public internet",
		"http://[::]/":                                "public internet",
		"http://[::ffff:127.0.0.1]/":                  "public internet",
		"http://[::127.0.0.1]/":                       "public internet",
		"http://[64:ff9b::a9fe:a9fe]/":                "public internet",
		"http://[2002:7f00:1::]/":                     "public internet",
		"http://[2001:0:4136:e378::1]/":               "public internet",
		"http://[fe80::1%25eth0]/":                    "public internet",
		"http://[fd00:ec2::254]/":                     "public internet",
		"http://0.0.0.0/":                             "public internet",
		"http://10.0.0.1/":                            "public internet",
		"http://172.31.255.255/":                      "public internet",
		"http://192.168.1.1/":                         "public internet",
		"http://169.254.169.254/latest":               "public internet",
		"http://100.100.100.200/":                     "public internet",
		"http://198.18.0.1/":                          "public internet",
		"http://203.0.113.7/":                         "public internet",
		"http://224.0.0.1/":                           "public internet",
		"http://255.255.255.255/":                     "public internet",
		"http://localhost/":                           "public internet",
		"http://LOCALHOST./":                          "public internet",
		"http://a.localhost/":                         "public internet",
		"http://metadata.google.internal/":            "public internet",
		"http://printer.local/":                       "public internet",
		"http://intranet/":                            "public internet",
		"http://com/":                                 "no public site",
		"http://１２７.０.０.１/":                           "no public site",
		"http://loopback.kedai-test.com/":             "public internet",
		"https://private.kedai-test.com/":             "public internet",
		"http://metadata.kedai-test.com/":             "public internet",
		"http://two.kedai-test.com/":                  "public internet",
		"http://six.kedai-test.com/":                  "public internet",
		"http://mapped.kedai-test.com/":               "public internet",
		"http://own.kedai-test.com/":                  "public internet",
		"http://nat64.kedai-test.com/":                "public internet",
		"http://none.kedai-test.com/":                 "isn't found",
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			_, err := f.Fetch(context.Background(), address)
			require.Less(t, time.Since(began), 10*time.Second)
			require.Equal(t, models.CodeInvalid, models.CodeOf(err), err)
			require.ErrorContains(t, err, message)
		})
	}
}

// TestControl checks the last word before a socket connects.
func TestControl(t *testing.T) {
	t.Parallel()
	f := NewFetcher(FetcherOptions{Allow: []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:4000")}})
	for _, address := range []string{"93.184.215.14:80", "[2606:2800:21f::1]:443", "127.0.0.1:4000"} {
		require.NoError(t, f.control("tcp", address, nil), address)
	}
	for _, address := range []string{"127.0.0.1:80", "127.0.0.1:4001", "93.184.215.14:22", "[::1]:443", "[::ffff:7f00:1]:80", "169.254.169.254:80", "nonsense"} {
		require.Error(t, f.control("tcp", address, nil), address)
	}
}
