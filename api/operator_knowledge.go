package api

import (
	"net/http"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
)

// ImportProducts takes a product CSV.
func (s operator) ImportProducts(c *gin.Context, params gen.ImportProductsParams) {
	s.upload(c, models.Import{Kind: models.ImportProducts, Name: params.Name})
}

// ImportSource takes a source's file.
func (s operator) ImportSource(c *gin.Context, params gen.ImportSourceParams) {
	s.upload(c, models.Import{Kind: models.ImportSource, Name: params.Name, Draft: value(params.Draft)})
}

// ImportOrders takes a list of orders.
func (s operator) ImportOrders(c *gin.Context, params gen.ImportOrdersParams) {
	s.upload(c, models.Import{Kind: models.ImportOrders, Name: params.Name})
}

// upload stores a file whole; a workflow reads it.
func (s operator) upload(c *gin.Context, imp models.Import) {
	imp, err := s.readUpload(c, imp)
	if err == nil {
		imp, err = s.storeImport(c, imp)
	}
	answer(s, c, http.StatusAccepted, imp, err, importView)
}

// storeImport stores an upload and has its workflow started.
func (s operator) storeImport(c *gin.Context, imp models.Import) (models.Import, error) {
	imp.AccountID = accountOf(c)
	imp, err := s.store.CreateImport(c.Request.Context(), actorOf(c), imp)
	if err == nil {
		s.ingests.start(store.PendingImport{AccountID: imp.AccountID, ID: imp.ID})
	}
	return imp, err
}

func (s operator) readUpload(c *gin.Context, imp models.Import) (models.Import, error) {
	name, err := named("name", imp.Name)
	if err != nil {
		return imp, err
	}
	imp.Name = name
	inUTF8 := true
	if imp.Kind == models.ImportSource {
		if inUTF8, err = sourceFormat(name); err != nil {
			return imp, err
		}
	}
	imp.Body, err = s.readSlowly(c, s.pace.readUpload)
	if err != nil {
		return imp, err
	}
	switch {
	case len(imp.Body) == 0:
		return imp, models.Errorf(models.CodeInvalid, "the body must be the file's content; it is empty")
	case inUTF8 && !utf8.Valid(imp.Body):
		return imp, models.Errorf(models.CodeInvalid, "the body must be the file's text, in UTF-8")
	}
	return imp, nil
}

// ImportState tells how far an upload has come.
func (s operator) ImportState(c *gin.Context, id gen.ID) {
	imp, err := s.store.ImportStatus(c.Request.Context(), accountOf(c), id)
	answer(s, c, http.StatusOK, imp, err, importView)
}
