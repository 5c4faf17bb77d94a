// Package demo holds the data of the demo shop: a small store for home and kitchen ware, written in every language the
// product speaks, so that a fresh installation has something to answer from.
//
// FS holds one folder per language below Shop:
//
//	homeware/<language>/shop.json      name, domain, currency, language, support e-mail and the demo's clock
//	homeware/<language>/products.csv   the catalogue, as Shopify exports it
//	homeware/<language>/orders.json    an array of orders, each in the shape of an Admin GraphQL Order
//	homeware/<language>/policies/*.md  one source per file; the first heading is its title
//
// Products keep their handles and SKUs over the languages; titles, options, prices and policies are each language's own.
//
// Beside it, electronics has in each language a shop of another trade and of its own, to measure answers with; a
// fresh installation doesn't show it.
package demo

import "embed"

// Shop is the folder of FS that holds the demo shop.
const Shop = "homeware"

// FS holds the files of the shops.
//
//go:embed homeware electronics
var FS embed.FS

// Languages returns the languages the demo shop is written in, each the name of a folder below Shop.
func Languages() []string {
	return []string{"en", "es", "pt", "ru"}
}
