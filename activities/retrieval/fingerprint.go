package retrieval

import (
	"crypto/sha256"
	"fmt"

	"kedai/models"
)

// Fingerprint tells whether a product's object would be another than it is: it
// is over all that an object is made of, and the language it is read in. What
// isn't indexed, as a price, doesn't count.
func Fingerprint(l models.Language, p *models.Product) []byte {
	h := sha256.New()
	// The whole draft, as Go would write it: what is added to it counts without a word here.
	fmt.Fprintf(h, "%#v %#v", l, productDraft(p))
	return h.Sum(nil)
}
