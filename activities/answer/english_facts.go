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

	parcel: []string{"order|orders|parcel|parcels|package|packages|shipment"},
	status: map[string][]string{
		"arrived": {"has|have come", "reached you|your", "is|are here", "at your door|doorstep|place|home"}, "pickup": {"waiting|waits ~ for you|pickup|collection", "post office", "parcel locker", "pickup point"},
	},
	strayed: []string{
		"lost|stolen|misplaced|vanished|disappeared", "damaged|destroyed", "customs", "back to|at ~ sender|us|warehouse", "returned to", "sorting|distribution|logistics center|centre|facility|hub", "neighbor*|neighbour*", "stuck|stranded|seized",
	},
	expected: []string{"come|comes|coming", "get|gets here|there", "be here|there|with", "reach|reaches"},
	ordered:  []string{"placed|ordered|made"},
	whole:    []string{"all of|the|your", "whole|entire|complete order", "everything", "completely|fully|entirely"},
	is:       "is are was were has have been got gets stays remains",
}
