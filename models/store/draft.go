package store

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/google/uuid"

	"kedai/models"
)

// Draft is what people work on until they save it.
type Draft struct {
	Settings models.AgentSettings
	Diff     models.DraftDiff
}

// Draft returns the draft settings and what differs from live.
func (s *Store) Draft(ctx context.Context, account uuid.UUID) (Draft, error) {
	var out Draft
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		live, draft, _, err := tx.draftSettings()
		if err != nil {
			return err
		}
		sources, err := tx.diffSources()
		out = Draft{Settings: draft, Diff: models.DraftDiff{Settings: models.DiffSettings(live, draft), Sources: sources}}
		return err
	})
	return out, err
}

// draftSettings returns the settings of both versions, and what the draft
// changes.
func (tx *Tx) draftSettings() (live, draft models.AgentSettings, changes models.SettingsPatch, err error) {
	if err := tx.db.Where("account_id = ?", tx.Account).Take(&live).Error; err != nil {
		return live, draft, nil, noSuch("account", err)
	}
	var raw string
	if err := tx.db.Raw("SELECT coalesce((SELECT changes FROM agent_drafts WHERE account_id = ?), '{}')", tx.Account).Row().Scan(&raw); err != nil {
		return live, draft, nil, err
	}
	if err := json.Unmarshal([]byte(raw), &changes); err != nil {
		return live, draft, nil, models.Errorf(models.CodeInternal, "read the draft: %w", err)
	}
	draft, err = live.Patched(changes)
	return live, draft, changes, err
}

// ChangeDraftSettings has change edit the draft of the settings, as it is under
// its lock. Live settings stay. It returns change's error, or CodeInvalid where
// a setting can't work.
func (s *Store) ChangeDraftSettings(ctx context.Context, actor models.Actor, account uuid.UUID, change func(*models.AgentSettings) error) (Draft, error) {
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockSettings("NO KEY UPDATE"); err != nil {
			return err
		}
		live, before, _, err := tx.draftSettings()
		if err != nil {
			return err
		}
		draft := before.Clone()
		if err := change(&draft); err != nil {
			return err
		}
		draft.AccountID, draft.Enabled, draft.UpdatedAt = before.AccountID, before.Enabled, before.UpdatedAt
		if err := draft.Validate(); err != nil {
			return err
		}
		changes := models.SettingsPatch{}
		for _, c := range models.DiffSettings(live, draft) {
			changes[c.Field] = c.Draft
		}
		if err := tx.writeDraft(changes); err != nil {
			return err
		}
		return tx.audit(actor, "agent.draft", "agent", nil, before, draft)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Draft(ctx, account)
}

func (tx *Tx) writeDraft(changes models.SettingsPatch) error {
	if len(changes) == 0 {
		return tx.db.Exec("DELETE FROM agent_drafts WHERE account_id = ?", tx.Account).Error
	}
	return tx.db.Exec(`INSERT INTO agent_drafts (account_id, changes) VALUES (?, ?::jsonb)
		ON CONFLICT (account_id) DO UPDATE SET changes = excluded.changes, updated_at = now()`, tx.Account, asJSON(changes)).Error
}

// writeSettings changes the live settings, all but the toggle. What it changes
// has no other draft any more: a change that is live at once changes both.
func (tx *Tx) writeSettings(before models.AgentSettings, settings *models.AgentSettings) error {
	settings.AccountID, settings.Enabled = before.AccountID, before.Enabled
	if err := settings.Validate(); err != nil {
		return err
	}
	if err := expectOne(tx.db.Model(settings).Select("*").Omit("account_id", "enabled").Updates(settings)); err != nil {
		return err
	}
	if before.Language != settings.Language {
		// The index is stemmed by language.
		if err := tx.requestReindex(); err != nil {
			return err
		}
	}
	_, _, changes, err := tx.draftSettings()
	if err != nil || len(changes) == 0 {
		return err
	}
	for _, c := range models.DiffSettings(before, *settings) {
		delete(changes, c.Field)
	}
	return tx.writeDraft(changes)
}

