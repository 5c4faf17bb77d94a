package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// upload stores an upload of a source that nobody has read yet.
func upload(t *testing.T, shop storetest.Shop, imp models.Import) models.Import {
	t.Helper()
	imp.AccountID, imp.Kind = shop.Account.ID, models.ImportSource
	imp, err := shop.Store.CreateImport(t.Context(), shop.Admin, imp)
	require.NoError(t, err)
	return imp
}

// takeIn does what the ingest does, without an index.
func takeIn(ctx context.Context, s *store.Store, imp models.Import) error {
	revision, err := s.AddRevision(ctx, imp, imp.Body, store.Reading{
		Title: imp.Name, Format: "markdown", Text: string(imp.Body),
		Passages: func(revision uuid.UUID) []models.Passage {
			return []models.Passage{{ID: uuid.NewSHA1(revision, []byte("0")), Text: string(imp.Body)}}
		},
	})
	if err != nil {
		return err
	}
	if _, err := s.PrepareRevision(ctx, imp, revision.ID); err != nil {
		return err
	}
	return s.TakeIn(ctx, imp, revision.ID)
}

// addSource makes a source that is read.
func addSource(t *testing.T, shop storetest.Shop, name, body string, draft bool) uuid.UUID {
	t.Helper()
	imp := upload(t, shop, models.Import{Name: name, Body: []byte(body), Draft: draft})
	require.NoError(t, takeIn(t.Context(), shop.Store, imp))
	return *imp.SourceID
}

func exec(t *testing.T, url, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), sql, args...)
	require.NoError(t, err)
}

func lastAction(t *testing.T, shop storetest.Shop) models.AuditEntry {
	t.Helper()
	entries, err := shop.Store.Audit(t.Context(), shop.Account.ID, 1)
	require.NoError(t, err)
	return entries[0]
}

