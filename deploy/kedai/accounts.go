package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"kedai/deploy/config"
	"kedai/deploy/local"
	"kedai/models"
	"kedai/models/store"
)

// cli is who changes accounts from the command line, in the audit trail.
var cli = models.Actor{Role: models.RoleAdmin, Name: "cli"}

// database says where a command finds the accounts.
type database struct{ data string }

func (d *database) flag(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&d.data, "data", "",
		"data folder of a stack that `kedai up` runs; without it, KEDAI_DATABASE_URL and KEDAI_ENCRYPTION_KEYS say where the accounts are")
}

func (d *database) open(ctx context.Context) (*store.Store, error) {
	c := config.Config{
		DatabaseURL: os.Getenv("KEDAI_DATABASE_URL"), EncryptionKeys: models.Secret(os.Getenv("KEDAI_ENCRYPTION_KEYS")), DatabaseConns: 2,
	}
	if d.data != "" {
		var err error
		if c.DatabaseURL, c.EncryptionKeys, err = keptDatabase(d.data); err != nil {
			return nil, err
		}
	}
	if c.DatabaseURL == "" || c.EncryptionKeys == "" {
		return nil, errors.New("set KEDAI_DATABASE_URL and KEDAI_ENCRYPTION_KEYS, or name the data folder of a running `kedai up` with --data")
	}
	s, err := openStore(ctx, c)
	if err != nil && d.data != "" {
		return nil, fmt.Errorf("is `kedai up` running on %s? %w", d.data, err)
	}
	return s, err
}

// keptDatabase reads what a local stack keeps about its database.
func keptDatabase(dir string) (url string, keys models.Secret, err error) {
	address, err := local.KeptPostgresAddr(dir)
	if err != nil {
		return "", "", err
	}
	secret := func(name string) models.Secret {
		raw, readErr := os.ReadFile(filepath.Join(dir, name))
		err = errors.Join(err, readErr)
		return models.Secret(strings.TrimSpace(string(raw)))
	}
	password, keys := secret(loginFile), secret(encryptionKeyFile)
	return loginURL(address, password), keys, err
}

func accountCommand() *cobra.Command {
	var db database
	cmd := &cobra.Command{Use: "account", Short: "Make accounts"}
	db.flag(cmd)
	n := store.NewAccount{Admin: "Admin"}
	create := &cobra.Command{
		Use:   "create",
		Short: "Make an account; prints its ID and its admin's API token, once",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return createAccount(cmd.Context(), db, n) },
	}
	flags := create.Flags()
	flags.StringVar(&n.Name, "name", "", "the shop's name")
	flags.StringVar(&n.Currency, "currency", "", "of its prices, as ISO 4217 code such as USD")
	flags.StringVar((*string)(&n.Language), "language", string(models.English), "of its products and policies: "+languages())
	flags.StringVar(&n.TimeZone, "time-zone", "UTC", "such as Europe/Lisbon")
	must(create.MarkFlagRequired("name"))
	must(create.MarkFlagRequired("currency"))
	cmd.AddCommand(create)
	return cmd
}

func languages() string {
	var out []string
	for _, l := range models.Languages() {
		out = append(out, string(l))
	}
	return strings.Join(out, ", ")
}

func createAccount(ctx context.Context, db database, n store.NewAccount) error {
	if _, err := models.Zone(n.TimeZone); err != nil {
		return fmt.Errorf("--time-zone: %w", err)
	}
	n.Currency = strings.ToUpper(n.Currency)
	s, err := db.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	account, admin, err := s.CreateAccount(ctx, n)
	if err != nil {
		return err
	}
	fmt.Printf("Account: %s\n", account.ID)
	return printToken(ctx, s, admin)
}

func tokenCommand() *cobra.Command {
	var db database
	var account uuid.UUID
	cmd := &cobra.Command{Use: "token", Short: "Issue, list and revoke API tokens"}
	db.flag(cmd)
	cmd.PersistentFlags().Var((*idFlag)(&account), "account", "ID of the account")
	cmd.AddCommand(issueCommand(&db, &account), listCommand(&db, &account), revokeCommand(&db, &account))
	must(cmd.MarkPersistentFlagRequired("account"))
	for _, sub := range cmd.Commands() {
		sub.Args = cobra.NoArgs
	}
	return cmd
}

func issueCommand(db *database, account *uuid.UUID) *cobra.Command {
	var user uuid.UUID
	var admin bool
	cmd := &cobra.Command{
		Use:   "issue",
		Short: "Issue a token to a user; prints it, once",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			holder := models.User{ID: user, AccountID: *account}
			if admin {
				if holder, err = adminOf(cmd.Context(), s, *account); err != nil {
					return err
				}
			}
			return printToken(cmd.Context(), s, holder)
		},
	}
	cmd.Flags().Var((*idFlag)(&user), "user", "ID of the user")
	cmd.Flags().BoolVar(&admin, "admin", false, "to the account's first admin")
	cmd.MarkFlagsMutuallyExclusive("user", "admin")
	cmd.MarkFlagsOneRequired("user", "admin")
	return cmd
}

