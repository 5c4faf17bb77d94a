package bench

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"kedai/models"
)

// Import has a file taken in and returns how it ended. path is the kind with
// its query, such as products?name=products.csv; watch sees each look at how
// far it has come.
func (s *Shop) Import(ctx context.Context, path, contentType, body string, watch func(models.Import)) (models.Import, error) {
	var imp models.Import
	if err := s.request(ctx, http.MethodPost, "/v1/imports/"+path, contentType, []byte(body), &imp); err != nil {
		return imp, err
	}
	for imp.State == models.ImportPending {
		if !pause(ctx, 50*time.Millisecond) {
			return imp, ctx.Err()
		}
		if err := s.Call(ctx, http.MethodGet, "/v1/imports/"+imp.ID.String(), nil, &imp); err != nil {
			return imp, err
		}
		watch(imp)
	}
	if imp.State != models.ImportDone {
		return imp, fmt.Errorf("import %s: %s", path, imp.Failure)
	}
	return imp, nil
}
