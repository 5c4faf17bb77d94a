package models_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func at(t *testing.T, zone, text string) time.Time {
	t.Helper()
	location, err := models.Zone(zone)
	require.NoError(t, err)
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, location)
	require.NoError(t, err)
	return moment
}

func from(pairs ...string) []models.Interval {
	var open []models.Interval
	for i := 0; i < len(pairs); i += 2 {
		open = append(open, models.Interval{From: pairs[i], Until: pairs[i+1]})
	}
	return open
}

// daily are hours of all days.
func daily(open []models.Interval) *models.BusinessHours {
	return &models.BusinessHours{Week: models.Week{
		Monday: open, Tuesday: open, Wednesday: open, Thursday: open, Friday: open, Saturday: open, Sunday: open,
	}}
}

// office is open on weekdays with a break, and on Saturday until noon.
func office() *models.BusinessHours {
	day := from("14:00", "18:00", "09:00", "13:00")
	return &models.BusinessHours{
		Week:        models.Week{Monday: day, Tuesday: day, Wednesday: day, Thursday: day, Friday: day, Saturday: from("10:00", "12:00")},
		SpecialDays: map[string][]models.Interval{"2026-12-25": {}, "2026-12-26": {}, "2026-12-27": from("11:00", "15:00")},
	}
}

