package answer

var englishCalendar = calendar{
	months: "January February March April May June July August September October November December",
	day:    "{month} {day}", year: "{month} {day}, {year}",
	today: "today, {date}", tomorrow: "tomorrow, {date}", yesterday: "yesterday, {date}",
}

var englishFacets = map[string][]string{
	"cancelled": {"cancel*"},
	"refund":    {"refund*", "my money", "money back", "paid back"},
	"today":     {"today|tonight"},
	"part":      {"rest|missing|remaining|only ~ one|part|half", "other item|thing|part", "wheres the rest", "one thing", "complete|whole|partial|parts"},
	"items":     {"what did ~ order|buy", "what is|was|are ~ in", "items|contents", "whats in"},
	"total":     {"total", "how much did|was", "pay|paid"},
}

var englishCues = map[cue][]string{
	cueMine:  {"my|our order|orders|package|packages|parcel|parcels|shipment|delivery|purchase|stuff", "my ~ order|package|parcel|purchase", "order of mine", "the|an order i|we made|placed"},
	cueThing: {"order|orders|package|packages|parcel|parcels|shipment|shipments", "box|courier|driver"},
	cueOwn:   {"my|mine|our|ours", "i|we ~ waiting for"},
	cueBought: {
		"i|we|ive|weve ~ ordered|bought|purchased", "ordered|bought ~ monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|ago|week|today|online", "i|we placed|paid for",
		"ordered it|them|em|this|these|one|two",
	},
	cueWay: {
		"ship|shipped|shipping|dispatched|posted|sent out|yet|already|it|them|em|my|the", "did|has|have|is|was ~ ship|shipped|shipping|dispatched|sent", "arriv*", "come|coming|came|comes today|tonight|tomorrow|yet|soon|in|on|by",
		"is|are|was|were ~ coming", "get|got|gets|getting here|there|to me", "go|gone|going|goes|went ~ out", "deliver|delivered|delivering|delivery ~ today|tonight|tomorrow|yet|my|me", "was|were|been|being|get|got delivered",
		"left ~ warehouse|you", "on ~ way", "show|shows|showing|showed up", "landing|lands|landed", "reach|reached|reaches me|us|here", "pick|picking|picked ~ up", "grab|collect ~ my|it|them", "ready", "eta", "status", "expect|expected|expecting it|them|delivery",
		"when ~ get|have it|them|em", "what day", "received|receive it|them",
	},
	cueYet:   {"yet|today|tonight|already|tomorrow|still"},
	cueWhere: {"where is|are|was|were|my|the|did|has", "wheres|whereabouts|where", "whats|what is going|happening|up|new with|on", "what happened to|with", "any|an|some update|updates|news|word", "what about my"},
	cueChase: {
		"still waiting for|on", "supposed|meant to come|arrive|be|get ~ today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|here|delivered|by|last|already|now", "only got|received|came ~ one|1|two|2|part|half",
		"my|the order|package|parcel|delivery|shipment|stuff hasnt|havent|has|have|didnt|never|isnt|not ~ arrived|arrive|come|came|shipped|ship|showed|show|here|delivered", "hasnt|havent|never ~ arrived|shipped|showed|delivered",
		"says|said|marked|shows|shown ~ delivered", "nobody|noone|no one ~ rang|knocked|came|home", "missed|failed|attempted ~ delivery", "tried|attempted to deliver", "out for delivery", "where ~ rest|other|remaining ~ order|box|package|parcel|item|items|one|things",
		"wheres|where the|my rest|other|package|parcel|order|stuff", "missing ~ from|in ~ order|box|package|parcel", "only ~ of ~ things|items|pieces ~ inside|in|came|there|arrived", "where is|are|s my|our order|orders|package|parcel|stuff|delivery|shipment",
		"order|package|parcel ~ late|lost|delayed|stuck", "when ~ my|our order|package|parcel|stuff|delivery",
	},
	cueSettled: {
		"did|have|has|was|were|is|are|been|got|get|getting ~ cancel|cancelled|canceled|refunded|reimbursed", "did|have|has ~ refund|charge", "my|the refund|cancellation|cancelation|cancel ~ yet|through|processed|done|sent|issued|where|status|happen|go|went|arrive|come",
		"where|wheres|whens ~ refund|money", "and my money|refund", "am|will i|we ~ getting|get ~ back", "payment ~ go|went|gone|going|come|came through|in", "got refunded|cancelled|canceled", "did|has ~ payment|money",
	},
	cueTrack: {"track|tracking", "waybill", "who|whos|which|what ~ carrier|courier", "carrier|courier ~ is|it"},
	cueGoods: {
		"what ~ i|we ~ order|ordered|buy|bought|pay|paid|get|got", "whats|what is|was|were in|inside it|that|there|the|my|order", "what|which address|city", "where ~ going|sent|go|went|delivered", "total|items|contents", "did|do i|we ~ order|buy|pay",
	},
	cueOthers: {
		"friend|friends|husband|husbands|wife|wifes|girlfriend|girlfriends|boyfriend|boyfriends|mom|moms|mum|mother|mothers|dad|dads|father|fathers|sister|sisters|brother|brothers|son|sons|daughter|daughters|coworker|colleague|colleagues|neighbor|neighbour|neighbors|neighbours|roommate|ex|boss|cousin|partner|partners|client|aunt|uncle|grandma|grandpa|someone|somebody ~ ordered|bought|order|package|parcel|purchased|purchase|paid",
		"his|her|hers|their|someones|somebodys|elses order|orders|package|parcel|purchase|delivery|address", "did|does|has he|she|they ~ buy|order|pay|bought|ordered|paid",
	},
	cueRules: {
		"how long does|do|will|would|is|are|to", "usually|normally|typically|generally|average|avg", "do|does you|u|yall|ya|guys|it|they ~ ship|deliver|offer|charge|send", "if|unless", "what if", "policy|policies", "would|should|could i|it|u|you", "ship|deliver|shipping|delivery to",
		"how much|many ~ ship|shipping|delivery|fee|cost|costs", "free|express|standard|international|overnight shipping|delivery", "shipping|delivery cost|costs|time|times|fee|fees|options|rates|price|free", "when|before ~ i ~ order|buy",
	},
	cueCould: {
		"can|could|may|possible|able|how|too late|want|wanna|need|like|please|pls ~ cancel|change|return|exchange|swap|edit|modify|switch|redirect|reroute|combine", "cancel|change|return|exchange|swap|edit|modify my|the|this|it|an|order|size|address", "add ~ to my order",
		"send ~ back",
	},
	cueKeep: {"til|till|until when ~ keep|hold|pick|collect|wait", "how long|many ~ keep|hold|store|stay ~ it|them|for|there|my|order|parcel|package", "keep|hold|save ~ for me|us"},
	cueAll:  {"orders|packages|parcels", "all ~ order"},
}

