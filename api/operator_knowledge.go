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
	s.upload(c, models.ImportProducts, params.Name)
}

// ImportSource takes a Markdown source.
func (s operator) ImportSource(c *gin.Context, params gen.ImportSourceParams) {
	s.upload(c, models.ImportSource, params.Name)
}

// ImportOrders takes a list of orders.
func (s operator) ImportOrders(c *gin.Context, params gen.ImportOrdersParams) {
	s.upload(c, models.ImportOrders, params.Name)
}

// upload stores a file whole; a workflow reads it.
func (s operator) upload(c *gin.Context, kind models.ImportKind, name string) {
	imp, err := s.storeUpload(c, kind, name)
	if err == nil {
		s.ingests.start(store.PendingImport{AccountID: imp.AccountID, ID: imp.ID})
	}
	answer(s, c, http.StatusAccepted, imp, err, importView)
}

func (s operator) storeUpload(c *gin.Context, kind models.ImportKind, name string) (models.Import, error) {
	name, err := named("name", name)
	if err != nil {
		return models.Import{}, err
	}
	body, err := s.readSlowly(c, s.pace.readUpload)
	if err != nil {
		return models.Import{}, err
	}
	if len(body) == 0 || !utf8.Valid(body) {
		return models.Import{}, models.Errorf(models.CodeInvalid, "the body must be the file's text, in UTF-8")
	}
	imp := models.Import{AccountID: accountOf(c), Kind: kind, Name: name, Body: body}
	return s.store.CreateImport(c.Request.Context(), actorOf(c), imp)
}

// ImportState tells how far an upload has come.
func (s operator) ImportState(c *gin.Context, id gen.ID) {
	imp, err := s.store.ImportStatus(c.Request.Context(), accountOf(c), id)
	answer(s, c, http.StatusOK, imp, err, importView)
}

// Sources lists the knowledge base.
func (s operator) Sources(c *gin.Context) {
	sources, err := s.store.Sources(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, sources, err, func(sources []models.Source) gen.SourceList {
		return gen.SourceList{Sources: each(sources, sourceView)}
	})
}