func TestLockedSources(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	id := addSource(t, shop, "returns.md", "30 days", false)
	pending := upload(t, shop, models.Import{Name: "returns.md", Body: []byte("40 days")})
	exec(t, url, "UPDATE sources SET locked = true, origin = 'store', state = 'synced' WHERE id = $1", id)
	before, err := s.Source(t.Context(), shop.Account.ID, models.SetLive, id)
	require.NoError(t, err)

	change := store.Change{Account: shop.Account.ID, Actor: shop.Admin}
	draft := change
	draft.Draft = true
	create := func(imp models.Import) error {
		imp.AccountID, imp.Kind = shop.Account.ID, models.ImportSource
		_, err := s.CreateImport(t.Context(), shop.Admin, imp)
		return err
	}
	for name, try := range map[string]func() error{
		"an upload by its name":    func() error { return create(models.Import{Name: "returns.md", Body: []byte("x")}) },
		"an upload into the draft": func() error { return create(models.Import{Name: "returns.md", Body: []byte("x"), Draft: true}) },
		"an edit": func() error {
			return create(models.Import{Name: "a.md", Title: "A", SourceID: &id, Body: []byte("x")})
		},
		"disabling it": func() error { _, err := s.SetSourceEnabled(t.Context(), change, id, false); return err },
		"disabling it in the draft": func() error {
			_, err := s.SetSourceEnabled(t.Context(), draft, id, false)
			return err
		},
		"deleting it":              func() error { return s.DeleteSource(t.Context(), change, id) },
		"deleting it in the draft": func() error { return s.DeleteSource(t.Context(), draft, id) },
		"restoring it":             func() error { _, _, err := s.RestoreSource(t.Context(), change, id); return err },
		"taking an upload in that came before": func() error {
			return takeIn(t.Context(), s, pending)
		},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			err := try()
			require.Equal(t, models.CodeConflict, models.CodeOf(err), err)
			require.ErrorContains(t, err, "comes from the store")
		})
	}
	after, err := s.Source(t.Context(), shop.Account.ID, models.SetLive, id)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestDraftAndLive(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	titles := func(t *testing.T, shop storetest.Shop, set models.SourceSet) []string {
		t.Helper()
		sources, _, err := s.Sources(t.Context(), shop.Account.ID, set, nil, 100)
		require.NoError(t, err)
		out := []string{}
		for _, source := range sources {
			out = append(out, source.Title)
		}
		return out
	}

	t.Run("the diff says what Save changes, and Save changes that", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		draft := store.Change{Account: shop.Account.ID, Actor: shop.Admin, Draft: true}
		changed, removed := addSource(t, shop, "changed.md", "1", false), addSource(t, shop, "removed.md", "1", false)
		off, same := addSource(t, shop, "off.md", "1", false), addSource(t, shop, "same.md", "1", false)
		addSource(t, shop, "changed.md", "2", true)
		added := addSource(t, shop, "added.md", "1", true)
		require.NoError(t, s.DeleteSource(t.Context(), draft, removed))
		_, err := s.SetSourceEnabled(t.Context(), draft, off, false)
		require.NoError(t, err)
		_, err = s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error {
			a.CooldownMS, a.Language = 1234, models.Spanish
			return nil
		})
		require.NoError(t, err)

		now, err := s.Draft(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		changes := map[uuid.UUID]models.SourceChangeKind{}
		for _, c := range now.Diff.Sources {
			changes[c.SourceID] = c.Change
		}
		require.Equal(t, map[uuid.UUID]models.SourceChangeKind{
			changed: models.SourceChanged, removed: models.SourceRemoved, added: models.SourceAdded, off: models.SourceDisabled,
		}, changes)
		require.NotContains(t, changes, same)
		require.Equal(t, []string{"language", "cooldown_ms"}, []string{now.Diff.Settings[0].Field, now.Diff.Settings[1].Field})
		require.JSONEq(t, "300000", string(now.Diff.Settings[1].Live))
		require.JSONEq(t, "1234", string(now.Diff.Settings[1].Draft))
		live, err := s.AgentSettings(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, models.English, live.Language)
		require.Equal(t, []string{"changed.md", "off.md", "removed.md", "same.md"}, titles(t, shop, models.SetLive))

		saved, err := s.Save(t.Context(), shop.Admin, shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, now.Diff, saved)
		require.Equal(t, "agent.save", lastAction(t, shop).Action)
		require.Contains(t, fmt.Sprint(lastAction(t, shop).After), "cooldown_ms")
		require.Equal(t, []string{"added.md", "changed.md", "off.md", "same.md"}, titles(t, shop, models.SetLive))
		live, err = s.AgentSettings(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, int64(1234), live.CooldownMS)
		require.True(t, live.Enabled, "the toggle has no draft")
		after, err := s.Draft(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		require.True(t, after.Diff.Empty())
		deleted, _, err := s.DeletedSources(t.Context(), shop.Account.ID, nil, 10)
		require.NoError(t, err)
		require.Len(t, deleted, 1)
		require.Equal(t, removed, deleted[0].ID)

		reindexed := 0
		pending, err := s.System().PendingImports(t.Context(), -1, 1000)
		require.NoError(t, err)
		for _, p := range pending {
			if imp, err := s.ImportStatus(t.Context(), shop.Account.ID, p.ID); err == nil && imp.Kind == models.ImportReindex {
				reindexed++
			}
		}
		require.Equal(t, 1, reindexed, "another language is another index")
		entries := lastAction(t, shop).ID
		_, err = s.Save(t.Context(), shop.Admin, shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, entries, lastAction(t, shop).ID, "a Save of nothing is no change")
	})
	t.Run("a change that is live at once is in the draft too, and leaves the draft's others", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		_, err := s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error {
			a.CooldownMS, a.BurstMaxMS = 1, 2
			return nil
		})
		require.NoError(t, err)
		_, err = s.ChangeAgentSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error {
			a.CooldownMS = 3
			return nil
		})
		require.NoError(t, err)
		draft, err := s.Draft(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, []int64{3, 2}, []int64{draft.Settings.CooldownMS, draft.Settings.BurstMaxMS})
		require.Len(t, draft.Diff.Settings, 1)
	})
	t.Run("a text that the draft drops is dropped by Save", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
			a.HandoffMessages = map[models.Language]string{models.English: "One moment.", models.Spanish: "Un momento."}
		})
		_, err := s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error {
			delete(a.HandoffMessages, models.Spanish)
			return nil
		})
		require.NoError(t, err)
		_, err = s.Save(t.Context(), shop.Admin, shop.Account.ID)
		require.NoError(t, err)
		live, err := s.AgentSettings(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, map[models.Language]string{models.English: "One moment."}, live.HandoffMessages)
	})
	t.Run("a setting that can't work changes nothing", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		_, err := s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error {
			a.CooldownMS = -1
			return nil
		})
		require.Equal(t, models.CodeInvalid, models.CodeOf(err))
		draft, err := s.Draft(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		require.True(t, draft.Diff.Empty())
	})
	t.Run("Save is refused while a source is pending, and names it", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		addSource(t, shop, "a.md", "1", true)
		imp := upload(t, shop, models.Import{Name: "slow.md", Body: []byte("1"), Draft: true})
		_, err := s.Save(t.Context(), shop.Admin, shop.Account.ID)
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		require.ErrorContains(t, err, "slow.md (pending)")
		require.Empty(t, titles(t, shop, models.SetLive))
		require.NoError(t, takeIn(t.Context(), s, imp))
		_, err = s.Save(t.Context(), shop.Admin, shop.Account.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"a.md", "slow.md"}, titles(t, shop, models.SetLive))
	})
	t.Run("Saves and uploads at once leave a live set that was a draft", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		group, ctx := errgroup.WithContext(t.Context())
		for _, name := range []string{"a.md", "b.md", "c.md"} {
			group.Go(func() error {
				for round := range 10 {
					imp, err := s.CreateImport(ctx, shop.Admin, models.Import{
						AccountID: shop.Account.ID, Kind: models.ImportSource, Name: name, Body: []byte(fmt.Sprintf("%s round %d", name, round)), Draft: true,
					})
					if err != nil {
						return err
					}
					if err := takeIn(ctx, s, imp); err != nil {
						return err
					}
					time.Sleep(time.Duration(round*5) * time.Millisecond)
				}
				return nil
			})
		}
		uploaded := make(chan error, 1)
		go func() { uploaded <- group.Wait() }()
		refused, saved := 0, 0
		for working := true; working; {
			select {
			case err := <-uploaded:
				require.NoError(t, err)
				working = false
			default:
			}
			_, err := s.Save(t.Context(), shop.Admin, shop.Account.ID)
			if err == nil {
				saved++
				sources, _, err := s.Sources(t.Context(), shop.Account.ID, models.SetLive, nil, 10)
				require.NoError(t, err)
				for _, source := range sources {
					require.NotNil(t, source.RevisionID)
				}
				continue
			}
			require.Equal(t, models.CodeConflict, models.CodeOf(err), err)
			refused++
		}
		require.Positive(t, saved)
		require.Positive(t, refused)
		_, err := s.Save(t.Context(), shop.Admin, shop.Account.ID)
		require.NoError(t, err)
		draft, err := s.Draft(t.Context(), shop.Account.ID)
		require.NoError(t, err)
		require.True(t, draft.Diff.Empty())
		for _, set := range []models.SourceSet{models.SetDraft, models.SetLive} {
			sources, _, err := s.Sources(t.Context(), shop.Account.ID, set, nil, 10)
			require.NoError(t, err)
			require.Len(t, sources, 3)
			for _, source := range sources {
				detail, err := s.Source(t.Context(), shop.Account.ID, set, source.ID)
				require.NoError(t, err)
				require.Equal(t, source.Key+" round 9", detail.Text)
			}
		}
	})
	t.Run("deleted and restored at once, it comes back as it was live: disabled, and without what was never saved", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		change := store.Change{Account: shop.Account.ID, Actor: shop.Admin}
		id := addSource(t, shop, "returns.md", "30 days", false)
		_, err := s.SetSourceEnabled(t.Context(), change, id, false)
		require.NoError(t, err)
		edit := upload(t, shop, models.Import{Name: "returns.md", Body: []byte("never saved"), SourceID: &id, Draft: true})
		require.NoError(t, takeIn(t.Context(), s, edit))
		require.NoError(t, s.DeleteSource(t.Context(), change, id))
		_, again, err := s.RestoreSource(t.Context(), change, id)
		require.NoError(t, err)
		_, err = s.PrepareRevision(t.Context(), *again, *again.RevisionID)
		require.NoError(t, err)
		require.NoError(t, s.TakeIn(t.Context(), *again, *again.RevisionID))
		for _, set := range []models.SourceSet{models.SetDraft, models.SetLive} {
			detail, err := s.Source(t.Context(), shop.Account.ID, set, id)
			require.NoError(t, err)
			require.Equal(t, "30 days", detail.Text)
			require.False(t, detail.Enabled)
		}
	})
	t.Run("pages list each source once, whatever their number", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		change := store.Change{Account: shop.Account.ID, Actor: shop.Admin}
		want := []string{"a.md", "b.md", "c.md", "d.md", "e.md"}
		var ids []uuid.UUID
		for _, name := range want {
			ids = append(ids, addSource(t, shop, name, "text of "+name, false))
		}
		pages := func(list func(after *store.Cursor) ([]models.Source, *store.Cursor, error)) (titles []string, sizes []int) {
			var after *store.Cursor
			for {
				page, next, err := list(after)
				require.NoError(t, err)
				sizes = append(sizes, len(page))
				for _, source := range page {
					titles = append(titles, source.Title)
				}
				if after = next; after == nil {
					return titles, sizes
				}
			}
		}
		titles, sizes := pages(func(after *store.Cursor) ([]models.Source, *store.Cursor, error) {
			return s.Sources(t.Context(), shop.Account.ID, models.SetLive, after, 2)
		})
		require.Equal(t, want, titles)
		require.Equal(t, []int{2, 2, 1}, sizes)
		for _, id := range ids {
			require.NoError(t, s.DeleteSource(t.Context(), change, id))
		}
		titles, sizes = pages(func(after *store.Cursor) ([]models.Source, *store.Cursor, error) {
			return s.DeletedSources(t.Context(), shop.Account.ID, after, 2)
		})
		require.Equal(t, []string{"e.md", "d.md", "c.md", "b.md", "a.md"}, titles, "the newest deletion first")
		require.Equal(t, []int{2, 2, 1}, sizes)
		_, _, err := s.DeletedSources(t.Context(), shop.Account.ID, &store.Cursor{Key: "no time", ID: models.NewID()}, 2)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err))
	})
	t.Run("a draft of another account isn't there", func(t *testing.T) {
		t.Parallel()
		a, b := storetest.OpenShop(t, s, models.ChannelWebsite, nil), storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		id := addSource(t, b, "returns.md", "30 days", false)
		detail, err := s.Source(t.Context(), b.Account.ID, models.SetLive, id)
		require.NoError(t, err)
		change := store.Change{Account: a.Account.ID, Actor: a.Admin}
		imp := models.Import{AccountID: a.Account.ID, Kind: models.ImportSource, Name: "x.md", Title: "X", SourceID: &id, Body: []byte("x")}
		for name, try := range map[string]func() error{
			"read":    func() error { _, err := s.Source(t.Context(), a.Account.ID, models.SetLive, id); return err },
			"edit":    func() error { _, err := s.CreateImport(t.Context(), a.Admin, imp); return err },
			"disable": func() error { _, err := s.SetSourceEnabled(t.Context(), change, id, false); return err },
			"delete":  func() error { return s.DeleteSource(t.Context(), change, id) },
			"restore": func() error { _, _, err := s.RestoreSource(t.Context(), change, id); return err },
		} {
			require.Equal(t, models.CodeNotFound, models.CodeOf(try()), name)
		}
		passages, err := s.LivePassages(t.Context(), a.Account.ID, models.SetLive, []uuid.UUID{detail.Passages[0].ID}, 1)
		require.NoError(t, err)
		require.Empty(t, passages)
		_, err = s.Save(t.Context(), a.Admin, a.Account.ID)
		require.NoError(t, err)
		after, err := s.Source(t.Context(), b.Account.ID, models.SetLive, id)
		require.NoError(t, err)
		require.Equal(t, detail, after)
	})
}

