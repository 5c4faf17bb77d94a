package commerce

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// orderFile returns a whole order with some of its fields replaced; an empty
// replacement takes the field away.
func orderFile(replace ...string) string {
	fields := []string{
		`"id": "gid://shop/Order/1"`, `"name": "#1042"`, `"email": "Ana@Shop.example "`, `"phone": "+1 (202) 555-0131"`,
		`"createdAt": "2026-11-04T09:00:00Z"`, `"processedAt": "2026-11-05T17:31:19+01:00"`, `"cancelledAt": null`, `"cancelReason": null`,
		`"displayFinancialStatus": "PARTIALLY_REFUNDED"`, `"displayFulfillmentStatus": "PARTIALLY_FULFILLED"`, `"currencyCode": "USD"`,
		`"currentTotalPriceSet": {"shopMoney": {"amount": "68.90", "currencyCode": "USD"}}`,
		`"totalRefundedSet": {"shopMoney": {"amount": "14.0", "currencyCode": "USD"}}`,
		`"refunds": [{"createdAt": "2026-11-08T10:00:00Z"}, {"createdAt": "2026-11-07T10:00:00Z"}]`,
		`"lineItems": {"nodes": [{"title": "Candle", "variantTitle": "Fig", "quantity": 2, "sku": "C-F", "originalUnitPriceSet": {"shopMoney": {"amount": "24.00", "currencyCode": "USD"}}}],
			"edges": [{"node": {"title": "Gift card", "variantTitle": null, "quantity": 1, "sku": null, "originalUnitPriceSet": null}}]}`,
		`"fulfillments": [{"status": "SUCCESS", "displayStatus": "IN_TRANSIT", "createdAt": "2026-11-06T08:00:00Z", "estimatedDeliveryAt": "2026-11-12T23:00:00Z", "deliveredAt": null,
			"trackingInfo": [{"company": "UPS", "number": "1Z9", "url": "https://ups.example/1Z9"}, {"company": null, "number": "7", "url": null}]},
			{"status": "SUCCESS", "displayStatus": null, "trackingInfo": []}]`,
		`"shippingAddress": {"city": "Tampa", "countryCodeV2": "US", "zip": "33606"}`, `"customer": {"displayName": "Ana"}`, `"note": {"left": ["out"]}`,
	}
	var kept []string
	for _, field := range fields {
		name, _, _ := strings.Cut(field, ":")
		for _, r := range replace {
			if strings.HasPrefix(r, name+":") {
				field = strings.TrimPrefix(r, name+":#none")
				if field != r {
					field = ""
				}
			}
		}
		if field != "" {
			kept = append(kept, field)
		}
	}
	return "{" + strings.Join(kept, ", ") + "}"
}

func TestReadOrders(t *testing.T) {
	t.Parallel()

	t.Run("an order has what customers ask for", func(t *testing.T) {
		t.Parallel()
		orders, bad, err := ReadOrders(strings.NewReader("\ufeff [" + orderFile() + "]\n"))
		require.NoError(t, err)
		require.Empty(t, bad)
		require.Len(t, orders, 1)
		o := orders[0]
		require.Equal(t, []string{"gid://shop/Order/1", "#1042", "ana@shop.example", "+12025550131", "Ana", "Tampa", "US"},
			[]string{o.ExternalID, o.Name, o.Email, o.Phone, o.Customer, o.City, o.Country})
		require.Equal(t, []string{"PARTIALLY_REFUNDED", "PARTIALLY_FULFILLED", "", "USD", "68.9", "14"},
			[]string{o.Payment, o.Fulfillment, o.CancelReason, o.Currency, o.Total.String(), o.Refunded.String()})
		require.True(t, time.Date(2026, 11, 5, 16, 31, 19, 0, time.UTC).Equal(o.ProcessedAt))
		require.Equal(t, 8, o.RefundedAt.Day())
		require.Equal(t, []models.OrderLine{{Title: "Candle", Variant: "Fig", SKU: "C-F", Quantity: 2, Price: amount("24.00")}, {Title: "Gift card", Quantity: 1}}, o.Lines)
		require.Equal(t, []string{"IN_TRANSIT", "SUCCESS"}, []string{o.Shipments[0].Status, o.Shipments[1].Status})
		require.Equal(t, []models.Tracking{{Company: "UPS", Number: "1Z9", URL: "https://ups.example/1Z9"}, {Number: "7"}}, o.Shipments[0].Tracking)
		require.Equal(t, 12, o.EstimatedDelivery().Day())
	})

	t.Run("an empty list is fine", func(t *testing.T) {
		t.Parallel()
		orders, bad, err := ReadOrders(strings.NewReader("[]"))
		require.NoError(t, err)
		require.Empty(t, orders)
		require.Empty(t, bad)
	})

	t.Run("an order that nobody ordered by name is fine, and its own time counts where it was never processed", func(t *testing.T) {
		t.Parallel()
		orders, bad, err := ReadOrders(strings.NewReader("[" + orderFile(`"email": null`, `"phone": null`, `"customer": null`, `"shippingAddress": null`, `"processedAt": null`, `"refunds":#none`, `"fulfillments":#none`) + "]"))
		require.NoError(t, err)
		require.Empty(t, bad)
		require.Equal(t, 4, orders[0].ProcessedAt.Day())
		require.Nil(t, orders[0].RefundedAt)
		require.Nil(t, orders[0].EstimatedDelivery())
	})
}

