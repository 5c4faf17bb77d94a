package commerce

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// What one order may hold.
const (
	maxLines     = 500
	maxShipments = 200
	maxTracking  = 50
	maxQuantity  = 1_000_000
	maxURL       = 2_000
	firstYear    = 1990
	lastYear     = 2100
)

// orderJSON is what is read of an Admin GraphQL Order. Connections may come as
// nodes or as edges.
type orderJSON struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	Email        *string    `json:"email"`
	Phone        *string    `json:"phone"`
	CreatedAt    *time.Time `json:"createdAt"`
	ProcessedAt  *time.Time `json:"processedAt"`
	CancelledAt  *time.Time `json:"cancelledAt"`
	CancelReason *string    `json:"cancelReason"`
	Payment      *string    `json:"displayFinancialStatus"`
	Fulfillment  *string    `json:"displayFulfillmentStatus"`
	Currency     string     `json:"currencyCode"`
	Total        *moneyBag  `json:"currentTotalPriceSet"`
	Refunded     *moneyBag  `json:"totalRefundedSet"`
	Refunds      []struct {
		CreatedAt   *time.Time `json:"createdAt"`
		ProcessedAt *time.Time `json:"processedAt"`
	} `json:"refunds"`
	LineItems struct {
		Nodes []lineJSON `json:"nodes"`
		Edges []struct {
			Node lineJSON `json:"node"`
		} `json:"edges"`
	} `json:"lineItems"`
	Fulfillments    []fulfillmentJSON `json:"fulfillments"`
	ShippingAddress *struct {
		City    *string `json:"city"`
		Country *string `json:"countryCodeV2"`
	} `json:"shippingAddress"`
	Customer *struct {
		Name *string `json:"displayName"`
	} `json:"customer"`
}

type moneyBag struct {
	ShopMoney struct {
		Amount   string `json:"amount"`
		Currency string `json:"currencyCode"`
	} `json:"shopMoney"`
}

type lineJSON struct {
	Title    string    `json:"title"`
	Variant  *string   `json:"variantTitle"`
	SKU      *string   `json:"sku"`
	Quantity int       `json:"quantity"`
	Price    *moneyBag `json:"originalUnitPriceSet"`
}

type fulfillmentJSON struct {
	Status        *string    `json:"status"`
	DisplayStatus *string    `json:"displayStatus"`
	CreatedAt     *time.Time `json:"createdAt"`
	EstimatedAt   *time.Time `json:"estimatedDeliveryAt"`
	DeliveredAt   *time.Time `json:"deliveredAt"`
	Tracking      []struct {
		Company *string `json:"company"`
		Number  *string `json:"number"`
		URL     *string `json:"url"`
	} `json:"trackingInfo"`
}

// order checks what was given and puts it into the project's form.
func (j *orderJSON) order() (models.Order, error) {
	o := models.Order{ExternalID: j.ID, Name: j.Name, Currency: j.Currency, CancelledAt: j.CancelledAt, Lines: []models.OrderLine{}, Shipments: []models.Shipment{}}
	r := orderReader{}
	r.need("id", j.ID)
	r.need("name", j.Name)
	if models.OrderNumber(j.Name) == "" {
		r.refuse("the name has neither letter nor digit")
	}
	if !validCurrency(j.Currency) {
		r.refuse("currencyCode isn't an ISO 4217 code such as USD")
	}
	if o.Email = models.NormalEmail(value(j.Email)); o.Email == "" && value(j.Email) != "" {
		r.refuse("the email isn't an address")
	}
	if o.Phone = models.NormalPhone(value(j.Phone)); o.Phone == "" && value(j.Phone) != "" {
		r.refuse("the phone isn't a number such as +12025550131")
	}
	o.Payment, o.Fulfillment = r.status("displayFinancialStatus", j.Payment), r.status("displayFulfillmentStatus", j.Fulfillment)
	o.CancelReason = r.status("cancelReason", j.CancelReason)
	if j.Total == nil {
		r.refuse("currentTotalPriceSet is missing")
	} else if total := r.amount("currentTotalPriceSet", j.Total, j.Currency); total != nil {
		o.Total = *total
	}
	o.Refunded = r.amount("totalRefundedSet", j.Refunded, j.Currency)
	if j.ProcessedAt == nil {
		j.ProcessedAt = j.CreatedAt
	}
	if j.ProcessedAt == nil {
		r.refuse("processedAt is missing")
	} else {
		o.ProcessedAt = *j.ProcessedAt
	}
	o.RefundedAt = j.refundedAt()
	if j.Customer != nil {
		o.Customer = r.text("customer.displayName", j.Customer.Name)
	}
	if j.ShippingAddress != nil {
		o.City, o.Country = r.text("shippingAddress.city", j.ShippingAddress.City), r.text("shippingAddress.countryCodeV2", j.ShippingAddress.Country)
	}
	r.times(&o)
	r.lines(j, &o)
	r.shipments(j, &o)
	return o, r.err
}

