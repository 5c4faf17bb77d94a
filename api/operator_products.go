package api

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
)

const maxSearch = 200

// paged reads what all searched lists are asked with.
func paged(search, after *string, limit *int) (text string, cursor *store.Cursor, n int, err error) {
	if n, err = limitOf(limit); err != nil {
		return "", nil, 0, err
	}
	text = value(search)
	if utf8.RuneCountInString(text) > maxSearch || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", nil, 0, models.Errorf(models.CodeInvalid, "search must have at most %d characters", maxSearch)
	}
	if value(after) != "" {
		cursor, err = store.ParseCursor(*after)
	}
	return text, cursor, n, err
}

// next is a cursor as an answer has it.
func next(c *store.Cursor) *string {
	if c == nil {
		return nil
	}
	s := c.String()
	return &s
}

// Products lists the catalogue.
func (s operator) Products(c *gin.Context, params gen.ProductsParams) {
	search, after, limit, err := paged(params.Search, params.After, params.Limit)
	if err != nil {
		s.fail(c, err)
		return
	}
	products, more, err := s.store.SearchProducts(c.Request.Context(), accountOf(c), store.ProductSearch{Search: search, After: after, Limit: limit})
	answer(s, c, http.StatusOK, products, err, func(products []models.Product) gen.ProductList {
		return gen.ProductList{Products: each(products, productView), Next: next(more)}
	})
}

// Product returns one product.
func (s operator) Product(c *gin.Context, id gen.ID) {
	product, err := s.store.Product(c.Request.Context(), accountOf(c), id)
	answer(s, c, http.StatusOK, product, err, productView)
}

// ChangeProduct changes the given fields of a product.
func (s operator) ChangeProduct(c *gin.Context, id gen.ID) {
	product, err := s.changeProduct(c, id)
	answer(s, c, http.StatusOK, product, err, productView)
}

func (s operator) changeProduct(c *gin.Context, id uuid.UUID) (models.Product, error) {
	patch, body, err := decode[gen.ProductPatch](c)
	if err != nil {
		return models.Product{}, err
	}
	edit := models.ProductEdit{Title: patch.Title, Body: patch.Body, Tags: patch.Tags, Published: patch.Published}
	if edit.Variants, err = variantEdits(body); err != nil {
		return models.Product{}, err
	}
	product, upload, err := s.store.ChangeProduct(c.Request.Context(), actorOf(c), accountOf(c), id, edit)
	if err == nil && upload != uuid.Nil {
		s.ingests.start(store.PendingImport{AccountID: accountOf(c), ID: upload})
	}
	return product, err
}

// DeleteProduct removes a product.
func (s operator) DeleteProduct(c *gin.Context, id gen.ID) {
	upload, err := s.store.DeleteProduct(c.Request.Context(), actorOf(c), accountOf(c), id)
	if err == nil {
		s.ingests.start(store.PendingImport{AccountID: accountOf(c), ID: upload})
	}
	s.done(c, err)
}

// variantEdits reads the variants once more: for a price, null and absent
// differ, which the contract's type doesn't tell.
func variantEdits(body []byte) ([]models.VariantEdit, error) {
	var patch struct {
		Variants []struct {
			ID        uuid.UUID       `json:"id"`
			Price     json.RawMessage `json:"price"`
			CompareAt json.RawMessage `json:"compare_at"`
			Quantity  *int            `json:"quantity"`
		} `json:"variants"`
	}
	if err := json.Unmarshal(body, &patch); err != nil {
		return nil, models.Errorf(models.CodeInvalid, "%s", explain(err))
	}
	edits := make([]models.VariantEdit, len(patch.Variants))
	for i, v := range patch.Variants {
		if v.ID == uuid.Nil {
			return nil, models.Errorf(models.CodeInvalid, "each of variants needs its id")
		}
		edits[i] = models.VariantEdit{ID: v.ID, Quantity: v.Quantity}
		var err error
		if edits[i].Price, err = priceEdit("price", v.Price); err != nil {
			return nil, err
		}
		if edits[i].CompareAt, err = priceEdit("compare_at", v.CompareAt); err != nil {
			return nil, err
		}
	}
	return edits, nil
}

// amountForm keeps out numbers that are only short as they are written.
var amountForm = regexp.MustCompile(`^-?\d{1,15}(\.\d{1,6})?$`)

func priceEdit(field string, raw json.RawMessage) (*models.PriceEdit, error) {
	if raw == nil {
		return nil, nil //nolint:nilnil // What isn't given stays.
	}
	if string(raw) == "null" {
		return &models.PriceEdit{}, nil
	}
	var text string
	if json.Unmarshal(raw, &text) != nil || !amountForm.MatchString(text) {
		return nil, models.Errorf(models.CodeInvalid, "%s must be a decimal number in quotes, such as \"12.50\", or null", field)
	}
	amount, err := decimal.NewFromString(text)
	if err != nil {
		return nil, models.Errorf(models.CodeInvalid, "%s must be a decimal number in quotes, such as \"12.50\", or null", field)
	}
	return &models.PriceEdit{Amount: &amount}, nil
}
