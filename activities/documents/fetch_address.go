package documents

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"kedai/models"
)

// reserved are the networks that aren't the public internet, beyond those that
// netip knows by name, and those whose addresses hold others: from outside
// they can't be told from where they lead.
var reserved = prefixes(
	"0.0.0.0/8",        // This network.
	"100.64.0.0/10",    // Carriers' own (RFC 6598); some clouds' metadata, too.
	"192.0.0.0/24",     // Protocols (RFC 6890).
	"192.0.2.0/24",     // Documentation.
	"192.31.196.0/24",  // AS112.
	"192.52.193.0/24",  // AMT.
	"192.88.99.0/24",   // Relays of 6to4.
	"192.175.48.0/24",  // AS112.
	"198.18.0.0/15",    // Benchmarks.
	"198.51.100.0/24",  // Documentation.
	"203.0.113.0/24",   // Documentation.
	"168.63.129.16/32", // Azure's services for the machine.
	"240.0.0.0/4",      // Reserved, and the broadcast address.
	"::/96",            // IPv4-compatible.
	"::ffff:0:0/96",    // IPv4-mapped.
	"::ffff:0:0:0/96",  // IPv4-translated.
	"64:ff9b::/96",     // NAT64.
	"64:ff9b:1::/48",   // NAT64 of one's own.
	"100::/64",         // Discarded.
	"2001::/23",        // Protocols, Teredo among them.
	"2001:db8::/32",    // Documentation.
	"2002::/16",        // 6to4.
	"3fff::/20",        // Documentation.
	"5f00::/16",        // Segment routing.
	"fec0::/10",        // Site-local, of old.
)

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

// unicast6 is all of IPv6 that is in use.
var unicast6 = netip.MustParsePrefix("2000::/3")

// isPublic tells that an address belongs to the public internet.
func isPublic(address netip.Addr) bool {
	if !address.IsValid() || address.Zone() != "" || address.Is6() && !unicast6.Contains(address) {
		return false
	}
	if !address.IsGlobalUnicast() || address.IsPrivate() || address.IsLoopback() || address.IsLinkLocalUnicast() || address.IsMulticast() {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(address) })
}

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
		if !isPublic(address) && !f.allows(address, port) {
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