func TestFindings(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	price := models.Variant{Currency: "USD", Quantity: 1, Tracked: true}
	require.NoError(t, s.PutProducts(t.Context(), shop.Account.ID, uuid.Nil, []models.Product{
		{Handle: "bare", Title: "Bare", Published: true, Variants: []models.Variant{price}},
		{Handle: "told", Title: "Told", Body: "A mug.", Published: true, Variants: []models.Variant{{Currency: "USD", Tracked: true}}},
		{Handle: "hidden", Title: "Hidden"},
	}))
	state := func(t *testing.T, id uuid.UUID, days string) {
		t.Helper()
		detail, err := s.Source(t.Context(), shop.Account.ID, models.SetDraft, id)
		require.NoError(t, err)
		require.NoError(t, s.SaveExamination(t.Context(), shop.Account.ID, id, *detail.RevisionID, models.Examination{
			Topics: []models.Topic{models.TopicReturns},
			Facts:  []models.Fact{{Subject: "returns.days", Statement: models.Statement{Value: days, Place: "Returns", Quote: days}}},
		}))
	}
	one, two := addSource(t, shop, "returns.md", "1", false), addSource(t, shop, "faq.md", "1", true)
	state(t, one, "30 days")
	state(t, two, "14 days")
	findings := func(set models.SourceSet) (models.ProductGaps, []models.Finding) {
		gaps, found, err := s.Findings(t.Context(), shop.Account.ID, set)
		require.NoError(t, err)
		return gaps, found
	}

	gaps, live := findings(models.SetLive)
	require.Equal(t, models.ProductGaps{Products: 2, WithoutPrice: 2, WithoutDescription: 1, WithoutStock: 1}, gaps)
	require.Empty(t, live, "what isn't saved contradicts nothing that is live")
	_, draft := findings(models.SetDraft)
	require.Len(t, draft, 1)
	require.Equal(t, models.FindingContradiction, draft[0].Kind)
	require.Len(t, draft[0].Statements, 2)
	covered, err := s.Topics(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.True(t, covered[models.TopicReturns])
	require.True(t, covered[models.TopicProducts])
	require.False(t, covered[models.TopicPayment])

	_, err = s.SetSourceEnabled(t.Context(), store.Change{Account: shop.Account.ID, Actor: shop.Admin}, two, false)
	require.NoError(t, err)
	_, draft = findings(models.SetDraft)
	require.Empty(t, draft, "a disabled source contradicts nothing")
}
