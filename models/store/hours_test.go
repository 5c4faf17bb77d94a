package store_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

// weekdays are hours from Monday to Friday.
func weekdays(from, until string) *models.BusinessHours {
	day := []models.Interval{{From: from, Until: until}}
	return &models.BusinessHours{
		Week:        models.Week{Monday: day, Tuesday: day, Wednesday: day, Thursday: day, Friday: day},
		SpecialDays: map[string][]models.Interval{"2026-12-25": {}},
	}
}

// hoursAround are hours of the moment's own date that it stands in, or just
// before.
func hoursAround(at time.Time, inside bool) *models.BusinessHours {
	tomorrow := at.AddDate(0, 0, 1).Format(time.DateOnly)
	open := map[string][]models.Interval{tomorrow: {{From: "09:00", Until: "10:00"}}}
	if inside {
		open[at.Format(time.DateOnly)] = []models.Interval{{From: "00:00", Until: "24:00"}}
		open[tomorrow] = []models.Interval{{From: "00:00", Until: "24:00"}}
	}
	return &models.BusinessHours{SpecialDays: open}
}

// farFromUTC is now in a zone in whose clock it is hours from midnight and from
// UTC's time of the day.
func farFromUTC(t *testing.T) time.Time {
	t.Helper()
	for _, name := range []string{"Asia/Kathmandu", "Pacific/Kiritimati"} {
		zone, err := models.Zone(name)
		require.NoError(t, err)
		if now := time.Now().In(zone); now.Hour() >= 2 && now.Hour() <= 21 {
			return now
		}
	}
	t.Fatal("the zones are no longer ten hours apart")
	return time.Time{}
}

// handedOver holds a conversation that ends in a handoff, and returns what the
// customer was told.
func handedOver(t *testing.T, shop storetest.Shop) string {
	t.Helper()
	receipt := shop.Say(t, "ana", "A person, please")
	turn := prepare(t, shop, receipt.Chat)
	require.NoError(t, shop.Store.SaveDraft(t.Context(), shop.Account.ID, turn.ID, turn.Attempt,
		models.Draft{Action: models.ActionHandoff, Reason: models.ReasonCustomerRequest, Intent: models.IntentHuman, Engine: "builtin"}, nil))
	out := deliver(t, shop, turn)
	require.Equal(t, models.VerdictDelivered, out.Verdict)
	require.True(t, out.Handoff)
	view, err := shop.Store.VisitorView(t.Context(), shop.Account.ID, receipt.Chat, 0, 10)
	require.NoError(t, err)
	require.Len(t, view.Messages, 2)
	return view.Messages[1].Text
}

func TestHandoffOutsideOfHours(t *testing.T) {
	t.Parallel()
	s, url := storetest.OpenWithURL(t)

	t.Run("inside of the hours the plain message is said", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
			a.BusinessHours = hoursAround(time.Now().UTC(), true)
			a.AfterHoursMessages = map[models.Language]string{models.English: "From {opens}."}
		})
		require.Contains(t, handedOver(t, shop), "colleague")
	})
	t.Run("outside of them when it opens", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
			a.BusinessHours = hoursAround(time.Now().UTC(), false)
		})
		require.Contains(t, handedOver(t, shop), "will answer here from 9:00 ")
	})
	t.Run("by the clock of the account's time zone", func(t *testing.T) {
		t.Parallel()
		now := farFromUTC(t)
		open := models.Interval{From: fmt.Sprintf("%02d:00", now.Hour()-1), Until: fmt.Sprintf("%02d:00", now.Hour()+2)}
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
			// It opens again, so outside of the hours that would be said.
			later := now.AddDate(0, 0, 2).Format(time.DateOnly)
			a.BusinessHours = &models.BusinessHours{SpecialDays: map[string][]models.Interval{now.Format(time.DateOnly): {open}, later: {open}}}
			a.HandoffMessages = map[models.Language]string{models.English: "A moment."}
		})
		_, err := s.SetTimeZone(t.Context(), shop.Admin, shop.Account.ID, now.Location().String())
		require.NoError(t, err)
		require.Equal(t, "A moment.", handedOver(t, shop))
	})
	t.Run("by the account's own clock where it has one", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, func(a *models.AgentSettings) {
			a.Language = models.Spanish
			a.BusinessHours = weekdays("09:00", "18:00")
			a.AfterHoursMessages = map[models.Language]string{models.Spanish: "Respondemos {opens}."}
		})
		_, err := s.SetTimeZone(t.Context(), shop.Admin, shop.Account.ID, "America/Mexico_City")
		require.NoError(t, err)
		// 8:30 of a Friday in Mexico.
		exec(t, url, "UPDATE accounts SET answers_at = '2026-06-12T14:30:00Z' WHERE id = $1", shop.Account.ID)
		require.Equal(t, "Respondemos hoy a las 9:00.", handedOver(t, shop))
	})
	t.Run("the Playground says the same of its set", func(t *testing.T) {
		t.Parallel()
		shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
		exec(t, url, "UPDATE accounts SET answers_at = '2026-06-12T19:30:00Z' WHERE id = $1", shop.Account.ID)
		_, err := s.ChangeDraftSettings(t.Context(), shop.Admin, shop.Account.ID, func(a *models.AgentSettings) error {
			a.BusinessHours = weekdays("09:00", "18:00")
			return nil
		})
		require.NoError(t, err)
		said := map[models.SourceSet]string{}
		for _, set := range []models.SourceSet{models.SetDraft, models.SetLive} {
			chat, err := s.CreatePlayground(t.Context(), shop.Admin, models.PlaygroundChat{AccountID: shop.Account.ID, Set: set})
			require.NoError(t, err)
			_, err = s.AddPlaygroundTurn(t.Context(), shop.Account.ID, chat.ID, []string{"Person!"})
			require.NoError(t, err)
			require.NoError(t, s.FailPlaygroundTurn(t.Context(), shop.Account.ID, chat.ID, 1, models.CodeUnavailable))
			turn, err := s.PlaygroundTurn(t.Context(), shop.Account.ID, chat.ID, 1)
			require.NoError(t, err)
			said[set] = turn.HandoffText
		}
		require.Contains(t, said[models.SetDraft], "from Monday at 9:00.")
		require.Contains(t, said[models.SetLive], "colleague")
	})
}

