package retrieval

import (
	"context"
	"time"

	"github.com/google/uuid"
	protocol "github.com/weaviate/weaviate/grpc/generated/protocol/v1"

	"kedai/models"
)

// Object is what the index has of a product or passage.
type Object struct {
	ID      uuid.UUID
	Written time.Time // Its last write.
}

// Objects lists what an account has in the index, by ID, from the one after
// the given one.
func (w *Weaviate) Objects(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, after uuid.UUID, limit int) ([]Object, error) {
	if !known(kind) {
		return nil, models.Errorf(models.CodeInvalid, "The index has no evidence of the kind %q.", kind)
	}
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	class := w.class(kind)
	reply, err := w.search.Search(ctx, &protocol.SearchRequest{
		Collection: class, Tenant: account.String(), Limit: uint32(limit), After: after.String(),
		Metadata:    &protocol.MetadataRequest{Uuid: true, LastUpdateTimeUnix: true},
		Properties:  &protocol.PropertiesRequest{},
		Uses_127Api: true,
	})
	switch {
	case isAbsentTenant(err):
		return nil, nil
	case err != nil:
		return nil, failure(ctx, "list the class "+class, err)
	}
	objects := make([]Object, 0, len(reply.GetResults()))
	for _, result := range reply.GetResults() {
		id, err := uuid.Parse(result.GetMetadata().GetId())
		if err != nil {
			return nil, models.Errorf(models.CodeInternal, "Weaviate found an object without an ID in the class %s.", class)
		}
		objects = append(objects, Object{ID: id, Written: time.UnixMilli(result.GetMetadata().GetLastUpdateTimeUnix())})
	}
	return objects, nil
}