func TestBusinessHours(t *testing.T) {
	t.Parallel()
	const utc, madrid, newYork, cairo, apia = "UTC", "Europe/Madrid", "America/New_York", "Africa/Cairo", "Pacific/Apia"
	nights := &models.BusinessHours{Week: models.Week{Friday: from("18:00", "24:00"), Saturday: from("00:00", "02:00", "18:00", "24:00")}}
	tests := []struct {
		name        string
		hours       *models.BusinessHours
		zone, at    string
		open        bool
		until, next string // UTC; empty: none.
	}{
		{"in the morning", office(), madrid, "2026-06-10 10:00", true, "2026-06-10T11:00:00Z", "2026-06-10T12:00:00Z"},
		{"at opening time", office(), madrid, "2026-06-10 09:00", true, "2026-06-10T11:00:00Z", "2026-06-10T12:00:00Z"},
		{"a minute before", office(), madrid, "2026-06-10 08:59", false, "", "2026-06-10T07:00:00Z"},
		{"in the break", office(), madrid, "2026-06-10 13:30", false, "", "2026-06-10T12:00:00Z"},
		{"at closing time", office(), madrid, "2026-06-10 18:00", false, "", "2026-06-11T07:00:00Z"},
		{"after the last day of the week", office(), madrid, "2026-06-13 12:00", false, "", "2026-06-15T07:00:00Z"},
		{"in the zone's day, not in UTC's", office(), newYork, "2026-06-12 23:30", false, "", "2026-06-13T14:00:00Z"},
		{"before holidays", office(), madrid, "2026-12-24 18:30", false, "", "2026-12-27T10:00:00Z"},
		{"on a holiday", office(), madrid, "2026-12-25 10:00", false, "", "2026-12-27T10:00:00Z"},
		{"on a Sunday that is open", office(), madrid, "2026-12-27 12:00", true, "2026-12-27T14:00:00Z", "2026-12-28T08:00:00Z"},
		{"over midnight", nights, utc, "2026-06-12 23:30", true, "2026-06-13T02:00:00Z", "2026-06-13T18:00:00Z"},
		{"at midnight", nights, utc, "2026-06-13 00:00", true, "2026-06-13T02:00:00Z", "2026-06-13T18:00:00Z"},
		{"until midnight", nights, utc, "2026-06-13 20:00", true, "2026-06-14T00:00:00Z", "2026-06-19T18:00:00Z"},
		{"after midnight", nights, utc, "2026-06-14 00:00", false, "", "2026-06-19T18:00:00Z"},
		{"day and night", daily(from("00:00", "24:00")), utc, "2026-06-14 03:00", true, "", ""},
		{"day and night in two parts", daily(from("00:00", "12:00", "12:00", "24:00")), newYork, "2026-03-08 01:30", true, "", ""},
		{"never", &models.BusinessHours{SpecialDays: map[string][]models.Interval{"2026-06-14": {}}}, utc, "2026-06-14 03:00", false, "", ""},
		{"never again", &models.BusinessHours{SpecialDays: map[string][]models.Interval{"2026-06-14": from("10:00", "11:00")}}, utc, "2026-06-14 11:00", false, "", ""},
		{"the last time", &models.BusinessHours{SpecialDays: map[string][]models.Interval{"2026-06-14": from("10:00", "11:00")}}, utc, "2026-06-14 10:30", true, "2026-06-14T11:00:00Z", ""},
		{"within a year", &models.BusinessHours{SpecialDays: map[string][]models.Interval{"2027-06-14": from("10:00", "11:00")}}, utc, "2026-06-14 11:00", false, "", "2027-06-14T10:00:00Z"},
		{"beyond what is looked at", &models.BusinessHours{SpecialDays: map[string][]models.Interval{"2028-06-14": from("10:00", "11:00")}}, utc, "2026-06-14 11:00", false, "", ""},
		{"not set", nil, utc, "2026-06-14 03:00", true, "", ""},
		{"empty", daily(nil), utc, "2026-06-14 03:00", true, "", ""},

		{"on the eve of summer time", office(), newYork, "2026-03-07 13:00", false, "", "2026-03-09T13:00:00Z"},
		{"on the eve of winter time", office(), newYork, "2026-10-31 13:00", false, "", "2026-11-02T14:00:00Z"},
		{"opening in the hour that is skipped", daily(from("02:30", "10:00")), newYork, "2026-03-08 01:59", false, "", "2026-03-08T07:00:00Z"},
		{"closing in the hour that is skipped", daily(from("01:00", "02:30")), newYork, "2026-03-08 01:30", true, "2026-03-08T07:00:00Z", "2026-03-09T05:00:00Z"},
		{"open in the hour that is skipped only", daily(from("02:10", "02:50")), newYork, "2026-03-08 00:30", false, "", "2026-03-09T06:10:00Z"},
		{"opening in the hour that comes twice", daily(from("01:30", "10:00")), newYork, "2026-11-01 00:30", false, "", "2026-11-01T05:30:00Z"},
		{"closing in the hour that comes twice", daily(from("00:00", "01:30")), newYork, "2026-11-01 00:30", true, "2026-11-01T05:30:00Z", "2026-11-02T05:00:00Z"},
		{"opening at a midnight that is skipped", daily(from("00:00", "10:00")), cairo, "2026-04-23 23:30", false, "", "2026-04-23T22:00:00Z"},
		{"open until a midnight that is skipped", daily(from("10:00", "24:00")), cairo, "2026-04-23 23:30", true, "2026-04-23T22:00:00Z", "2026-04-24T07:00:00Z"},
		{"over a day that is skipped", daily(from("10:00", "12:00")), apia, "2011-12-29 13:00", false, "", "2011-12-30T20:00:00Z"},
		{"over the night that is skipped", daily(from("00:00", "24:00")), apia, "2011-12-29 13:00", true, "", ""},
	}
	show := func(moment time.Time, ok bool) string {
		if !ok {
			return ""
		}
		return moment.UTC().Format(time.RFC3339)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			now := at(t, test.zone, test.at)
			require.NoError(t, test.hours.Validate())
			require.Equal(t, test.open, test.hours.Open(now))
			require.Equal(t, test.until, show(test.hours.Until(now)))
			require.Equal(t, test.next, show(test.hours.Next(now)))
		})
	}

	t.Run("in the second of two equal hours it counts as it did after the first", func(t *testing.T) {
		t.Parallel()
		hours := daily(from("00:00", "01:30"))
		second := at(t, newYork, "2026-11-01 00:30").Add(95 * time.Minute)
		require.Equal(t, "01:05 EST", second.Format("15:04 MST"))
		require.False(t, hours.Open(second))
	})
	t.Run("it opens when Next says, and not before", func(t *testing.T) {
		t.Parallel()
		for _, zone := range []string{utc, madrid, newYork, cairo, "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu"} {
			for i := range 24 * 60 {
				now := at(t, zone, "2026-01-01 00:00").Add(time.Duration(i) * 367 * time.Minute)
				for _, hours := range []*models.BusinessHours{office(), nights} {
					next, ok := hours.Next(now)
					require.True(t, ok)
					require.True(t, hours.Open(next), "%s %s", zone, next)
					require.False(t, hours.Open(next.Add(-time.Second)), "%s %s", zone, next)
					if until, ok := hours.Until(now); ok {
						require.False(t, hours.Open(until), "%s %s", zone, until)
						require.True(t, hours.Open(until.Add(-time.Second)), "%s %s", zone, until)
						require.False(t, next.Before(until))
					}
				}
			}
		}
	})
}

