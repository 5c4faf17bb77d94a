package channels

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestWebsite(t *testing.T) {
	t.Parallel()
	id := uuid.NewString()

	t.Run("reads a visitor's message", func(t *testing.T) {
		parsed := website{}.Parse([]byte(`{"client_id":"` + id + `","text":" Hi there\n"}`))
		require.Empty(t, parsed.Unreadable)
		require.Equal(t, []models.Inbound{{Author: models.AuthorCustomer, ProviderID: id, Text: "Hi there"}}, parsed.Inbounds)
	})

	t.Run("writes an ID in one way", func(t *testing.T) {
		parsed := website{}.Parse([]byte(`{"client_id":"` + strings.ToUpper(id) + `","text":"hi"}`))
		require.Equal(t, id, parsed.Inbounds[0].ProviderID)
	})

	t.Run("says what is wrong without repeating it", func(t *testing.T) {
		for _, body := range []string{``, `{}`, `{"client_id":"` + id + `"}`, `{"client_id":"x","text":"hush"}`, `{"client_id":"` + uuid.Nil.String() + `","text":"hush"}`, `{"client_id":"` + id + `","text":"hush\u0000"}`} {
			parsed := website{}.Parse([]byte(body))
			require.Empty(t, parsed.Inbounds, body)
			require.Equal(t, models.CodeInvalid, parsed.Unreadable[0].Err.Code)
			require.NotContains(t, parsed.Unreadable[0].Err.Error(), "hush")
		}
	})

	t.Run("has no webhook and sends nothing", func(t *testing.T) {
		require.Equal(t, models.CodeUnauthorized, models.CodeOf(website{}.Verify(nil, http.Header{}, "secret")))
		_, err := website{}.Send(t.Context(), SendRequest{})
		require.Error(t, err)
	})
}

func TestFor(t *testing.T) {
	t.Parallel()
	for _, channel := range []models.Channel{models.ChannelWebsite, models.ChannelRecorder} {
		require.True(t, channel.Valid())
		adapter, err := For(channel)
		require.NoError(t, err)
		require.NotNil(t, adapter)
	}
	_, err := For("whatsapp_lite")
	require.Equal(t, models.CodeInvalid, models.CodeOf(err))
}
