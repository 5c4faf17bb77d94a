package documents

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"syscall"
	"time"

	"kedai/models"
)

const (
	// fetchTime is how long a page may take with all its redirects.
	fetchTime = 15 * time.Second
	// dialTime is how long one of a site's addresses is waited for.
	dialTime = 5 * time.Second
	// maxRedirects is more than a site needs to come to its usual address.
	maxRedirects = 5
	// maxHeader is how large a response's header may be.
	maxHeader = 64 << 10
	// maxURL is how long an address may be.
	maxURL = 2_000
	// userAgent tells the shop's server who asks.
	userAgent = "Kedai"
)

// Resolver finds the addresses of a name. *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// FetcherOptions are for tests; production uses the zero value.
type FetcherOptions struct {
	Resolver Resolver         // The system's where nil.
	Allow    []netip.AddrPort // Addresses that are dialled although they aren't public.
	Roots    *x509.CertPool   // The system's where nil.
}

// Fetcher fetches pages of shops' own sites. It reaches the public internet
// only: the address that is dialled is checked, whatever its name and the
// redirects before it say. It is safe for concurrent use.
type Fetcher struct {
	options   FetcherOptions
	transport *http.Transport
}

// Fetched is a page that was fetched. Read(ctx, Name, Body) reads it.
type Fetched struct {
	URL         string // After redirects.
	Name        string // Of a file; its extension is that of the content.
	ContentType string // As the server named it.
	Body        []byte
}

// NewFetcher returns a Fetcher.
func NewFetcher(options FetcherOptions) *Fetcher {
	if options.Resolver == nil {
		options.Resolver = net.DefaultResolver
	}
	f := &Fetcher{options: options}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	f.transport = &http.Transport{
		Proxy:                  nil, // One named in the environment would dial unchecked.
		DialContext:            f.dial,
		TLSClientConfig:        &tls.Config{RootCAs: options.Roots, MinVersion: tls.VersionTLS12},
		DisableKeepAlives:      true,
		DisableCompression:     true, // What is compressed all the same is expanded within limits.
		MaxResponseHeaderBytes: maxHeader,
		Protocols:              protocols,
	}
	return f
}

// Fetch asks for a page by GET and follows redirects within its site.
//
// Errors are models.Error: of CodeInvalid if the address may not be asked for
// or what it answers can't be read, of CodeTooLarge if that is too long, of
// CodeRejected if the site refuses, of CodeUnavailable if it doesn't answer.
func (f *Fetcher) Fetch(ctx context.Context, rawURL string) (Fetched, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	u, err := url.Parse(rawURL)
	if err != nil || len(rawURL) > maxURL {
		return Fetched{}, models.Errorf(models.CodeInvalid, "This is no address of a page: give one such as https://shop.example/returns.")
	}
	site, err := f.check(u)
	if err != nil {
		return Fetched{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return Fetched{}, models.Errorf(models.CodeInvalid, "This is no address of a page: give one such as https://shop.example/returns.")
	}
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Accept", "text/html, text/markdown, text/plain, text/csv, application/pdf, */*;q=0.1")
	request.Header.Set("Accept-Encoding", "identity")
	client := &http.Client{
		Transport: f.transport,
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			next.Header.Del("Referer")
			return f.redirect(site, next.URL, before)
		},
	}
	response, err := client.Do(request)
	if err != nil {
		return Fetched{}, fetchError(ctx, err)
	}
	defer func() { _ = response.Body.Close() }()
	return receive(ctx, response)
}

// redirect checks a redirect as the address that was asked for, and that it
// stays on the same site: a page elsewhere isn't the shop's.
func (f *Fetcher) redirect(asked string, to *url.URL, before []*http.Request) error {
	if len(before) > maxRedirects {
		return models.Errorf(models.CodeRejected, "The page redirects more than %d times: give the address that it ends at.", maxRedirects)
	}
	next, err := f.check(to)
	switch {
	case err != nil:
		return err
	case next != asked:
		return models.Errorf(models.CodeInvalid, "The page redirects to another site: give an address of the shop's own site.")
	case before[len(before)-1].URL.Scheme == "https" && to.Scheme == "http":
		return models.Errorf(models.CodeInvalid, "The page redirects from https to http: give the address that it ends at.")
	}
	return nil
}

// dial resolves a name once, refuses it if any of its addresses isn't public,
// and dials those addresses: what the name resolves to next doesn't count.
func (f *Fetcher) dial(ctx context.Context, network, hostPort string) (net.Conn, error) {
	host, portText, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, err
	}
	addresses, err := f.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	for _, address := range addresses {
		if !f.mayDial(netip.AddrPortFrom(address, uint16(port))) {
			return nil, notPublic()
		}
	}
	dialer := &net.Dialer{Control: f.control, Timeout: dialTime}
	err = models.Errorf(models.CodeUnavailable, "The site isn't found: check the address.")
	for _, address := range addresses {
		var conn net.Conn
		if conn, err = dialer.DialContext(ctx, network, netip.AddrPortFrom(address, uint16(port)).String()); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

func (f *Fetcher) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if address, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{address}, nil
	}
	found, err := f.options.Resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	for i := range found {
		found[i] = found[i].Unmap() // Resolvers give IPv4 addresses in this form.
	}
	return found, nil
}

// control checks the address that a socket is about to connect to. It is the
// last word, by whatever way the address came there.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !f.mayDial(to) {
		return notPublic()
	}
	return nil
}

// mayDial tells that an address is public, or a test's own.
func (f *Fetcher) mayDial(to netip.AddrPort) bool {
	return slices.Contains(f.options.Allow, to) || models.PublicAddress(to.Addr()) && (to.Port() == 80 || to.Port() == 443)
}

// allows tells that a test allows an address with the port in an URL.
func (f *Fetcher) allows(address netip.Addr, port string) bool {
	return slices.ContainsFunc(f.options.Allow, func(a netip.AddrPort) bool {
		return a.Addr() == address && strconv.Itoa(int(a.Port())) == port
	})
}

func (f *Fetcher) allowsPort(port string) bool {
	return slices.ContainsFunc(f.options.Allow, func(a netip.AddrPort) bool { return strconv.Itoa(int(a.Port())) == port })
}

// fetchError tells what kept a request from being answered. What stands in the
// network's own errors, such as addresses, is nothing for a client.
func fetchError(ctx context.Context, err error) error {
	var refused *models.Error
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.Is(ctx.Err(), context.Canceled):
		return &models.Error{Code: models.CodeUnavailable, Message: "Fetching the page was cancelled.", Cause: ctx.Err()}
	case ctx.Err() != nil:
		return models.Errorf(models.CodeUnavailable, "The site takes too long to answer: try again later.")
	case errors.As(err, &dns) && dns.IsNotFound:
		return models.Errorf(models.CodeInvalid, "The site isn't found: check the address.")
	case errors.As(err, &certificate):
		return models.Errorf(models.CodeRejected, "The site's certificate isn't valid: renew it, or upload the page.")
	}
	return &models.Error{Code: models.CodeUnavailable, Message: "The site doesn't answer: check the address, or try again later.", Cause: err}
}