// diffSources lists how the draft's sources differ from those that are live.
func (tx *Tx) diffSources() ([]models.SourceChange, error) {
	var rows []struct {
		ID                        uuid.UUID
		Title                     string
		LiveRevision, Revision    *uuid.UUID
		InLive, InDraft           bool
		LiveEnabled, DraftEnabled bool
	}
	err := tx.db.Raw(`
		SELECT s.id, coalesce(nullif(r.title, ''), s.title) AS title, live.revision_id AS live_revision, draft.revision_id AS revision,
		       live.source_id IS NOT NULL AS in_live, draft.source_id IS NOT NULL AS in_draft,
		       coalesce(live.enabled, false) AS live_enabled, coalesce(draft.enabled, false) AS draft_enabled
		  FROM (SELECT * FROM source_sets WHERE account_id = ? AND version = 'draft') draft
		  FULL JOIN (SELECT * FROM source_sets WHERE account_id = ? AND version = 'live') live ON live.source_id = draft.source_id
		  JOIN sources s ON s.account_id = ? AND s.id = coalesce(draft.source_id, live.source_id)
		  LEFT JOIN source_revisions r ON r.account_id = s.account_id AND r.id = coalesce(draft.revision_id, live.revision_id)
		 WHERE draft.revision_id IS DISTINCT FROM live.revision_id OR draft.enabled IS DISTINCT FROM live.enabled
		 ORDER BY title, s.id`, tx.Account, tx.Account, tx.Account).Scan(&rows).Error
	out := []models.SourceChange{}
	for _, r := range rows {
		c := models.SourceChange{SourceID: r.ID, Title: r.Title, LiveRevision: r.LiveRevision, DraftRevision: r.Revision}
		add := func(kind models.SourceChangeKind) {
			c.Change = kind
			out = append(out, c)
		}
		switch {
		case !r.InLive:
			add(models.SourceAdded)
			if !r.DraftEnabled {
				add(models.SourceDisabled)
			}
			continue
		case !r.InDraft:
			add(models.SourceRemoved)
			continue
		case *r.LiveRevision != value(r.Revision):
			add(models.SourceChanged)
		}
		switch {
		case r.DraftEnabled && !r.LiveEnabled:
			add(models.SourceEnabled)
		case !r.DraftEnabled && r.LiveEnabled:
			add(models.SourceDisabled)
		}
	}
	return out, err
}

func value(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// Save makes the draft live, settings and sources in one transaction, and
// returns what that changed. CodeConflict while a source of the draft isn't
// synced: then nothing is saved.
func (s *Store) Save(ctx context.Context, actor models.Actor, account uuid.UUID) (models.DraftDiff, error) {
	var diff models.DraftDiff
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockSettings("NO KEY UPDATE"); err != nil {
			return err
		}
		if err := tx.lockKnowledge(); err != nil {
			return err
		}
		if err := tx.refuseUnready(); err != nil {
			return err
		}
		live, draft, _, err := tx.draftSettings()
		if err != nil {
			return err
		}
		sources, err := tx.diffSources()
		if err != nil {
			return err
		}
		diff = models.DraftDiff{Settings: models.DiffSettings(live, draft), Sources: sources}
		if diff.Empty() {
			return nil
		}
		if len(diff.Settings) > 0 {
			if err := tx.writeSettings(live, &draft); err != nil {
				return err
			}
		}
		if len(sources) > 0 {
			if err := tx.saveSources(); err != nil {
				return err
			}
		}
		return tx.audit(actor, "agent.save", "agent", nil, nil, diff)
	})
	return diff, err
}

// namedUnready is how many sources a refused Save names.
const namedUnready = 5

func (tx *Tx) refuseUnready() error {
	var unready []struct {
		Title string
		State models.SourceState
	}
	err := tx.db.Raw(`SELECT s.title, s.state FROM sources s JOIN source_sets l ON l.account_id = s.account_id AND l.source_id = s.id
		 WHERE s.account_id = ? AND l.version = 'draft' AND (s.state <> 'synced' OR l.revision_id IS NULL) ORDER BY s.title, s.id LIMIT ?`,
		tx.Account, namedUnready).Scan(&unready).Error
	if err != nil || len(unready) == 0 {
		return err
	}
	names := make([]string, len(unready))
	for i, u := range unready {
		names[i] = u.Title + " (" + string(u.State) + ")"
	}
	return models.Errorf(models.CodeConflict,
		"the draft can't be saved while a source isn't synced: %s; wait until it is read, upload it again, restore it, or delete it", strings.Join(names, ", "))
}

func (tx *Tx) saveSources() error {
	for _, statement := range []string{
		`UPDATE sources s SET deleted_revision_id = l.revision_id, deleted_enabled = l.enabled FROM source_sets l
		  WHERE l.account_id = ? AND l.version = 'live' AND s.account_id = l.account_id AND s.id = l.source_id
		    AND NOT EXISTS (SELECT FROM source_sets d WHERE d.account_id = l.account_id AND d.version = 'draft' AND d.source_id = l.source_id)`,
		`DELETE FROM source_sets l WHERE l.account_id = ? AND l.version = 'live'
		    AND NOT EXISTS (SELECT FROM source_sets d WHERE d.account_id = l.account_id AND d.version = 'draft' AND d.source_id = l.source_id)`,
		`INSERT INTO source_sets (account_id, version, source_id, revision_id, enabled)
		 SELECT account_id, 'live', source_id, revision_id, enabled FROM source_sets WHERE account_id = ? AND version = 'draft'
		 ON CONFLICT (account_id, version, source_id) DO UPDATE SET revision_id = excluded.revision_id, enabled = excluded.enabled`,
	} {
		if err := tx.db.Exec(statement, tx.Account).Error; err != nil {
			return err
		}
	}
	if err := tx.noteDeleted(); err != nil {
		return err
	}
	return tx.request(models.ImportTidy)
}
