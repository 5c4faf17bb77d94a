package documents

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"kedai/models"
)

// check returns the site of a URL, the domain that was registered or the address,
// if it is one of the public web. Its host's addresses are checked when they are
// dialled.
func (f *Fetcher) check(u *url.URL) (string, error) {
	port := u.Port()
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return "", models.Errorf(models.CodeInvalid, "Give the address of a page that begins with https:// or http://.")
	case u.User != nil:
		return "", models.Errorf(models.CodeInvalid, "The address has a user name or password in it: give one without.")
	case u.Hostname() == "":
		return "", models.Errorf(models.CodeInvalid, "The address names no site: give the whole address of a page.")
	case port == "" && strings.HasSuffix(u.Host, ":"):
		return "", refusedPort()
	case port != "" && port != "80" && port != "443" && !f.allowsPort(port):
		return "", refusedPort()
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	if address, err := netip.ParseAddr(host); err == nil {
		if !models.PublicAddress(address) && !f.allows(address, port) {
			return "", notPublic()
		}
		return address.String(), nil
	}
	name, err := idna.Lookup.ToASCII(host)
	if err != nil || !isName(name) {
		return "", models.Errorf(models.CodeInvalid, "The address names no public site: give the address of a page of the shop.")
	}
	// Names that end in nothing registered, such as localhost and those of
	// local networks, aren't asked for.
	suffix, managed := publicsuffix.PublicSuffix(name)
	if !managed && !strings.Contains(suffix, ".") {
		return "", notPublic()
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return "", models.Errorf(models.CodeInvalid, "The address names no public site: give the address of a page of the shop.")
	}
	return site, nil
}

// isName tells a name from an address in the other forms that some resolvers
// understand, such as 2130706433, 0x7f.1 and 017700000001.
func isName(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	return last != "" && len(host) <= 253 && strings.Trim(last, "0123456789") != "" && !strings.HasPrefix(last, "0x") &&
		!strings.ContainsAny(host, "%:[]_ ")
}

func refusedPort() error {
	return models.Errorf(models.CodeInvalid, "The address names a port: pages are fetched from the usual ones, 80 and 443.")
}

func notPublic() error {
	return models.Errorf(models.CodeInvalid, "The address doesn't lead to the public internet: give the address of a page of the shop.")
}
