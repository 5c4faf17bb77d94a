package activities

import (
	"slices"

	"kedai/models"
)

// inCurrency leaves out of a further round the products whose prices are in
// another currency than those of the rounds before: the account's was changed
// in between, and a reply never mixes the two.
func inCurrency(found, before []models.Evidence) []models.Evidence {
	said := currenciesOf(before)
	if len(said) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(e models.Evidence) bool {
		return slices.ContainsFunc(currenciesOf([]models.Evidence{e}), func(c string) bool { return !slices.Contains(said, c) })
	})
}

// currenciesOf lists the currencies of products' prices.
func currenciesOf(evidence []models.Evidence) []string {
	var out []string
	for i := range evidence {
		if evidence[i].Product == nil {
			continue
		}
		for _, v := range evidence[i].Product.Variants {
			if v.Price != nil && !slices.Contains(out, v.Currency) {
				out = append(out, v.Currency)
			}
		}
	}
	return out
}
