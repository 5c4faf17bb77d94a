package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
)

// Orders lists orders, for the people who serve customers.
func (s operator) Orders(c *gin.Context, params gen.OrdersParams) {
	search, after, limit, err := paged(params.Search, params.After, params.Limit)
	if err != nil {
		s.fail(c, err)
		return
	}
	orders, more, err := s.store.Orders(c.Request.Context(), accountOf(c), search, after, limit)
	answer(s, c, http.StatusOK, orders, err, func(orders []models.Order) gen.OrderList {
		return gen.OrderList{Orders: each(orders, orderView), Next: next(more)}
	})
}

// Order returns one order.
func (s operator) Order(c *gin.Context, id gen.ID) {
	order, err := s.store.Order(c.Request.Context(), accountOf(c), id)
	answer(s, c, http.StatusOK, order, err, orderView)
}

func orderView(o models.Order) gen.Order {
	return gen.Order{
		ID: o.ID, ExternalID: o.ExternalID, Name: o.Name, Email: known(o.Email), Phone: known(o.Phone), Customer: o.Customer, City: o.City, Country: o.Country,
		Payment: o.Payment, Fulfillment: o.Fulfillment, CancelReason: o.CancelReason, Currency: o.Currency, Total: o.Total.String(), Refunded: amount(o.Refunded),
		Lines: each(o.Lines, func(l models.OrderLine) gen.OrderLine {
			return gen.OrderLine{Title: l.Title, Variant: l.Variant, Sku: l.SKU, Quantity: l.Quantity, Price: amount(l.Price)}
		}),
		Shipments: each(o.Shipments, func(s models.Shipment) gen.Shipment {
			return gen.Shipment{
				Status: s.Status, ShippedAt: s.ShippedAt, EstimatedAt: s.EstimatedAt, DeliveredAt: s.DeliveredAt,
				Tracking: each(s.Tracking, func(t models.Tracking) gen.Tracking {
					return gen.Tracking{Company: t.Company, Number: t.Number, URL: t.URL}
				}),
			}
		}),
		ProcessedAt: o.ProcessedAt, CancelledAt: o.CancelledAt, RefundedAt: o.RefundedAt, EstimatedDelivery: o.EstimatedDelivery(),
	}
}

// known is a text as the contract has it: null where there is none.
func known(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
