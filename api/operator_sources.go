package api

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"kedai/api/gen"
	"kedai/models"
	"kedai/models/store"
)

const maxAddress = 2000

// The endings of files that can be sources: those that must be UTF-8, and those
// whose reader finds out the encoding, or that have none.
var (
	utf8Formats  = []string{"", ".md", ".markdown"}
	otherFormats = []string{".txt", ".html", ".htm", ".csv", ".pdf", ".docx"}
)

// sourceFormat tells from a file's name whether its body must be UTF-8.
// CodeInvalid for what can't be a source.
func sourceFormat(name string) (inUTF8 bool, err error) {
	ending := strings.ToLower(path.Ext(name))
	switch {
	case slices.Contains(otherFormats, ending):
		return false, nil
	case slices.Contains(utf8Formats, ending):
		return true, nil
	}
	return false, models.Errorf(models.CodeInvalid, "a file that ends in %s can't be a source; upload .md, .txt, .html, .csv, .pdf or .docx", ending)
}

// setOf returns the set that is asked for, the draft by default.
func setOf(set *gen.Set) (models.SourceSet, error) {
	switch {
	case set == nil:
		return models.SetDraft, nil
	case !set.Valid():
		return "", models.Errorf(models.CodeInvalid, "set must be draft or live")
	}
	return models.SourceSet(*set), nil
}

func changeOf(c *gin.Context, draft *bool) store.Change {
	return store.Change{Account: accountOf(c), Actor: actorOf(c), Draft: value(draft)}
}

// Sources lists the knowledge base.
func (s operator) Sources(c *gin.Context, params gen.SourcesParams) {
	sources, more, err := s.sources(c, params)
	answer(s, c, http.StatusOK, sources, err, func(sources []models.Source) gen.SourceList {
		return gen.SourceList{Sources: each(sources, sourceView), Next: next(more)}
	})
}

func (s operator) sources(c *gin.Context, params gen.SourcesParams) ([]models.Source, *store.Cursor, error) {
	most := maxLimit
	if params.Limit == nil {
		params.Limit = &most
	}
	_, after, limit, err := paged(nil, params.After, params.Limit)
	if err != nil {
		return nil, nil, err
	}
	set := models.SetDraft
	if params.Set != nil {
		if !params.Set.Valid() {
			return nil, nil, models.Errorf(models.CodeInvalid, "set must be draft, live or deleted")
		}
		if *params.Set == gen.SourcesParamsSetDeleted {
			return s.store.DeletedSources(c.Request.Context(), accountOf(c), after, limit)
		}
		set = models.SourceSet(*params.Set)
	}
	return s.store.Sources(c.Request.Context(), accountOf(c), set, after, limit)
}

// Source shows one source.
func (s operator) Source(c *gin.Context, id gen.ID, params gen.SourceParams) {
	set, err := setOf(params.Set)
	if err != nil {
		s.fail(c, err)
		return
	}
	source, err := s.store.Source(c.Request.Context(), accountOf(c), set, id)
	answer(s, c, http.StatusOK, source, err, sourceDetailView)
}

// CreateSource adds a text or a page.
func (s operator) CreateSource(c *gin.Context, params gen.CreateSourceParams) {
	imp, err := s.createSource(c, value(params.Draft))
	answer(s, c, http.StatusAccepted, imp, err, importView)
}

func (s operator) createSource(c *gin.Context, draft bool) (models.Import, error) {
	body, _, err := decode[gen.NewSource](c)
	if err != nil {
		return models.Import{}, err
	}
	if (body.URL == nil) == (body.Title == nil && body.Text == nil) {
		return models.Import{}, models.Errorf(models.CodeInvalid, "give either title and text, or url")
	}
	if body.URL != nil {
		address, err := pageAddress(*body.URL)
		if err != nil {
			return models.Import{}, err
		}
		return s.storeImport(c, models.Import{Kind: models.ImportSource, Name: address.Host, URL: address.String(), Draft: draft})
	}
	imp, err := textImport(value(body.Title), value(body.Text), draft)
	if err != nil {
		return imp, err
	}
	return s.storeImport(c, imp)
}