func TestReadOrdersRefusesElements(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("secret", 50)
	for outcome, test := range map[string]struct{ element, message string }{
		"not an object":             {`"secret"`, "isn't an object"},
		"null":                      {`null`, "isn't an object"},
		"no id":                     {orderFile(`"id":#none`), "id is missing"},
		"an id that is a number":    {orderFile(`"id": 7`), "the field id can't be a number"},
		"a blank name":              {orderFile(`"name": " "`), "name is missing"},
		"a name of signs only":      {orderFile(`"name": "#-"`), "neither letter nor digit"},
		"a name without end":        {orderFile(`"name": "` + long + `"`), "name has more than 255"},
		"no currency":               {orderFile(`"currencyCode": "dollars"`), "currencyCode"},
		"an ill e-mail":             {orderFile(`"email": "secret"`), "email isn't an address"},
		"an ill phone":              {orderFile(`"phone": "secret"`), "phone isn't a number"},
		"a phone of three digits":   {orderFile(`"phone": "911"`), "phone isn't a number"},
		"no total":                  {orderFile(`"currentTotalPriceSet": null`), "currentTotalPriceSet is missing"},
		"a total with an exponent":  {orderFile(`"currentTotalPriceSet": {"shopMoney": {"amount": "1e999999999"}}`), "isn't an amount"},
		"a total as a number":       {orderFile(`"currentTotalPriceSet": {"shopMoney": {"amount": 12.5}}`), "amount can't be a number"},
		"a total in other money":    {orderFile(`"currentTotalPriceSet": {"shopMoney": {"amount": "1", "currencyCode": "EUR"}}`), "another currency"},
		"no time":                   {orderFile(`"processedAt": null`, `"createdAt": null`), "processedAt is missing"},
		"a time that is none":       {orderFile(`"processedAt": "secret"`), "times are such as"},
		"a time long ago":           {orderFile(`"processedAt": "0000-01-01T00:00:00Z"`), "isn't from 1990"},
		"a status that is none":     {orderFile(`"displayFinancialStatus": "secret"`), "displayFinancialStatus isn't a status"},
		"a quantity below zero":     {orderFile(`"lineItems": {"nodes": [{"title": "a", "quantity": -1}]}`), "quantity"},
		"a line without a title":    {orderFile(`"lineItems": {"nodes": [{"title": "", "quantity": 1}]}`), "lineItems.title is missing"},
		"too many lines":            {orderFile(`"lineItems": {"nodes": [{}` + strings.Repeat(",{}", maxLines) + `]}`), "more than 500 lineItems"},
		"a link that isn't the web": {orderFile(`"fulfillments": [{"trackingInfo": [{"url": "javascript:secret"}]}]`), "trackingInfo.url"},
		"a NUL":                     {orderFile(`"name": "#1\u0000"`), "NUL"},
		"over 1 MB":                 {orderFile(`"note": "` + strings.Repeat("x", 1<<20) + `"`), "1 MB"},
		"an id that occurs above":   {orderFile(`"id": "first"`), "same id"},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			first, last := orderFile(`"id": "first"`), orderFile(`"id": "last"`)
			orders, bad, err := ReadOrders(strings.NewReader("[" + first + "," + test.element + "," + last + "]"))
			require.NoError(t, err)
			require.Len(t, orders, 2, "the rest is there")
			require.Len(t, bad, 1)
			require.Equal(t, 2, bad[0].Line)
			require.Contains(t, bad[0].Message, test.message)
			require.NotContains(t, bad[0].Message, "secret", "no message holds a value")
		})
	}
}

func TestReadOrdersRefusesFiles(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		file    string
		code    models.Code
		message string
	}{
		"empty":             {"", models.CodeInvalid, "isn't a list of orders"},
		"an object":         {`{"orders": []}`, models.CodeInvalid, "isn't a list of orders"},
		"a CSV":             {"Name,Email\n#1,a@b.example\n", models.CodeInvalid, "isn't a list of orders"},
		"cut off":           {"[" + orderFile() + `, {"id": "2`, models.CodeInvalid, "at or after its element 2"},
		"cut off between":   {"[" + orderFile(), models.CodeInvalid, "in the middle of the list"},
		"something after":   {"[] []", models.CodeInvalid, "after the list"},
		"too many":          {"[0" + strings.Repeat(",0", maxOrders) + "]", models.CodeTooLarge, "100000 orders"},
		"brackets to abyss": {strings.Repeat("[", 100_000), models.CodeInvalid, "element 1"},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			orders, bad, err := ReadOrders(strings.NewReader(test.file))
			require.Equal(t, test.code, models.CodeOf(err))
			require.ErrorContains(t, err, test.message)
			require.Empty(t, orders)
			require.Empty(t, bad)
		})
	}
}

// TestRealOrders reads the shops that come with the project.
func TestRealOrders(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"deploy/demo/homeware/*/orders.json", "../shared/exam/*/*/orders.json"} {
		found, err := filepath.Glob(filepath.Join("..", "..", pattern))
		require.NoError(t, err)
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("neither the demo shop nor the exam is here")
	}
	for _, name := range files {
		t.Run(fmt.Sprint(filepath.Base(filepath.Dir(name)), len(name)), func(t *testing.T) {
			t.Parallel()
			file, err := os.Open(name)
			require.NoError(t, err)
			defer file.Close()
			orders, bad, err := ReadOrders(file)
			require.NoError(t, err)
			require.Empty(t, bad)
			require.Greater(t, len(orders), 10)
			for _, o := range orders {
				require.NotEmpty(t, o.Lines, o.Name)
				require.NotEmpty(t, o.Payment, o.Name)
				require.NotEmpty(t, o.Fulfillment, o.Name)
			}
		})
	}
}