func (j *orderJSON) refundedAt() *time.Time {
	var newest *time.Time
	for _, refund := range j.Refunds {
		at := refund.ProcessedAt
		if at == nil {
			at = refund.CreatedAt
		}
		if at != nil && (newest == nil || at.After(*newest)) {
			newest = at
		}
	}
	return newest
}

// orderReader keeps the first reason why an order can't be read.
type orderReader struct{ err error }

func (r *orderReader) refuse(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *orderReader) need(field, text string) {
	if strings.TrimSpace(text) == "" {
		r.refuse("%s is missing", field)
	}
	r.text(field, &text)
}

func (r *orderReader) text(field string, text *string) string {
	if text == nil {
		return ""
	}
	if utf8.RuneCountInString(*text) > maxShort {
		r.refuse("%s has more than %d characters", field, maxShort)
	}
	return *text
}

var statusForm = regexp.MustCompile(`^[A-Z][A-Z_]{1,39}$`)

// status takes any value of the form that the API's enumerations have: shops
// must not lose orders to a value that came after this was written.
func (r *orderReader) status(field string, text *string) string {
	if text != nil && !statusForm.MatchString(*text) {
		r.refuse("%s isn't a status such as PAID", field)
	}
	return value(text)
}

// amountForm keeps out numbers that are only short as they are written.
var amountForm = regexp.MustCompile(`^-?\d{1,15}(\.\d{1,6})?$`)

func (r *orderReader) amount(field string, bag *moneyBag, currency string) *decimal.Decimal {
	if bag == nil {
		return nil
	}
	if !amountForm.MatchString(bag.ShopMoney.Amount) {
		r.refuse("%s.shopMoney.amount isn't an amount such as 12.50", field)
		return nil
	}
	if bag.ShopMoney.Currency != "" && bag.ShopMoney.Currency != currency {
		r.refuse("%s is in another currency than the order", field)
	}
	amount, err := decimal.NewFromString(bag.ShopMoney.Amount)
	if err != nil {
		r.refuse("%s.shopMoney.amount isn't an amount such as 12.50", field)
	}
	return &amount
}

func (r *orderReader) lines(j *orderJSON, o *models.Order) {
	lines := j.LineItems.Nodes
	for _, edge := range j.LineItems.Edges {
		lines = append(lines, edge.Node)
	}
	if len(lines) > maxLines {
		r.refuse("it has more than %d lineItems", maxLines)
		return
	}
	for _, l := range lines {
		r.need("lineItems.title", l.Title)
		if l.Quantity < 0 || l.Quantity > maxQuantity {
			r.refuse("lineItems.quantity isn't from 0 to %d", maxQuantity)
		}
		o.Lines = append(o.Lines, models.OrderLine{
			Title: l.Title, Variant: r.text("lineItems.variantTitle", l.Variant), SKU: r.text("lineItems.sku", l.SKU),
			Quantity: l.Quantity, Price: r.amount("lineItems.originalUnitPriceSet", l.Price, j.Currency),
		})
	}
}

func (r *orderReader) shipments(j *orderJSON, o *models.Order) {
	if len(j.Fulfillments) > maxShipments {
		r.refuse("it has more than %d fulfillments", maxShipments)
		return
	}
	for _, f := range j.Fulfillments {
		status := r.status("fulfillments.displayStatus", f.DisplayStatus)
		if status == "" {
			status = r.status("fulfillments.status", f.Status)
		}
		s := models.Shipment{Status: status, ShippedAt: f.CreatedAt, EstimatedAt: f.EstimatedAt, DeliveredAt: f.DeliveredAt, Tracking: []models.Tracking{}}
		if len(f.Tracking) > maxTracking {
			r.refuse("a fulfillment has more than %d trackingInfo", maxTracking)
			return
		}
		for _, t := range f.Tracking {
			s.Tracking = append(s.Tracking, models.Tracking{
				Company: r.text("trackingInfo.company", t.Company), Number: r.text("trackingInfo.number", t.Number), URL: r.address("trackingInfo.url", t.URL),
			})
		}
		o.Shipments = append(o.Shipments, s)
	}
}

// times keeps out what is a time only by its form.
func (r *orderReader) times(o *models.Order) {
	for _, at := range []*time.Time{&o.ProcessedAt, o.CancelledAt, o.RefundedAt} {
		if at != nil && !at.IsZero() && (at.Year() < firstYear || at.Year() > lastYear) {
			r.refuse("a date in it isn't from %d to %d", firstYear, lastYear)
		}
	}
}

// address takes links only that a browser opens: customers will be given them.
func (r *orderReader) address(field string, text *string) string {
	if value(text) == "" {
		return ""
	}
	u, err := url.Parse(*text)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || len(*text) > maxURL {
		r.refuse("%s isn't an address such as https://carrier.example/track", field)
	}
	return *text
}

func value(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
