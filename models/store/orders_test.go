package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

func TestOrderLookUp(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop, other := storetest.OpenShop(t, s, models.ChannelWebsite, nil), storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	at := func(day int) time.Time { return time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC) }
	refunded := decimal.RequireFromString("1.1")
	full := models.Order{
		ExternalID: "1", Name: "#1042", Email: "ana@shop.example", Phone: "+12025550131", Customer: "Ana", Currency: "USD", Total: decimal.RequireFromString("12.5"), Refunded: &refunded,
		Lines: []models.OrderLine{{Title: "Mug", Quantity: 2}}, Shipments: []models.Shipment{{Status: "IN_TRANSIT", Tracking: []models.Tracking{{Number: "7"}}}}, ProcessedAt: at(1),
	}
	require.NoError(t, s.PutOrders(t.Context(), shop.Account.ID, uuid.Nil, []models.Order{
		full, {ExternalID: "2", Name: "#1043", Email: "ana@shop.example", ProcessedAt: at(3)}, {ExternalID: "3", Name: "#1044", Phone: "+12025550131", ProcessedAt: at(2)}, {ExternalID: "4", Name: "#1045", ProcessedAt: at(4)},
	}))
	require.NoError(t, s.PutOrders(t.Context(), other.Account.ID, uuid.Nil, []models.Order{{ExternalID: "1", Name: "#1042", Email: "ana@shop.example", ProcessedAt: at(9)}}))
	names := func(orders []models.Order) []string {
		var out []string
		for _, o := range orders {
			out = append(out, o.Name)
		}
		return out
	}

	t.Run("by name, in any way of writing it, as it was put", func(t *testing.T) {
		t.Parallel()
		found, err := s.OrdersByName(t.Context(), shop.Account.ID, "№ 1042")
		require.NoError(t, err)
		want := full
		want.ID, want.AccountID = store.OrderID(shop.Account.ID, "1"), shop.Account.ID
		require.Equal(t, []models.Order{want}, found)
		for _, name := range []string{"104", "10422", "#", ""} {
			found, err := s.OrdersByName(t.Context(), shop.Account.ID, name)
			require.NoError(t, err)
			require.Empty(t, found, name)
		}
	})

	t.Run("by contact, newest first, of this account only", func(t *testing.T) {
		t.Parallel()
		for _, test := range []struct {
			email, phone string
			want         []string
		}{
			{"ANA@shop.example", "", []string{"#1043", "#1042"}},
			{"", "+1 202 555 0131", []string{"#1044", "#1042"}},
			{"ana@shop.example", "+12025550131", []string{"#1043", "#1044", "#1042"}},
			{"", "2025550131", nil},
			{"ana@shop.exampl_", "", nil},
			{"", "", nil},
			{"nobody", "nothing", nil},
		} {
			found, err := s.OrdersByContact(t.Context(), shop.Account.ID, test.email, test.phone)
			require.NoError(t, err)
			require.Equal(t, test.want, names(found), test)
		}
	})

	t.Run("an older upload gives way to a newer one", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		upload := func() models.Import {
			imp, err := s.CreateImport(t.Context(), shop.Admin, models.Import{AccountID: shop.Account.ID, Kind: models.ImportOrders, Name: "orders.json", Body: []byte("[]")})
			require.NoError(t, err)
			return imp
		}
		older, newer := upload(), upload()
		orders := []models.Order{{ExternalID: "1", Name: "#1", ProcessedAt: at(1)}}
		require.NoError(t, s.PutOrders(t.Context(), shop.Account.ID, newer.ID, orders))
		require.Equal(t, models.CodeConflict, models.CodeOf(s.PutOrders(t.Context(), shop.Account.ID, older.ID, orders)))
	})

	t.Run("rows of another account can't be seen, whatever the statement says", func(t *testing.T) {
		t.Parallel()
		_, err := s.Order(t.Context(), other.Account.ID, store.OrderID(shop.Account.ID, "2"))
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
	})
}

func TestTakeProducts(t *testing.T) {
	t.Parallel()
	s, database := storetest.OpenWithURL(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	price := decimal.RequireFromString("12.50")
	products := func() []models.Product {
		return []models.Product{
			{Handle: "mug", Title: "Mug", Tags: []string{"a", `"b"`}, Published: true, Variants: []models.Variant{
				{SKU: "M-S", Price: &price, Currency: "USD", Options: []models.Option{{Name: "Size", Value: "S"}}}, {SKU: "M-M", Currency: "USD", Quantity: -2, Tracked: true},
			}},
			{Handle: "synced", Title: "Synced", Published: true, Variants: []models.Variant{{Currency: "USD"}}},
		}
	}
	require.NoError(t, s.PutProducts(t.Context(), shop.Account.ID, uuid.Nil, products()))
	before, err := s.Products(t.Context(), shop.Account.ID, 10)
	require.NoError(t, err)
	require.Equal(t, products()[0].ContentHash(), before[0].ContentHash(), "what is read is what was put")
	require.Equal(t, []models.Option{{Name: "Size", Value: "S"}}, before[0].Variants[0].Options)

	execSQL(t, database, "UPDATE products SET locked = true WHERE handle = 'synced'")
	again := products()
	again[1].Title, again[0].Variants = "Taken over", again[0].Variants[:1]
	taken, err := s.TakeProducts(t.Context(), shop.Account.ID, uuid.Nil, again)
	require.NoError(t, err)
	require.Equal(t, []store.Taken{{Written: true}, {Locked: true}}, taken)
	after, err := s.Products(t.Context(), shop.Account.ID, 10)
	require.NoError(t, err)
	require.Len(t, after[0].Variants, 1, "a variant that the file lacks goes")
	require.Equal(t, before[0].Variants[0].ID, after[0].Variants[0].ID)
	require.Equal(t, "Synced", after[1].Title, "a connected store's product stays as it is")

	mug := store.ProductID(shop.Account.ID, "mug")
	stale, err := s.MarkIndexed(t.Context(), shop.Account.ID, uuid.Nil, []store.Mark{{ID: mug, Content: again[0].ContentHash(), Indexed: []byte{7}}})
	require.NoError(t, err)
	require.Empty(t, stale)
	taken, err = s.TakeProducts(t.Context(), shop.Account.ID, uuid.Nil, again)
	require.NoError(t, err)
	require.Equal(t, []store.Taken{{Indexed: []byte{7}}, {Locked: true}}, taken)
	stale, err = s.MarkIndexed(t.Context(), shop.Account.ID, uuid.Nil, []store.Mark{{ID: mug, Content: products()[0].ContentHash(), Indexed: []byte{8}}})
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{mug}, stale, "the row is another by now")
	taken, err = s.TakeProducts(t.Context(), shop.Account.ID, uuid.Nil, again)
	require.NoError(t, err)
	require.Nil(t, taken[0].Indexed, "so nothing is known of what the index has")
	execSQL(t, database, "UPDATE products SET content_hash = NULL WHERE handle = 'mug'")
	stale, err = s.MarkIndexed(t.Context(), shop.Account.ID, uuid.Nil, []store.Mark{{ID: mug, Content: again[0].ContentHash(), Indexed: []byte{9}}})
	require.NoError(t, err)
	require.Empty(t, stale, "a row that is older than the hashes")
	others, err := s.OtherProducts(t.Context(), shop.Account.ID, nil)
	require.NoError(t, err)
	require.Equal(t, 1, others, "a connected store's product isn't missed")
}

func execSQL(t *testing.T, database, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), sql)
	require.NoError(t, err)
}
