package models

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/google/uuid"
)

// DraftChange is a setting that draft and live have differently.
type DraftChange struct {
	Field string          `json:"field"`
	Live  json.RawMessage `json:"live"`
	Draft json.RawMessage `json:"draft"`
}

// SourceChangeKind is how draft and live differ in a source.
type SourceChangeKind string

// The kinds of differences.
const (
	SourceAdded    SourceChangeKind = "added"
	SourceRemoved  SourceChangeKind = "removed"
	SourceChanged  SourceChangeKind = "changed"
	SourceEnabled  SourceChangeKind = "enabled"
	SourceDisabled SourceChangeKind = "disabled"
)

// SourceChange is a source that draft and live have differently. One that is
// changed and disabled as well is there twice.
type SourceChange struct {
	SourceID      uuid.UUID        `json:"source_id"`
	Title         string           `json:"title"`
	Change        SourceChangeKind `json:"change"`
	LiveRevision  *uuid.UUID       `json:"live_revision_id"`
	DraftRevision *uuid.UUID       `json:"draft_revision_id"`
}

// DraftDiff is what Save would make live.
type DraftDiff struct {
	Settings []DraftChange  `json:"settings"`
	Sources  []SourceChange `json:"sources"`
}

// Empty reports whether draft and live are the same.
func (d DraftDiff) Empty() bool { return len(d.Settings) == 0 && len(d.Sources) == 0 }

// SettingsPatch holds settings by their names in JSON.
type SettingsPatch map[string]json.RawMessage

// notDrafted are the settings that have no draft: the toggle counts at once.
var notDrafted = map[string]bool{"account_id": true, "enabled": true, "updated_at": true}

// fields returns the settings that can be drafted, by name.
func (s AgentSettings) fields() SettingsPatch {
	out := SettingsPatch{}
	value := reflect.ValueOf(s)
	for i := range value.NumField() {
		name, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" || notDrafted[name] {
			continue
		}
		raw, err := json.Marshal(value.Field(i).Interface())
		if err != nil {
			// Settings are numbers, texts and lists of them.
			panic("models: " + err.Error())
		}
		out[name] = raw
	}
	return out
}

// Patched returns the settings with those of a patch in their place.
func (s AgentSettings) Patched(patch SettingsPatch) (AgentSettings, error) {
	for name := range patch {
		if notDrafted[name] {
			return s, Errorf(CodeInvalid, "the setting %s has no draft", name)
		}
	}
	raw, err := json.Marshal(patch)
	if err != nil {
		return s, Errorf(CodeInternal, "write a draft: %w", err)
	}
	// A list or a map would be merged into the one that is there, the live one's.
	value := reflect.ValueOf(&s).Elem()
	for i := range value.NumField() {
		if name, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("json"), ","); patch[name] != nil {
			value.Field(i).SetZero()
		}
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, Errorf(CodeInternal, "read a draft: %w", err)
	}
	return s, nil
}

// DiffSettings lists what draft changes of live, in the order of the settings.
func DiffSettings(live, draft AgentSettings) []DraftChange {
	was, is := live.fields(), draft.fields()
	out := []DraftChange{}
	kind := reflect.TypeFor[AgentSettings]()
	for i := range kind.NumField() {
		name, _, _ := strings.Cut(kind.Field(i).Tag.Get("json"), ",")
		if before, ok := was[name]; ok && string(before) != string(is[name]) && !bothEmpty(before, is[name]) {
			out = append(out, DraftChange{Field: name, Live: before, Draft: is[name]})
		}
	}
	return out
}

// bothEmpty takes a list that isn't there for one that is empty.
func bothEmpty(a, b json.RawMessage) bool {
	empty := func(raw json.RawMessage) bool {
		return string(raw) == "null" || string(raw) == "{}" || string(raw) == "[]"
	}
	return empty(a) && empty(b) && (len(a) == 2 || len(b) == 2)
}
