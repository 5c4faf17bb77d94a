package answer

var englishFacts = guardFacts{
	was: []string{
		"was|were", "before", "previous*", "former*", "original*", "instead of", "rather than", "down|reduced|marked|dropped|cut|lowered|discounted|went ~ from", "used to", "usual*", "normal*", "regular*",
		"list|full|old|crossed-out|strikethrough price", "rrp|msrp", "compare*", "without ~ discount|reduction|sale", "off",
	},
	wasBehind: []string{"before", "previously", "formerly", "originally", "earlier", "list|original|regular|old|full|usual price", "without ~ discount", "until"},
	wasFrom:   "from",
	now:       "now currently today to up starting starts least",
	costs:     "cost costs costing price prices priced pay sell sells sold sale offer total comes",
	delivery:  []string{"deliver*", "shipping|ship|ships|shipped", "shipment*", "postage", "courier", "parcel*"},
}