var englishOrders = orderSayings{
	unpaid:           "We haven't received the payment for order {n} yet, so it hasn't been shipped.",
	preparing:        "Order {n} is being prepared; it hasn't shipped yet.",
	onHold:           "Order {n} is on hold and hasn't shipped yet.",
	shipped:          "Order {n} has been shipped and is on its way.",
	partly:           "Order {n} is going out in separate parcels: one part has been shipped, the remaining items have not been shipped yet.",
	transit:          "Order {n} is in transit, on its way to you.",
	out:              "Order {n} is out for delivery: it is with the courier.",
	attempted:        "There was a delivery attempt for order {n}, but the carrier couldn't hand it over.",
	failed:           "The carrier reports that order {n} could not be delivered.",
	pickup:           "Order {n} has arrived and is ready for pickup.",
	pickedUp:         "Order {n} has been picked up.",
	delivered:        "Order {n} was delivered {date}.",
	deliveredUndated: "Order {n} was delivered.",
	cancelled:        "Order {n} was cancelled {date}.",
	refunded:         "The payment has been refunded.",
	refundedOn:       "The payment was refunded {date}.",
	partRefunded:     "{amount} has been refunded.",
	noRefund:         "No refund is recorded for it so far.",
	voided:           "The payment was voided, so nothing was charged.",
	carrier:          "The carrier is {carrier}, tracking number {tracking}.",
	tracking:         "The tracking number is {tracking}.",
	carrierOnly:      "The carrier is {carrier}.",
	follow:           "You can follow it here: {url}",
	expected:         "The estimated delivery is {date}.",
	late:             "It was expected {date} and is late.",
	items:            "It contains: {list}.",
	total:            "Its total is {amount}.",
	one:              "{n} of {date} ({state})",
	several:          "You have several orders: {list}. Which one do you mean?",
	unproven:         "I can look that up. To be sure that the order is yours, please write the e-mail address or phone number it was placed with.",
	noNumber:         "Thank you. Which order is it? Please write its number, too.",
	nothing:          "I can look that up. Please write the order's number, and the e-mail address or phone number it was placed with.",
	unmatched:        "I can't find an order of yours with these details. Please check the order's number, and write the e-mail address or phone number it was placed with.",
	none:             "I can't find an order under your contact. Please write the order's number, and the e-mail address or phone number it was placed with.",
	states: map[phase]string{
		phaseUnpaid: "waiting for payment", phasePreparing: "being prepared", phaseOnHold: "on hold", phasePartly: "partly shipped",
		phaseShipped: "shipped", phaseTransit: "in transit", phaseOut: "out for delivery", phaseAttempted: "delivery attempted",
		phaseFailed: "not delivered", phasePickup: "ready for pickup", phasePickedUp: "picked up", phaseDelivered: "delivered", phaseCancelled: "cancelled",
	},
}
