package models

import (
	"net/netip"
	"slices"
)

// reserved are the networks that aren't the public internet, beyond those that
// netip knows by name, and those whose addresses hold others: from outside
// they can't be told from where they lead.
var reserved = parsePrefixes(
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

func parsePrefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

// unicast6 is all of IPv6 that is in use.
var unicast6 = netip.MustParsePrefix("2000::/3")

// PublicAddress tells that an address belongs to the public internet. What
// people tell the service to reach must be there.
func PublicAddress(address netip.Addr) bool {
	if !address.IsValid() || address.Zone() != "" || address.Is6() && !unicast6.Contains(address) {
		return false
	}
	if !address.IsGlobalUnicast() || address.IsPrivate() || address.IsLoopback() || address.IsLinkLocalUnicast() || address.IsMulticast() {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(address) })
}