// textImport makes the upload of a text that was written here.
func textImport(title, text string, draft bool) (models.Import, error) {
	title, err := named("title", title)
	if err != nil {
		return models.Import{}, err
	}
	if strings.TrimSpace(text) == "" {
		return models.Import{}, models.Errorf(models.CodeInvalid, "the field text is empty")
	}
	return models.Import{Kind: models.ImportSource, Name: title + ".md", Title: title, Body: []byte(text), Draft: draft}, nil
}

// pageAddress checks the form of a page's address; what it leads to is for who
// fetches it.
func pageAddress(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || len(address) > maxAddress || strings.ContainsRune(address, 0) {
		return nil, models.Errorf(models.CodeInvalid, "url must be a page's address such as https://shop.example/returns")
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	return u, nil
}

// EditSource gives a source a new text.
func (s operator) EditSource(c *gin.Context, id gen.ID, params gen.EditSourceParams) {
	imp, err := s.editSource(c, id, value(params.Draft))
	answer(s, c, http.StatusAccepted, imp, err, importView)
}

func (s operator) editSource(c *gin.Context, id uuid.UUID, draft bool) (models.Import, error) {
	body, _, err := decode[gen.SourceText](c)
	if err != nil {
		return models.Import{}, err
	}
	imp, err := textImport(body.Title, body.Text, draft)
	if err != nil {
		return imp, err
	}
	imp.SourceID = &id
	return s.storeImport(c, imp)
}

// DeleteSource takes a source out.
func (s operator) DeleteSource(c *gin.Context, id gen.ID, params gen.DeleteSourceParams) {
	s.done(c, s.store.DeleteSource(c.Request.Context(), changeOf(c, params.Draft), id))
}

// EnableSource has a source count.
func (s operator) EnableSource(c *gin.Context, id gen.ID, params gen.EnableSourceParams) {
	source, err := s.store.SetSourceEnabled(c.Request.Context(), changeOf(c, params.Draft), id, true)
	answer(s, c, http.StatusOK, source, err, sourceView)
}

// DisableSource has a source not count.
func (s operator) DisableSource(c *gin.Context, id gen.ID, params gen.DisableSourceParams) {
	source, err := s.store.SetSourceEnabled(c.Request.Context(), changeOf(c, params.Draft), id, false)
	answer(s, c, http.StatusOK, source, err, sourceView)
}

// RestoreSource brings a source back.
func (s operator) RestoreSource(c *gin.Context, id gen.ID, params gen.RestoreSourceParams) {
	source, again, err := s.store.RestoreSource(c.Request.Context(), changeOf(c, params.Draft), id)
	if err == nil && again != nil {
		s.ingests.start(store.PendingImport{AccountID: again.AccountID, ID: again.ID})
	}
	answer(s, c, http.StatusOK, source, err, sourceView)
}

// Findings lists what would make answers wrong.
func (s operator) Findings(c *gin.Context, params gen.FindingsParams) {
	set, err := setOf(params.Set)
	if err != nil {
		s.fail(c, err)
		return
	}
	gaps, findings, err := s.store.Findings(c.Request.Context(), accountOf(c), set)
	answer(s, c, http.StatusOK, findings, err, func(findings []models.Finding) gen.Findings {
		return gen.Findings{
			Products: gen.ProductGaps{Total: gaps.Products, WithoutPrice: gaps.WithoutPrice, WithoutDescription: gaps.WithoutDescription, WithoutStock: gaps.WithoutStock},
			Findings: each(findings, findingView),
		}
	})
}

// SuggestedSources lists what customers ask about.
func (s operator) SuggestedSources(c *gin.Context) {
	covered, err := s.store.Topics(c.Request.Context(), accountOf(c))
	answer(s, c, http.StatusOK, covered, err, func(covered map[models.Topic]bool) gen.SuggestedList {
		return gen.SuggestedList{Topics: each(models.Topics(), func(t models.Topic) gen.Suggested {
			return gen.Suggested{Topic: string(t), Covered: covered[t]}
		})}
	})
}
