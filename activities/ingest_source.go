package activities

import (
	"context"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"

	"kedai/activities/documents"
	"kedai/activities/findings"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// RevisionRequest names a revision that an upload brings.
type RevisionRequest struct {
	ImportRequest
	Revision uuid.UUID `json:"revision"`
	From     int       `json:"from,omitempty"` // The first passage to write.
}

// Extracted is what Extract made of an upload.
type Extracted struct {
	Kind     models.ImportKind `json:"kind"`
	Ended    bool              `json:"ended,omitempty"` // It can't be read, or was taken in before.
	Revision uuid.UUID         `json:"revision,omitzero"`
	Passages int               `json:"passages,omitempty"`
	Current  bool              `json:"current,omitempty"` // Nothing is new: there is nothing to write.
}

// fetchTries is how often a page is asked for that can't be reached.
const fetchTries = 5

// Extract reads an upload of a source into a revision, which no set has yet. A
// body that was read before gives its revision again.
func (a *Ingesting) Extract(ctx context.Context, r ImportRequest) (Extracted, error) {
	stop := heartbeat(ctx)
	defer stop()
	imp, err := a.Store.Import(ctx, r.Account, r.Import)
	if err != nil {
		return Extracted{}, edge(ctx, a.Log, "Extract", err)
	}
	out := Extracted{Kind: imp.Kind, Ended: imp.State != models.ImportPending}
	if out.Ended || imp.Kind != models.ImportSource {
		return out, nil
	}
	prepared, err := a.extract(ctx, imp)
	if err == nil {
		imp.Total = prepared.Passages
		err = a.Store.Progress(ctx, imp)
	}
	if err != nil && a.gaveUp(ctx, imp, err) {
		out.Ended, err = true, nil
	}
	out.Revision, out.Passages, out.Current = prepared.ID, prepared.Passages, prepared.Current
	return out, edge(ctx, a.Log, "Extract", err)
}

func (a *Ingesting) extract(ctx context.Context, imp models.Import) (store.Prepared, error) {
	var revision uuid.UUID
	if imp.RevisionID != nil {
		revision = *imp.RevisionID
	} else {
		added, err := a.revise(ctx, imp)
		if err != nil {
			return store.Prepared{}, err
		}
		revision = added.ID
	}
	failpoint.Hit("after-add-revision")
	prepared, err := a.Store.PrepareRevision(ctx, imp, revision)
	if err == nil && !prepared.Examined {
		err = a.examine(ctx, imp, prepared)
	}
	return prepared, err
}

// revise returns the revision of an upload's body, read unless it was before.
func (a *Ingesting) revise(ctx context.Context, imp models.Import) (models.Revision, error) {
	name, body, err := a.bodyOf(ctx, imp)
	if err != nil {
		return models.Revision{}, err
	}
	known, err := a.Store.KnownRevision(ctx, imp, body)
	if err != nil {
		return models.Revision{}, err
	}
	if known != nil {
		return *known, nil
	}
	read := a.Read
	if read == nil {
		read = documents.Read
	}
	reading, err := read(ctx, name, body)
	if err != nil {
		return models.Revision{}, err
	}
	if imp.Title != "" {
		reading.Title = imp.Title
	}
	return a.Store.AddRevision(ctx, imp, body, store.Reading{
		Title: reading.Title, Format: string(reading.Format), Text: reading.Text,
		Passages: func(revision uuid.UUID) []models.Passage {
			out := make([]models.Passage, len(reading.Passages))
			for i, p := range reading.Passages {
				out[i] = models.Passage{ID: documents.PassageID(revision, i), N: i, Headings: p.Headings, Text: p.Text}
			}
			return out
		},
	})
}

func (a *Ingesting) bodyOf(ctx context.Context, imp models.Import) (name string, body []byte, err error) {
	if imp.URL == "" {
		return imp.Name, imp.Body, nil
	}
	if a.Fetch == nil {
		return "", nil, models.Errorf(models.CodeInvalid, "pages can't be fetched by this worker; upload the page's text")
	}
	name, body, err = a.Fetch(ctx, imp.URL)
	if err != nil && retryable[models.CodeOf(err)] && attempt(ctx) >= fetchTries {
		err = models.Errorf(models.CodeInvalid, "the page couldn't be fetched: %s", reason(err))
	}
	return name, body, err
}

// attempt returns which try of an activity this is.
func attempt(ctx context.Context) int {
	if !activity.IsActivity(ctx) {
		return 1
	}
	return int(activity.GetInfo(ctx).Attempt)
}

// examine looks for what would make answers wrong.
func (a *Ingesting) examine(ctx context.Context, imp models.Import, revision store.Prepared) error {
	passages, err := a.Store.RevisionPassages(ctx, imp.AccountID, revision.ID, 0, revision.Passages)
	if err != nil {
		return err
	}
	exam := findings.Examine(imp.Name, revision.Title, passages)
	return a.Store.SaveExamination(ctx, imp.AccountID, revision.SourceID, revision.ID, exam)
}

// GiveUp ends an upload that a defect keeps from being taken in.
func (a *Ingesting) GiveUp(ctx context.Context, r ImportRequest) error {
	imp, err := a.Store.ImportStatus(ctx, r.Account, r.Import)
	if err == nil {
		imp.State, imp.Failure = models.ImportFailed, "a defect kept it from being read; upload it in another format, or tell whoever runs Kedai"
		err = a.Store.FinishImport(ctx, imp)
	}
	return edge(ctx, a.Log, "GiveUp", err)
}

// final are the codes that end an upload: its message is for people to read.
var final = map[models.Code]bool{
	models.CodeInvalid: true, models.CodeTooLarge: true, models.CodeConflict: true,
	models.CodeRejected: true, models.CodeForbidden: true, models.CodeNotFound: true,
}

// gaveUp ends an upload as failed where its error is final, and tells whether
// it is.
func (a *Ingesting) gaveUp(ctx context.Context, imp models.Import, err error) bool {
	if !final[models.CodeOf(err)] {
		return false
	}
	imp.State, imp.Failure = models.ImportFailed, reason(err)
	return a.Store.FinishImport(ctx, imp) == nil
}

// source takes an upload in at one go, for ingests that began before there were
// steps.
func (a *Ingesting) source(ctx context.Context, imp *models.Import) error {
	settings, err := a.Store.AgentSettings(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	prepared, err := a.extract(ctx, *imp)
	if err != nil {
		return err
	}
	if !prepared.Current {
		if imp.Done, err = a.writeRevision(ctx, imp.AccountID, settings.Language, prepared.Revision); err != nil {
			return err
		}
	}
	if err := a.Store.TakeIn(ctx, *imp, prepared.ID); err != nil {
		return err
	}
	if err := a.restem(ctx, *imp, prepared.ID); err != nil {
		return err
	}
	return a.tidy(ctx, ImportRequest{Account: imp.AccountID, Import: imp.ID})
}
