// Package storetest gives tests a migrated database of their own on a real
// PostgreSQL, and a shop in it.
package storetest

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/deploy/local/localtest"
	"kedai/models"
	"kedai/models/migrations"
	"kedai/models/store"
)

var (
	template     sync.Once
	templateName = fmt.Sprintf("template_%d_%d", os.Getpid(), time.Now().UnixNano())
	templateErr  error
	databases    atomic.Int64
)

// Open returns a store on a fresh, migrated database, which goes with the test.
func Open(t testing.TB) *store.Store {
	t.Helper()
	s, _ := OpenWithURL(t)
	return s
}

// OpenWithURL is Open for tests that also read the database themselves, as its
// superuser.
func OpenWithURL(t testing.TB) (*store.Store, string) {
	t.Helper()
	s, url, drop := open(t)
	t.Cleanup(drop)
	return s, url
}

// OpenForProcess is Open for what the tests of a process share; its database
// goes with the engines.
func OpenForProcess(t testing.TB) *store.Store {
	t.Helper()
	s, _, _ := open(t)
	return s
}

func open(t testing.TB) (*store.Store, string, func()) {
	t.Helper()
	database := server(t)
	admin := database("postgres")
	template.Do(func() { templateErr = makeTemplate(admin, database(templateName)) })
	require.NoError(t, templateErr)
	name := fmt.Sprintf("test_%d_%d_%d", os.Getpid(), databases.Add(1), time.Now().UnixNano())
	require.NoError(t, execute(admin, "CREATE DATABASE "+name+" TEMPLATE "+templateName))
	url := database(name)
	key, err := store.NewKey("test")
	require.NoError(t, err)
	keys, err := store.ParseKeyring(key)
	require.NoError(t, err)
	s, err := store.Open(context.WithoutCancel(t.Context()), store.Options{URL: url, Keys: keys})
	require.NoError(t, err)
	return s, url, func() {
		s.Close()
		_ = execute(admin, "DROP DATABASE "+name+" WITH (FORCE)")
	}
}

// server returns the URL of each database of a PostgreSQL that may be used up:
// the one that KEDAI_TEST_POSTGRES names as its superuser, with %s in place of
// the database, else the test run's own.
func server(t testing.TB) func(database string) string {
	if given := os.Getenv("KEDAI_TEST_POSTGRES"); given != "" {
		return func(database string) string { return fmt.Sprintf(given, database) }
	}
	return localtest.Engines(t).PostgresURL
}

func makeTemplate(admin, url string) error {
	if err := execute(admin, "CREATE DATABASE "+templateName); err != nil {
		return err
	}
	return migrations.Up(context.Background(), url)
}

func execute(url, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

// Shop is an account whose agent is on in one inbox and every open stage.
type Shop struct {
	Store   *store.Store
	Account models.Account
	Admin   models.Actor
	Manager models.Actor
	Inbox   models.Inbox
	Stages  []models.Stage
}

// OpenShop makes a shop with an inbox of the channel. adjust changes the
// settings before they are saved; it may be nil.
func OpenShop(t testing.TB, s *store.Store, channel models.Channel, adjust func(*models.AgentSettings)) Shop {
	t.Helper()
	ctx := t.Context()
	account, admin, err := s.CreateAccount(ctx, store.NewAccount{Name: "Shop " + wordOf(uuid.New()), Currency: "USD", Language: models.English, Admin: "Admin"})
	require.NoError(t, err)
	shop := Shop{Store: s, Account: account, Admin: models.Actor{UserID: admin.ID, Role: models.RoleAdmin, Name: "user/" + admin.ID.String()}}
	manager, err := s.CreateUser(ctx, shop.Admin, models.User{AccountID: account.ID, Name: "Manager", Role: models.RoleManager})
	require.NoError(t, err)
	shop.Manager = models.Actor{UserID: manager.ID, Role: models.RoleManager, Name: "user/" + manager.ID.String()}
	inbox := models.Inbox{AccountID: account.ID, Channel: channel, Name: "Inbox", AgentSelected: true}
	var secret models.Secret
	if channel == models.ChannelRecorder {
		inbox.Endpoint, secret = "http://127.0.0.1:1/", "recorder secret"
	}
	shop.Inbox, err = s.CreateInbox(ctx, shop.Admin, inbox, secret)
	require.NoError(t, err)
	settings, err := s.AgentSettings(ctx, account.ID)
	require.NoError(t, err)
	if adjust != nil {
		adjust(&settings)
		_, err = s.SaveAgentSettings(ctx, shop.Admin, settings)
		require.NoError(t, err)
	}
	_, err = s.SetEnabled(ctx, account.ID, shop.Admin, true)
	require.NoError(t, err)
	shop.Stages, err = s.Stages(ctx, account.ID)
	require.NoError(t, err)
	for _, stage := range shop.Stages {
		if stage.Kind == models.StageOpen {
			_, err = s.AddTrigger(ctx, shop.Admin, models.Trigger{AccountID: account.ID, StageID: stage.ID, InboxID: shop.Inbox.ID})
			require.NoError(t, err)
		}
	}
	return shop
}

// Say stores a customer's message.
func (s Shop) Say(t testing.TB, customer, text string) store.Receipt {
	t.Helper()
	receipt, err := s.Store.Intake(t.Context(), s.Inbox, models.Inbound{
		Author: models.AuthorCustomer, Identity: customer, ProviderID: uuid.NewString(), Text: text,
	})
	require.NoError(t, err)
	return receipt
}

// wordOf tells an ID apart by letters alone, so that a name made of it holds no
// figure that a reply would have to prove.
func wordOf(id uuid.UUID) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return 'g' + r - '0'
		}
		return r
	}, strings.ReplaceAll(id.String(), "-", ""))
}
