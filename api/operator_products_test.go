package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/api/gen"
	"kedai/models"
)

// stock puts products into the bundle's account, each with two variants.
func (b *testBundle) stock(products ...models.Product) {
	b.t.Helper()
	for i := range products {
		p := &products[i]
		low, high := decimal.RequireFromString("12.50"), decimal.RequireFromString("15.00")
		p.Published = true
		p.Variants = []models.Variant{
			{SKU: p.Handle + "-S", Price: &low, Currency: "EUR", Quantity: 3, Tracked: true, Options: []models.Option{{Name: "Size", Value: "S"}}},
			{SKU: p.Handle + "-M", Price: &low, CompareAt: &high, Currency: "EUR", Tracked: true, Options: []models.Option{{Name: "Size", Value: "M"}}},
		}
	}
	require.NoError(b.t, b.store.PutProducts(b.t.Context(), b.account.ID, uuid.Nil, products))
}

func (b *testBundle) titles(query string) []string {
	b.t.Helper()
	list := read[gen.ProductList](b.t, b.do("GET", "/v1/products?"+query, nil, token(b.manager.token)), http.StatusOK)
	return each(list.Products, func(p gen.Product) string { return p.Title })
}

func TestProductList(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.stock(models.Product{Handle: "blue-mug", Title: "Blue Mug", Tags: []string{"kitchen", "50% off"}}, models.Product{Handle: "oak-board", Title: "Oak Board", Tags: []string{"kitchen"}},
		models.Product{Handle: "lamp", Title: "Лампа"}, models.Product{Handle: "lamp-2", Title: "Лампа"})

	for search, want := range map[string][]string{
		"mug":          {"Blue Mug"},
		"MUG blue":     {"Blue Mug"},
		"mug oak":      {},
		"kitchen":      {"Blue Mug", "Oak Board"},
		"oak-board-m":  {"Oak Board"},
		"лампа":        {"Лампа", "Лампа"},
		"%":            {"Blue Mug"},
		"_":            {},
		`\`:            {},
		"":             {"Blue Mug", "Oak Board", "Лампа", "Лампа"},
		"'; DROP --":   {},
		"blue-mug off": {"Blue Mug"},
	} {
		t.Run("search for "+search, func(t *testing.T) {
			require.ElementsMatch(t, want, b.titles("search="+url.QueryEscape(search)))
		})
	}

	t.Run("pages follow each other without gap or double, equal titles included", func(t *testing.T) {
		seen, after := map[uuid.UUID]bool{}, ""
		for page := range 4 {
			list := read[gen.ProductList](t, b.do("GET", "/v1/products?limit=1&after="+after, nil, token(b.manager.token)), http.StatusOK)
			require.Len(t, list.Products, 1)
			seen[list.Products[0].ID] = true
			require.Equal(t, page == 3, list.Next == nil)
			after = value(list.Next)
		}
		require.Len(t, seen, 4)
	})

	t.Run("refuses what isn't a cursor, a search or a limit", func(t *testing.T) {
		for _, query := range []string{"after=x", "after=eyJrIjoiYSJ9", "search=" + strings.Repeat("x", 201), "search=%00", "search=%ff", "limit=0"} {
			require.Equal(t, http.StatusBadRequest, b.do("GET", "/v1/products?"+query, nil, token(b.manager.token)).status, query)
		}
	})
}

func TestProductChange(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.stock(models.Product{Handle: "mug", Title: "Mug", Tags: []string{"kitchen"}}, models.Product{Handle: "bowl", Title: "Bowl"}, models.Product{Handle: "synced", Title: "Synced"})
	products := read[gen.ProductList](t, b.do("GET", "/v1/products", nil, token(b.admin.token)), http.StatusOK).Products
	bowl, mug, synced := products[0], products[1], products[2]
	path := "/v1/products/" + mug.ID.String()
	patch := func(t *testing.T, body string) gen.Product {
		t.Helper()
		return read[gen.Product](t, b.do("PATCH", path, body, token(b.admin.token)), http.StatusOK)
	}
	newest := func(t *testing.T) gen.AuditEntry {
		t.Helper()
		return read[gen.AuditList](t, b.do("GET", "/v1/audit?limit=1", nil, token(b.admin.token)), http.StatusOK).Entries[0]
	}

	t.Run("prices and stock change at once and need no ingest", func(t *testing.T) {
		after := patch(t, fmt.Sprintf(`{"variants":[{"id":%q,"price":"11.90","compare_at":"12.50","quantity":7},{"id":%q,"compare_at":null}]}`, mug.Variants[0].ID, mug.Variants[1].ID))
		require.Equal(t, []string{"11.9", "12.5"}, []string{*after.Variants[0].Price, *after.Variants[0].CompareAt})
		require.Equal(t, 7, after.Variants[0].Quantity)
		require.Nil(t, after.Variants[1].CompareAt)
		require.Equal(t, "12.5", *after.Variants[1].Price, "what isn't given stays")
		require.Equal(t, after, read[gen.Product](t, b.do("GET", path, nil, token(b.manager.token)), http.StatusOK))
		require.Empty(t, b.ingests.all())
		entry := newest(t)
		require.Equal(t, "product.change", entry.Action)
		key := "variant/" + mug.Variants[0].ID.String()
		require.Equal(t, map[string]any{"price": "12.5", "compare_at": nil, "quantity": 3.0}, entry.Before.(map[string]any)[key])
		require.Equal(t, map[string]any{"price": "11.9", "compare_at": "12.5", "quantity": 7.0}, entry.After.(map[string]any)[key])
	})

	t.Run("the index is told where a product begins or ends to be reduced", func(t *testing.T) {
		change := func(price string) {
			body := fmt.Sprintf(`{"variants":[{"id":%q,"compare_at":%s}]}`, bowl.Variants[1].ID, price)
			require.Equal(t, http.StatusOK, b.do("PATCH", "/v1/products/"+bowl.ID.String(), body, token(b.admin.token)).status)
		}
		for i, price := range []string{"null", `"20"`} {
			change(price)
			soon(t, "its ingest starts", func() bool { return len(b.ingests.all()) == i+1 })
		}
		change(`"21"`)
	})

	t.Run("words change and the index is told of this product", func(t *testing.T) {
		after := patch(t, `{"title":"  Tall   Mug ","body":"Holds 400 ml.","tags":["kitchen"," tall "],"published":false}`)
		require.Equal(t, []any{"Tall Mug", "Holds 400 ml.", []string{"kitchen", "tall"}, false}, []any{after.Title, after.Body, after.Tags, after.Published})
		soon(t, "its ingest starts", func() bool { return len(b.ingests.all()) == 3 })
		imp, err := b.store.Import(t.Context(), b.account.ID, b.ingests.all()[2])
		require.NoError(t, err)
		require.Equal(t, models.ImportProduct, imp.Kind)
		require.Equal(t, mug.ID, *imp.ProductID)
		require.Equal(t, map[string]any{"title": "Mug", "body": "", "tags": []any{"kitchen"}, "published": true}, newest(t).Before)
	})

	t.Run("a change to what it is already leaves no trace", func(t *testing.T) {
		before := newest(t)
		patch(t, `{"title":"Tall Mug"}`)
		patch(t, `{}`)
		require.Equal(t, before.ID, newest(t).ID)
		require.Len(t, b.ingests.all(), 3)
	})

	for name, body := range map[string]string{
		"a negative price":           `{"variants":[{"id":"ID","price":"-1"}]}`,
		"three decimals of the euro": `{"variants":[{"id":"ID","price":"1.005"}]}`,
		"a price as number":          `{"variants":[{"id":"ID","price":1}]}`,
		"a price with an exponent":   `{"variants":[{"id":"ID","price":"1e9"}]}`,
		"an enormous price":          `{"variants":[{"id":"ID","price":"999999999999999"}]}`,
		"compare_at below price":     `{"variants":[{"id":"ID","price":"10","compare_at":"9"}]}`,
		"compare_at equal to price":  `{"variants":[{"id":"ID","price":"10","compare_at":"10"}]}`,
		"compare_at without price":   `{"variants":[{"id":"ID","price":null,"compare_at":"9"}]}`,
		"a negative stock":           `{"variants":[{"id":"ID","quantity":-1}]}`,
		"half a piece":               `{"variants":[{"id":"ID","quantity":1.5}]}`,
		"a variant without id":       `{"variants":[{"price":"1"}]}`,
		"another product's variant":  fmt.Sprintf(`{"variants":[{"id":%q,"price":"1"}]}`, bowl.Variants[0].ID),
		"a variant twice":            `{"variants":[{"id":"ID","price":"1"},{"id":"ID","price":"2"}]}`,
		"an empty title":             `{"title":" "}`,
		"a title without end":        fmt.Sprintf(`{"title":%q}`, strings.Repeat("x", 501)),
		"an empty tag":               `{"tags":[""]}`,
		"a NUL":                      `{"title":"a\u0000"}`,
		"an unknown field":           `{"handle":"x"}`,
		"an unknown variant's field": `{"variants":[{"id":"ID","sku":"x"}]}`,
		"a valid and an ill change":  `{"title":"Never","variants":[{"id":"ID","price":"-1"}]}`,
	} {
		t.Run("refuses "+name+" and changes nothing", func(t *testing.T) {
			before := read[gen.Product](t, b.do("GET", path, nil, token(b.admin.token)), http.StatusOK)
			r := b.do("PATCH", path, strings.ReplaceAll(body, `"ID"`, `"`+mug.Variants[0].ID.String()+`"`), token(b.admin.token))
			require.Equal(t, http.StatusBadRequest, r.status, "%s", r.body)
			require.Equal(t, before, read[gen.Product](t, b.do("GET", path, nil, token(b.admin.token)), http.StatusOK))
		})
	}

	t.Run("a product of a connected store can be read and neither edited nor deleted", func(t *testing.T) {
		conn, err := pgx.Connect(t.Context(), b.database)
		require.NoError(t, err)
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), "UPDATE products SET locked = true WHERE id = $1", synced.ID)
		require.NoError(t, err)
		path := "/v1/products/" + synced.ID.String()
		require.True(t, read[gen.Product](t, b.do("GET", path, nil, token(b.admin.token)), http.StatusOK).Locked)
		require.Equal(t, http.StatusConflict, b.do("PATCH", path, `{"title":"x"}`, token(b.admin.token)).status)
		require.Equal(t, http.StatusConflict, b.do("DELETE", path, nil, token(b.admin.token)).status)
	})

	t.Run("a deleted product is gone, and the index is told", func(t *testing.T) {
		had := len(b.ingests.all())
		path := "/v1/products/" + bowl.ID.String()
		require.Equal(t, http.StatusNoContent, b.do("DELETE", path, nil, token(b.admin.token)).status)
		require.Equal(t, http.StatusNotFound, b.do("GET", path, nil, token(b.admin.token)).status)
		require.Equal(t, http.StatusNotFound, b.do("DELETE", path, nil, token(b.admin.token)).status)
		soon(t, "its ingest starts", func() bool { return len(b.ingests.all()) == had+1 })
		require.Equal(t, "product.delete", newest(t).Action)
	})

	t.Run("another account's product isn't there", func(t *testing.T) {
		_, admin, _ := b.newAccount("Other")
		for _, method := range []string{"GET", "PATCH", "DELETE"} {
			require.Equal(t, http.StatusNotFound, b.do(method, path, `{}`, token(admin.token)).status, method)
		}
	})

	t.Run("managers read and don't change", func(t *testing.T) {
		require.Equal(t, http.StatusForbidden, b.do("PATCH", path, `{}`, token(b.manager.token)).status)
		require.Equal(t, http.StatusForbidden, b.do("DELETE", path, nil, token(b.manager.token)).status)
	})
}

func TestOrders(t *testing.T) {
	t.Parallel()
	b := setup(t)
	at := func(day int) time.Time { return time.Date(2026, 11, day, 9, 0, 0, 123456000, time.UTC) }
	arrives := at(20)
	require.NoError(t, b.store.PutOrders(t.Context(), b.account.ID, uuid.Nil, []models.Order{
		{ExternalID: "1", Name: "#1042", Email: "ana@shop.example", Phone: "+12025550131", Currency: "EUR", Payment: "PAID", ProcessedAt: at(1), Total: decimal.RequireFromString("12.50")},
		{ExternalID: "2", Name: "#1043", Email: "ben_b@shop.example", Currency: "EUR", ProcessedAt: at(2), Shipments: []models.Shipment{
			{Status: "IN_TRANSIT", EstimatedAt: &arrives, Tracking: []models.Tracking{{Company: "UPS", Number: "1Z9", URL: "https://ups.example/1Z9"}}},
		}},
		{ExternalID: "3", Name: "EN-77", Currency: "EUR", ProcessedAt: at(2)},
	}))
	names := func(query string) []string {
		list := read[gen.OrderList](t, b.do("GET", "/v1/orders?"+query, nil, token(b.manager.token)), http.StatusOK)
		return each(list.Orders, func(o gen.Order) string { return o.Name })
	}

	for search, want := range map[string][]string{
		"#1042": {"#1042"}, "104": {"#1042", "#1043"}, "ANA@shop": {"#1042"}, "ben_b@shop.example": {"#1043"}, "benxb": {}, "+1 202 555-0131": {"#1042"},
		"0131": {"#1042"}, "en77": {"EN-77"}, "%": {}, "1Z9": {}, "": {"#1042", "#1043", "EN-77"},
	} {
		t.Run("search for "+search, func(t *testing.T) {
			require.ElementsMatch(t, want, names("search="+url.QueryEscape(search)))
		})
	}

	t.Run("one order is read by a manager, with where it is", func(t *testing.T) {
		list := read[gen.OrderList](t, b.do("GET", "/v1/orders?search=1043", nil, token(b.manager.token)), http.StatusOK).Orders
		order := read[gen.Order](t, b.do("GET", "/v1/orders/"+list[0].ID.String(), nil, token(b.manager.token)), http.StatusOK)
		require.Equal(t, "1Z9", order.Shipments[0].Tracking[0].Number)
		require.True(t, arrives.Equal(*order.EstimatedDelivery))
		require.Nil(t, order.Phone)
		_, admin, _ := b.newAccount("Other")
		require.Equal(t, http.StatusNotFound, b.do("GET", "/v1/orders/"+list[0].ID.String(), nil, token(admin.token)).status)
		require.Empty(t, read[gen.OrderList](t, b.do("GET", "/v1/orders", nil, token(admin.token)), http.StatusOK).Orders)
	})

	t.Run("pages follow each other, equal times included", func(t *testing.T) {
		seen, after := map[string]bool{}, ""
		for page := range 3 {
			list := read[gen.OrderList](t, b.do("GET", "/v1/orders?limit=1&after="+after, nil, token(b.manager.token)), http.StatusOK)
			seen[list.Orders[0].Name] = true
			require.Equal(t, page == 2, list.Next == nil)
			after = value(list.Next)
		}
		require.Len(t, seen, 3)
		products := "eyJrIjoiTXVnIiwiaSI6IjViMGEyYzhlLTZhNDEtNGYwYy05YjdlLTJmNmQwYzlkN2ExMSJ9"
		require.Equal(t, http.StatusBadRequest, b.do("GET", "/v1/orders?after="+products, nil, token(b.manager.token)).status)
	})

	t.Run("an upload of orders is stored and its ingest started; nothing of it is logged", func(t *testing.T) {
		imp := read[gen.Import](t, b.do("POST", "/v1/imports/orders?name=orders.json", `[{"email":"carla@shop.example"}]`, token(b.admin.token)), http.StatusAccepted)
		require.Equal(t, "orders", imp.Kind)
		soon(t, "its ingest starts", func() bool { return len(b.ingests.all()) == 1 })
		require.Equal(t, http.StatusForbidden, b.do("POST", "/v1/imports/orders?name=orders.json", `[]`, token(b.manager.token)).status)
		for _, secret := range []string{"ana@", "carla@", "0131", "1Z9"} {
			require.NotContains(t, b.logs.String(), secret)
		}
	})
}