func TestBusinessHoursThatCannotBe(t *testing.T) {
	t.Parallel()
	many := map[string][]models.Interval{}
	for i := range 401 {
		many[time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)] = nil
	}
	var crowd []string
	for i := range 13 {
		crowd = append(crowd, fmt.Sprintf("%02d:00", i), fmt.Sprintf("%02d:30", i))
	}
	tests := []struct {
		name  string
		hours models.BusinessHours
		says  string
	}{
		{"a time of one digit", models.BusinessHours{Week: models.Week{Monday: from("9:00", "18:00")}}, `business_hours.week.monday opens at "9:00"; write a time from 00:00 to 23:59`},
		{"no time", models.BusinessHours{Week: models.Week{Sunday: from("", "18:00")}}, `business_hours.week.sunday opens at ""`},
		{"a sign", models.BusinessHours{Week: models.Week{Monday: from("+9:00", "18:00")}}, "opens at"},
		{"a minute too many", models.BusinessHours{Week: models.Week{Monday: from("09:00", "24:01")}}, `closes at "24:01"; write a time up to 24:00`},
		{"60 minutes", models.BusinessHours{Week: models.Week{Monday: from("09:60", "24:00")}}, "opens at"},
		{"the day's end as its beginning", models.BusinessHours{Week: models.Week{Monday: from("24:00", "24:00")}}, "opens at"},
		{"past midnight", models.BusinessHours{Week: models.Week{Friday: from("22:00", "02:00")}}, "close it at 24:00 and open the next day at 00:00"},
		{"no length", models.BusinessHours{Week: models.Week{Friday: from("00:00", "00:00")}}, "write 00:00 to 24:00 for a whole day"},
		{"an overlap", models.BusinessHours{Week: models.Week{Friday: from("14:00", "18:00", "09:00", "14:01")}}, "14:00 to 18:00 and 09:00 to 14:01, which overlap"},
		{"twice the same", models.BusinessHours{Week: models.Week{Friday: from("14:00", "18:00", "14:00", "18:00")}}, "overlap"},
		{"an endless day", models.BusinessHours{Week: models.Week{Friday: from(crowd...)}}, "13 intervals; 12 are the most"},
		{"no date", models.BusinessHours{SpecialDays: map[string][]models.Interval{"2026-02-29": nil}}, `"2026-02-29", which isn't a date`},
		{"a date in words", models.BusinessHours{SpecialDays: map[string][]models.Interval{"Christmas": nil}}, "isn't a date"},
		{"a bad special day", models.BusinessHours{SpecialDays: map[string][]models.Interval{"2026-12-24": from("9", "13")}}, "business_hours.special_days.2026-12-24 opens at"},
		{"endless special days", models.BusinessHours{SpecialDays: many}, "401 days; 400 are the most"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := test.hours.Validate()
			require.Equal(t, models.CodeInvalid, models.CodeOf(err))
			require.ErrorContains(t, err, test.says)
		})
	}
}

func TestBusinessHoursAreCopied(t *testing.T) {
	t.Parallel()
	settings := models.AgentSettings{BusinessHours: office(), AfterHoursMessages: map[models.Language]string{models.English: "Later"}}
	before, err := json.Marshal(settings)
	require.NoError(t, err)
	copied := settings.Clone()
	require.Equal(t, settings, copied)
	copied.BusinessHours.Week.Monday[0].From = "00:00"
	copied.BusinessHours.SpecialDays["2026-12-27"][0].From = "00:00"
	copied.BusinessHours.SpecialDays["2026-12-31"] = nil
	copied.AfterHoursMessages[models.English] = "Never"
	after, err := json.Marshal(settings)
	require.NoError(t, err)
	require.JSONEq(t, string(before), string(after))
}

func TestZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires", "Etc/GMT+5"} {
		zone, err := models.Zone(name)
		require.NoError(t, err)
		require.Equal(t, name, zone.String())
	}
	for _, name := range []string{"", "Local", "localtime", "posixrules", "right/UTC", "europe/madrid", "Europe/Atlantis", "../../etc/passwd", "CET; DROP TABLE accounts"} {
		_, err := models.Zone(name)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), name)
	}
}
