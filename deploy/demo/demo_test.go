package demo_test

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"math/big"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/deploy/demo"
)

// variant is what the tests read of one row of the catalogue.
type variant struct{ handle, price string }

// catalogue reads a language's products: their handles in order of first appearance, and the variants by SKU.
func catalogue(t *testing.T, language string) (handles []string, variants map[string]variant) {
	t.Helper()
	f, err := demo.FS.Open(path.Join(demo.Shop, language, "products.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)

	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"Handle", "Title", "Option1 Value", "Variant SKU", "Variant Price", "Status"} {
		require.Contains(t, column, name)
	}
	variants = map[string]variant{}
	for _, row := range rows[1:] {
		handle, sku := row[column["Handle"]], row[column["Variant SKU"]]
		require.NotEmpty(t, sku, handle)
		require.NotContains(t, variants, sku)
		require.NotEmpty(t, row[column["Option1 Value"]], sku)
		if row[column["Title"]] != "" {
			require.NotContains(t, handles, handle)
			handles = append(handles, handle)
		}
		require.Equal(t, handles[len(handles)-1], handle, "rows of a product stand together")
		variants[sku] = variant{handle: handle, price: row[column["Variant Price"]]}
	}
	return handles, variants
}

func TestShop(t *testing.T) {
	for _, language := range demo.Languages() {
		t.Run(language, func(t *testing.T) {
			data, err := demo.FS.ReadFile(path.Join(demo.Shop, language, "shop.json"))
			require.NoError(t, err)
			var shop struct{ Name, Domain, Currency, Language, SupportEmail, Now string }
			require.NoError(t, json.Unmarshal(data, &shop))
			require.NotEmpty(t, shop.Name)
			require.True(t, strings.HasSuffix(shop.Domain, ".myshopify.com"), shop.Domain)
			require.Len(t, shop.Currency, 3)
			require.Equal(t, language, shop.Language)
			require.True(t, strings.HasSuffix(shop.SupportEmail, ".example"), shop.SupportEmail)
			require.NotEmpty(t, shop.Now)
		})
	}
}

func TestProducts(t *testing.T) {
	want, skus := catalogue(t, demo.Languages()[0])
	require.GreaterOrEqual(t, len(want), 25)
	for _, language := range demo.Languages() {
		t.Run(language, func(t *testing.T) {
			handles, variants := catalogue(t, language)
			require.Equal(t, want, handles)
			require.Len(t, variants, len(skus))
			for sku, v := range variants {
				require.Equal(t, skus[sku].handle, v.handle, sku)
			}
		})
	}
}

func TestPolicies(t *testing.T) {
	want := []string{"about.md", "care.md", "faq.md", "payment.md", "promotions.md", "refunds.md", "returns.md", "shipping.md"}
	for _, language := range demo.Languages() {
		t.Run(language, func(t *testing.T) {
			folder := path.Join(demo.Shop, language, "policies")
			entries, err := fs.ReadDir(demo.FS, folder)
			require.NoError(t, err)
			var got []string
			for _, e := range entries {
				got = append(got, e.Name())
				text, err := demo.FS.ReadFile(path.Join(folder, e.Name()))
				require.NoError(t, err)
				require.True(t, strings.HasPrefix(string(text), "# "), e.Name())
				require.GreaterOrEqual(t, strings.Count(string(text), "\n## "), 3, e.Name())
			}
			require.Equal(t, want, got)
		})
	}
}

func TestOrders(t *testing.T) {
	type money struct {
		ShopMoney struct{ Amount, CurrencyCode string }
	}
	type order struct {
		Name, Email, Phone, DisplayFinancialStatus, DisplayFulfillmentStatus string

		CurrentTotalPriceSet money
		LineItems            struct {
			Nodes []struct {
				Title, SKU           string
				Quantity             int64
				OriginalUnitPriceSet money
			}
		}
		Customer struct{ DisplayName string }
	}
	for _, language := range demo.Languages() {
		t.Run(language, func(t *testing.T) {
			_, variants := catalogue(t, language)
			data, err := demo.FS.ReadFile(path.Join(demo.Shop, language, "orders.json"))
			require.NoError(t, err)
			var orders []order
			require.NoError(t, json.Unmarshal(data, &orders))
			require.Len(t, orders, 12)

			names, customers, fulfillment := map[string]bool{}, map[string]int{}, map[string]bool{}
			for _, o := range orders {
				require.False(t, names[o.Name], o.Name)
				names[o.Name] = true
				customers[o.Customer.DisplayName]++
				fulfillment[o.DisplayFulfillmentStatus] = true
				require.NotEmpty(t, o.Email+o.Phone, o.Name)
				require.NotEmpty(t, o.LineItems.Nodes, o.Name)

				sum := new(big.Rat)
				for _, item := range o.LineItems.Nodes {
					require.Contains(t, variants, item.SKU, o.Name)
					require.Equal(t, variants[item.SKU].price, item.OriginalUnitPriceSet.ShopMoney.Amount, o.Name)
					price, ok := new(big.Rat).SetString(item.OriginalUnitPriceSet.ShopMoney.Amount)
					require.True(t, ok, o.Name)
					sum.Add(sum, price.Mul(price, new(big.Rat).SetInt64(item.Quantity)))
				}
				total, ok := new(big.Rat).SetString(o.CurrentTotalPriceSet.ShopMoney.Amount)
				require.True(t, ok, o.Name)
				switch o.DisplayFinancialStatus {
				case "REFUNDED":
					require.Zero(t, total.Sign(), o.Name)
				case "PARTIALLY_REFUNDED":
					require.Negative(t, total.Cmp(sum), o.Name)
				default: // the items and, below the threshold, shipping
					require.GreaterOrEqual(t, total.Cmp(sum), 0, o.Name)
				}
			}
			require.Len(t, customers, len(orders)-1, "one customer has two orders")
			for _, status := range []string{"FULFILLED", "UNFULFILLED", "PARTIALLY_FULFILLED", "IN_PROGRESS"} {
				require.True(t, fulfillment[status], status)
			}
		})
	}
}
