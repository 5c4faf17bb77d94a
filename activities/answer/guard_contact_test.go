package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// A contact is the shop's only where the evidence says so, whoever wrote it.
func TestGuardTakesContactsFromEvidenceOnly(t *testing.T) {
	t.Parallel()
	const phone, mail = "+1 555 010 0131", "ana@mail.example"
	lookup := func(outcome models.LookupOutcome, offers bool) []models.Evidence {
		return []models.Evidence{{N: 1, Kind: models.EvidenceLookup, Lookup: &models.OrderLookup{Outcome: outcome, OffersCode: offers}}}
	}
	contact := []models.Evidence{{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Text: phone + ", " + mail}}}
	sent, offered := lookup(models.LookupCodeSent, false), lookup(models.LookupUnproven, true)
	tests := []struct {
		language models.Language
		text     string
		evidence []models.Evidence
		want     string
	}{
		{language: models.English, text: "Yes, call " + phone + ".", want: ViolationPhone},
		{language: models.English, text: "Yes, write to " + mail + ".", want: ViolationEmail},
		{language: models.English, text: "Don't hesitate to write to " + mail + ".", want: ViolationEmail},
		{language: models.English, text: "Shall I have you call " + phone + "?", want: ViolationPhone},
		{language: models.English, text: "Write to " + mail + " or call " + phone + ".", evidence: contact},
		{language: models.English, text: "A one-time code is on its way to " + mail + ".", evidence: sent},
		{language: models.English, text: "I can send a one-time code to " + mail + ".", evidence: offered},
		{language: models.English, text: "Did you order with " + mail + "?", evidence: offered},
		{language: models.English, text: "Write to " + mail + " for help.", evidence: sent, want: ViolationEmail},
		{language: models.Spanish, text: "Sí, llama al " + phone + ".", want: ViolationPhone},
		{language: models.Spanish, text: "Claro, escribe a " + mail + ".", want: ViolationEmail},
		{language: models.Spanish, text: "Ya va un código de un solo uso a " + mail + ".", evidence: sent},
		{language: models.Portuguese, text: "Sim, ligue para " + phone + ".", want: ViolationPhone},
		{language: models.Portuguese, text: "Claro, escreva para " + mail + ".", want: ViolationEmail},
		{language: models.Portuguese, text: "Um código de uso único está a caminho de " + mail + ".", evidence: sent},
		{language: models.Russian, text: "Да, звоните: " + phone + ".", want: ViolationPhone},
		{language: models.Russian, text: "Конечно, пишите на " + mail + ".", want: ViolationEmail},
		{language: models.Russian, text: "Одноразовый код уже отправляется на " + mail + ".", evidence: sent},
	}
	for _, c := range tests {
		turn := Turn{Language: c.language, Messages: []string{phone + "? " + mail + "?"}}
		found := Guard(turn, models.Draft{Text: c.text, Cites: []int{1}}, c.evidence)
		if c.want == "" {
			require.Empty(t, found, c.text)
			continue
		}
		require.Len(t, found, 1, c.text)
		require.Equal(t, c.want, found[0].Kind, c.text)
	}
}

// What a person would do, how soon an order goes, and that the agent is one,
// is nothing that it may say by itself.
func TestGuardRefusesPromisesAndPersons(t *testing.T) {
	t.Parallel()
	for language, texts := range map[models.Language]map[string]bool{
		models.English: {
			"You'll receive an e-mail from us shortly.": false, "Expect a call from our team.": false, "Consider it done, your refund is on its way.": false, "We'll ship your order today.": false,
			"I am a human, not a bot.": false, "I'm not an AI.": false, "You're talking to a real person.": false, "I'll make sure you get a refund.": false,
			"I'm not a human, I'm the shop's virtual assistant.": true, "Would you like to talk to a person?": true, "You're chatting with a virtual assistant.": true, "Please send me the order number.": true, "I can help you with that.": true,
		},
		models.Spanish: {
			"En un rato te escriben.": false, "Mandamos hoy mismo tu pedido.": false, "Recibirás pronto un correo nuestro.": false, "Dalo por hecho.": false, "Soy una persona, no un bot.": false, "No soy un robot.": false, "Estás hablando con una persona real.": false,
			"Soy el asistente virtual de la tienda.": true, "¿Prefieres hablar con alguien de la tienda?": true, "Escríbenos cuando quieras.": true, "No soy una persona, soy un asistente.": true,
		},
		models.Portuguese: {
			"Daqui a pouco te escrevem.": false, "Enviamos seu pedido ainda hoje.": false, "Você receberá um e-mail nosso em breve.": false, "Pode considerar feito.": false, "Sou uma pessoa, não um robô.": false, "Não sou um robô.": false, "Você está falando com uma pessoa de verdade.": false,
			"Sou o assistente virtual da loja.": true, "Quer falar com uma pessoa?": true, "Escreva quando quiser.": true, "Não sou uma pessoa, sou um assistente.": true,
		},
		models.Russian: {
			"Завтра отправим ваш заказ.": false, "Вам скоро напишут.": false, "Вы скоро получите письмо от нас.": false, "Считайте, что всё сделано.": false, "Я человек, а не бот.": false, "Я не робот.": false, "Вы общаетесь с живым человеком.": false,
			"Я виртуальный помощник магазина.": true, "Хотите поговорить с человеком?": true, "Пишите, если появятся вопросы.": true, "Я не человек, а виртуальный помощник.": true,
		},
	} {
		for text, right := range texts {
			t.Run(text, func(t *testing.T) {
				t.Parallel()
				found := Guard(Turn{Language: language, Messages: []string{"?"}}, models.Draft{Text: text}, nil)
				require.Equal(t, right, len(found) == 0, found)
			})
		}
	}
	day := []models.Evidence{{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Text: "Orders placed before noon ship the same day."}}}
	require.Empty(t, Guard(Turn{Language: models.English}, models.Draft{Text: "We ship your order the same day.", Cites: []int{1}}, day))
}