func TestBusinessHoursAreSettings(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	account := shop.Account.ID
	live := func(t *testing.T) models.AgentSettings {
		t.Helper()
		out, err := s.AgentSettings(t.Context(), account)
		require.NoError(t, err)
		return out
	}
	require.Nil(t, live(t).BusinessHours, "none are set at first")

	draft, err := s.ChangeDraftSettings(t.Context(), shop.Admin, account, func(a *models.AgentSettings) error {
		a.BusinessHours = weekdays("09:00", "18:00")
		a.AfterHoursMessages = map[models.Language]string{models.English: "From {opens}."}
		return nil
	})
	require.NoError(t, err)
	require.Nil(t, live(t).BusinessHours)
	require.Equal(t, weekdays("09:00", "18:00"), draft.Settings.BusinessHours)
	require.Equal(t, []string{"business_hours", "after_hours_messages"}, fieldsOf(draft))

	diff, err := s.Save(t.Context(), shop.Admin, account)
	require.NoError(t, err)
	require.Len(t, diff.Settings, 2)
	require.Equal(t, weekdays("09:00", "18:00"), live(t).BusinessHours)
	require.Equal(t, "From {opens}.", live(t).AfterHoursMessages[models.English])

	t.Run("the draft takes days off that live has", func(t *testing.T) {
		draft, err := s.ChangeDraftSettings(t.Context(), shop.Admin, account, func(a *models.AgentSettings) error {
			a.BusinessHours.Week.Friday = nil
			delete(a.BusinessHours.SpecialDays, "2026-12-25")
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, []string{"business_hours"}, fieldsOf(draft))
		require.Empty(t, draft.Settings.BusinessHours.Week.Friday)
		require.Empty(t, draft.Settings.BusinessHours.SpecialDays)
		require.Len(t, live(t).BusinessHours.Week.Friday, 1)
	})
	t.Run("and hours as a whole", func(t *testing.T) {
		draft, err := s.ChangeDraftSettings(t.Context(), shop.Admin, account, func(a *models.AgentSettings) error {
			a.BusinessHours = nil
			return nil
		})
		require.NoError(t, err)
		require.Nil(t, draft.Settings.BusinessHours)
		_, err = s.Save(t.Context(), shop.Admin, account)
		require.NoError(t, err)
		require.Nil(t, live(t).BusinessHours)
	})
	t.Run("what can't be changes nothing", func(t *testing.T) {
		_, err := s.ChangeAgentSettings(t.Context(), shop.Admin, account, func(a *models.AgentSettings) error {
			a.BusinessHours = weekdays("18:00", "09:00")
			return nil
		})
		require.Equal(t, models.CodeInvalid, models.CodeOf(err))
		require.Nil(t, live(t).BusinessHours)
	})
}

func fieldsOf(d store.Draft) []string {
	var out []string
	for _, c := range d.Diff.Settings {
		out = append(out, c.Field)
	}
	return out
}

func TestSetTimeZone(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	after, err := s.SetTimeZone(t.Context(), shop.Admin, shop.Account.ID, "Asia/Kathmandu")
	require.NoError(t, err)
	require.Equal(t, "Asia/Kathmandu", after.TimeZone)
	account, err := s.Account(t.Context(), shop.Account.ID)
	require.NoError(t, err)
	require.Equal(t, after, account)
	entry := lastAction(t, shop)
	require.Equal(t, "account.time_zone", entry.Action)
	text, err := json.Marshal([]any{entry.Before, entry.After})
	require.NoError(t, err)
	require.JSONEq(t, `[{"time_zone":"UTC"},{"time_zone":"Asia/Kathmandu"}]`, string(text))

	for _, name := range []string{"", "Local", "Europe/Atlantis"} {
		_, err := s.SetTimeZone(t.Context(), shop.Admin, shop.Account.ID, name)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), name)
		_, _, err = s.CreateAccount(t.Context(), store.NewAccount{Name: "Shop", Currency: "USD", TimeZone: name, Language: models.English, Admin: "Admin"})
		if name != "" { // Nothing is UTC for a new account.
			require.Equal(t, models.CodeInvalid, models.CodeOf(err), name)
		}
	}
	_, err = s.SetTimeZone(t.Context(), shop.Admin, shop.Account.ID, "Asia/Kathmandu")
	require.NoError(t, err)
	require.Equal(t, entry.ID, lastAction(t, shop).ID, "nothing was changed")
	_, err = s.SetTimeZone(t.Context(), shop.Admin, models.NewID(), "UTC")
	require.Equal(t, models.CodeNotFound, models.CodeOf(err))
}