func listCommand(db *database, account *uuid.UUID) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the account's tokens and whom they were issued to",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			tokens, err := s.Tokens(cmd.Context(), *account)
			if err != nil {
				return err
			}
			out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(out, "TOKEN ID\tUSER ID\tUSER\tROLE\tISSUED\tREVOKED")
			for _, t := range tokens {
				revoked := "-"
				if t.RevokedAt != nil {
					revoked = t.RevokedAt.Format(time.RFC3339)
				}
				fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.UserID, t.UserName, t.Role, t.CreatedAt.Format(time.RFC3339), revoked)
			}
			return out.Flush()
		},
	}
}

func revokeCommand(db *database, account *uuid.UUID) *cobra.Command {
	var token, user uuid.UUID
	cmd := &cobra.Command{
		Use:   "revoke",
		Short: "Revoke one token, or all of a user",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			n := 1
			if user != uuid.Nil {
				n, err = s.RevokeTokensOf(cmd.Context(), *account, cli, user)
			} else {
				err = s.RevokeToken(cmd.Context(), *account, cli, token)
			}
			if err == nil {
				fmt.Printf("Revoked: %d\n", n)
			}
			return err
		},
	}
	cmd.Flags().Var((*idFlag)(&token), "token-id", "ID of the token, as `kedai token list` shows it")
	cmd.Flags().Var((*idFlag)(&user), "user", "ID of the user whose tokens all go")
	cmd.MarkFlagsMutuallyExclusive("token-id", "user")
	cmd.MarkFlagsOneRequired("token-id", "user")
	return cmd
}

func printToken(ctx context.Context, s *store.Store, user models.User) error {
	id, token, err := s.CreateToken(ctx, user.AccountID, cli, user.ID)
	if err != nil {
		return fmt.Errorf("issue a token (kedai token issue tries again): %w", err)
	}
	fmt.Printf("Token ID: %s\nAPI token (shown this once): %s\n", id, token.Reveal())
	return nil
}

// adminOf returns an account's first admin.
func adminOf(ctx context.Context, s *store.Store, account uuid.UUID) (models.User, error) {
	users, err := s.Users(ctx, account)
	if err != nil {
		return models.User{}, err
	}
	for _, u := range users {
		if u.Role == models.RoleAdmin {
			return u, nil
		}
	}
	return models.User{}, models.Errorf(models.CodeNotFound, "there is no account %s", account)
}

// firstToken issues a token to an account's admin, unless any was ever issued
// in the account.
func firstToken(ctx context.Context, s *store.Store, actor models.Actor, account uuid.UUID) (token models.Secret, issued bool, err error) {
	tokens, err := s.Tokens(ctx, account)
	if err != nil || len(tokens) > 0 {
		return "", false, err
	}
	admin, err := adminOf(ctx, s, account)
	if err != nil {
		return "", false, err
	}
	_, token, err = s.CreateToken(ctx, account, actor, admin.ID)
	return token, err == nil, err
}

// firstAccount makes the account of a new installation without the demo shop
// and tells its admin's token. It goes on where an earlier start was
// interrupted between the two.
func firstAccount(ctx context.Context, s *store.Store, tell func(models.Account, models.Secret)) error {
	accounts, err := s.System().Accounts(ctx)
	if err != nil || len(accounts) > 1 || (len(accounts) == 1 && isDemo(accounts[0].ID)) {
		return err
	}
	if len(accounts) == 0 {
		account, _, err := s.CreateAccount(ctx, store.NewAccount{Name: "My shop", Currency: "USD", Language: models.English, Admin: "Admin"})
		if err != nil {
			return fmt.Errorf("make the first account: %w", err)
		}
		accounts = append(accounts, account)
	}
	token, issued, err := firstToken(ctx, s, setup, accounts[0].ID)
	if issued {
		tell(accounts[0], token)
	}
	return err
}

// must is for marking flags, which fails only where this program lacks the
// flag.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// idFlag is a flag that takes a UUID.
type idFlag uuid.UUID

// String returns the ID, and nothing for the zero one.
func (f *idFlag) String() string {
	if uuid.UUID(*f) == uuid.Nil {
		return ""
	}
	return uuid.UUID(*f).String()
}

// Set reads the ID.
func (f *idFlag) Set(text string) error {
	id, err := uuid.Parse(text)
	if err != nil || id == uuid.Nil {
		return errors.New("it must be an ID such as 0198c5d2-7d7e-7000-8000-000000000000")
	}
	*f = idFlag(id)
	return nil
}

// Type names what the flag takes.
func (*idFlag) Type() string { return "ID" }
