package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// orders reads what orders are to be looked up by, where one is asked about. An
// address, a phone or a number alone goes on with an order that was asked about
// before, and number and contact together ask for one.
func (u *Understanding) orders(t Turn, before subject) {
	wish := orderWish(t)
	u.Questions = joinOrders(u.Questions)
	if !slices.ContainsFunc(u.Questions, asksOrders) {
		gives := len(wish.Emails)+len(wish.Phones) > 0 || len(typedIn(strings.Join(t.Messages, "\n")).numbers) > 0
		vague := !slices.ContainsFunc(u.Questions, func(q Question) bool { return q.Intent != models.IntentOther })
		if len(wish.Claims) == 0 && !(before.intent == models.IntentOrderStatus && gives) || !vague {
			return
		}
		q := Question{Intent: models.IntentOrderStatus, Facets: before.facets}
		for _, asked := range u.Questions {
			q.Words = append(q.Words, asked.Words...)
		}
		u.Questions = []Question{q}
	}
	u.Orders = &wish
}
