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
	code:             englishCodes,
	states: map[phase]string{
		phaseUnpaid: "waiting for payment", phasePreparing: "being prepared", phaseOnHold: "on hold", phasePartly: "partly shipped",
		phaseShipped: "shipped", phaseTransit: "in transit", phaseOut: "out for delivery", phaseAttempted: "delivery attempted",
		phaseFailed: "not delivered", phasePickup: "ready for pickup", phasePickedUp: "picked up", phaseDelivered: "delivered", phaseCancelled: "cancelled",
	},
}
