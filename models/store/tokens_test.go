package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shop := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	other := storetest.OpenShop(t, s, models.ChannelWebsite, nil)
	account := shop.Account.ID
	refused := func(t *testing.T, token models.Secret) {
		_, err := s.System().Authenticate(t.Context(), token)
		require.Equal(t, models.CodeUnauthorized, models.CodeOf(err))
	}
	actions := func(t *testing.T, id uuid.UUID) []string {
		entries, err := s.Audit(t.Context(), account, 100)
		require.NoError(t, err)
		var found []string
		for _, e := range entries {
			if e.SubjectID != nil && *e.SubjectID == id {
				found = append(found, e.Action)
			}
		}
		return found
	}

	t.Run("a token works until it is revoked", func(t *testing.T) {
		id, token, err := s.CreateToken(t.Context(), account, shop.Admin, shop.Admin.UserID)
		require.NoError(t, err)
		user, err := s.System().Authenticate(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, shop.Admin.UserID, user.ID)

		for range 2 {
			require.NoError(t, s.RevokeToken(t.Context(), account, shop.Admin, id), "as often as one likes")
		}
		refused(t, token)
		require.Equal(t, []string{"token.revoke", "token.create"}, actions(t, id))
	})
	t.Run("a user's tokens go together, and only theirs", func(t *testing.T) {
		_, admins, err := s.CreateToken(t.Context(), account, shop.Admin, shop.Admin.UserID)
		require.NoError(t, err)
		var theirs []models.Secret
		for range 2 {
			_, token, err := s.CreateToken(t.Context(), account, shop.Admin, shop.Manager.UserID)
			require.NoError(t, err)
			theirs = append(theirs, token)
		}
		n, err := s.RevokeTokensOf(t.Context(), account, shop.Admin, shop.Manager.UserID)
		require.NoError(t, err)
		require.Equal(t, 2, n)
		for _, token := range theirs {
			refused(t, token)
		}
		_, err = s.System().Authenticate(t.Context(), admins)
		require.NoError(t, err)

		tokens, err := s.Tokens(t.Context(), account)
		require.NoError(t, err)
		live := map[string]int{}
		for _, token := range tokens {
			if token.RevokedAt == nil {
				live[token.UserName]++
			}
		}
		require.Equal(t, map[string]int{"Admin": 1}, live)
	})
	t.Run("another account's tokens and users aren't there", func(t *testing.T) {
		id, token, err := s.CreateToken(t.Context(), account, shop.Admin, shop.Admin.UserID)
		require.NoError(t, err)
		_, _, err = s.CreateToken(t.Context(), other.Account.ID, other.Admin, shop.Admin.UserID)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		require.Equal(t, models.CodeNotFound, models.CodeOf(s.RevokeToken(t.Context(), other.Account.ID, other.Admin, id)))
		_, err = s.RevokeTokensOf(t.Context(), other.Account.ID, other.Admin, shop.Admin.UserID)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		tokens, err := s.Tokens(t.Context(), other.Account.ID)
		require.NoError(t, err)
		require.NotContains(t, ids(tokens), id)
		_, err = s.System().Authenticate(t.Context(), token)
		require.NoError(t, err)
	})
}

func ids(tokens []store.Token) []uuid.UUID {
	out := make([]uuid.UUID, len(tokens))
	for i, token := range tokens {
		out[i] = token.ID
	}
	return out
}
