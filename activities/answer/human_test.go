package answer

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// buttonTexts are what the widget says for the customer who presses its
// button (askPersonText in api/web/widget/src/labels.ts), and the button's
// own text.
var buttonTexts = map[models.Language][]string{
	models.English:    {"I would like to talk to a person.", "Talk to a person"},
	models.Spanish:    {"Quiero hablar con una persona.", "Hablar con una persona"},
	models.Portuguese: {"Quero falar com uma pessoa.", "Falar com uma pessoa"},
	models.Russian:    {"Хочу поговорить с человеком.", "Поговорить с человеком"},
}

// wishes ask for a person in as many words.
var wishes = map[models.Language][]string{
	models.English: {
		"can I talk to someone?", "i want to speak with a human", "let me talk to a real person", "I need a human", "human please", "a person please",
		"connect me with an agent", "I want a person", "I'd rather speak to a person", "can i chat with somebody from the shop",
		"i dont want to talk to a bot", "please transfer me to an operator", "can a person answer me?", "could someone from your team call me",
		"may I speak with a member of staff", "is there someone I can talk to?", "i want to talk to the manager", "human", "agent",
		"I want to talk to a person about my order", "ok but can i talk to a person about the delivery?",
	},
	models.Spanish: {
		"quiero hablar con alguien", "necesito una persona", "pásame con un asesor", "me puede atender una persona?", "quiero que me atienda una persona",
		"una persona por favor", "hablar con un humano", "quisiera hablar con un agente", "me comunicas con un encargado?", "no quiero hablar con un robot",
		"puedo hablar con alguien de la tienda?", "quiero un humano", "con una persona, por favor", "prefiero hablar con una persona", "humano",
		"agente humano por favor", "me gustaría hablar con una persona", "quiero hablar con una persona sobre mi pedido", "y puedo hablar con una persona sobre el envío?",
		"hay alguien con quien pueda hablar?",
	},
	models.Portuguese: {
		"quero falar com alguém", "posso falar com alguém?", "quero um humano", "preciso de uma pessoa", "preciso falar com alguém da loja", "me passa pra um atendente",
		"uma pessoa por favor", "gostaria de falar com um humano", "quero ser atendido por uma pessoa", "não quero falar com robô", "chama o gerente",
		"atendimento humano", "falar com atendimento humano", "prefiro falar com uma pessoa", "dá pra falar com um ser humano?", "pode me transferir para um atendente?",
		"quero conversar com uma pessoa", "humano por favor", "vc pode chamar alguém?", "kero falar c uma pessoa", "queria falar com uma pessoa sobre meu pedido",
		"e posso falar com uma pessoa sobre a entrega?", "tem alguém com quem eu possa falar?", "humano",
	},
	models.Russian: {
		"можно поговорить с человеком?", "позовите человека", "соедините с оператором", "нужен живой человек", "хочу человека", "дайте оператора", "переведите на человека",
		"позовите кого-нибудь", "мне нужен менеджер", "хочу общаться с человеком", "не хочу говорить с ботом", "есть живые люди?", "можно живого человека",
		"человека пожалуйста", "свяжите меня с менеджером", "пусть ответит человек", "хочу говорить с живым человеком", "оператор", "можно с кем-нибудь поговорить?",
		"хочу поговорить с человеком о заказе", "а можно поговорить с человеком про доставку?", "мне бы с человеком поговорить",
	},
}

// talks are conversations that a wish for a person may follow.
var talks = map[models.Language]map[string][]Line{
	models.English: {
		"a product": lines("how much is the brass lamp", "“Brass Desk Lamp” costs $95.50."),
		"a policy":  lines("how long does delivery take?", "Parcels within the country take 3 to 5 working days and cost $6.50."),
		"greeting":  lines("hi", "Hello and welcome to Hearth! What can I help you with?"),
	},
	models.Spanish: {
		"a product": lines("cuánto cuesta la lámpara de latón", "“Lámpara de escritorio de latón” cuesta $955.00."),
		"a policy":  lines("cuánto tarda el envío?", "Los paquetes dentro del país tardan de 3 a 5 días hábiles y cuestan $99."),
		"greeting":  lines("hola", "¡Hola! ¿En qué te podemos ayudar?"),
	},
	models.Portuguese: {
		"a product": lines("quanto custa a luminária de latão", "“Luminária de Mesa de Latão” custa R$ 455,50."),
		"a policy":  lines("quantos dias tenho pra devolver?", "Você pode devolver o que não usou em até 31 dias depois da entrega."),
		"greeting":  lines("oi", "Olá! Como podemos ajudar?"),
	},
	models.Russian: {
		"a product": lines("сколько стоит латунная лампа", "«Латунная настольная лампа» — 5 490 ₽."),
		"a policy":  lines("сколько идёт доставка?", "По стране доставляем за 3–5 рабочих дней, цена 390 ₽."),
		"greeting":  lines("привет", "Здравствуйте! Чем могу помочь?"),
	},
}

func TestWishForAPersonIsHandedOver(t *testing.T) {
	t.Parallel()
	for _, language := range models.Languages() {
		evidence := testShops[language]().evidence()
		for after, history := range withoutTalk(talks[language]) {
			for i, say := range append(wishes[language], buttonTexts[language]...) {
				t.Run(string(language)+" after "+after+" "+strconv.Itoa(i)+" "+say, func(t *testing.T) {
					t.Parallel()
					turn := Turn{Language: language, Shop: "Hearth", Messages: []string{say}, History: history}
					requireCustomerRequest(t, turn, evidence)
				})
			}
		}
	}
}

// The widget speaks the language of the page, which may not be the agent's.
func TestButtonTextIsUnderstoodByAnAgentOfAnyLanguage(t *testing.T) {
	t.Parallel()
	for _, language := range models.Languages() {
		evidence := testShops[language]().evidence()
		for _, page := range models.Languages() {
			for after, history := range withoutTalk(talks[language]) {
				for _, say := range buttonTexts[page] {
					t.Run(string(language)+" after "+after+" "+say, func(t *testing.T) {
						t.Parallel()
						turn := Turn{Language: language, Shop: "Hearth", Messages: []string{say}, History: history}
						requireCustomerRequest(t, turn, evidence)
					})
				}
			}
		}
	}
}

func TestSpeakingOfPeopleIsNoWishForOne(t *testing.T) {
	t.Parallel()
	for language, texts := range map[models.Language][]string{
		models.English:    {"is the tablecloth big enough for 6 people?", "a gift for a person who loves tea", "does the mug suit one person?", "do you have a human figurine", "someone told me you sell lamps"},
		models.Spanish:    {"el mantel alcanza para 6 personas?", "un regalo para una persona que ama el té", "alguien me dijo que venden lámparas", "se puede lavar con agua caliente?"},
		models.Portuguese: {"a toalha serve para 6 pessoas?", "presente para uma pessoa que ama chá", "alguém me disse que vocês vendem luminárias", "quanto custa a caneca para uma pessoa", "pode falar pra gente o preço da caneca?", "fala o horário de atendimento"},
		models.Russian:    {"скатерть на 6 человек подойдёт?", "подарок для человека, который любит чай", "есть набор на одного человека?", "кружка для одного человека", "хочу скатерть на 6 человек", "это не ботинки?"},
	} {
		for _, say := range texts {
			t.Run(string(language)+" "+say, func(t *testing.T) {
				t.Parallel()
				u := Understand(Turn{Language: language, Messages: []string{say}})
				require.False(t, u.Human, "%+v", u)
			})
		}
	}
}

// withoutTalk adds the conversation that only begins.
func withoutTalk(histories map[string][]Line) map[string][]Line {
	all := map[string][]Line{"nothing": nil}
	for name, history := range histories {
		all[name] = history
	}
	return all
}

func requireCustomerRequest(t *testing.T, turn Turn, evidence []models.Evidence) {
	t.Helper()
	u := Understand(turn)
	require.True(t, u.Human, "%+v", u)
	draft := Reply(turn, u, evidence, 0)
	require.Equal(t, models.ActionHandoff, draft.Action)
	require.Equal(t, models.ReasonCustomerRequest, draft.Reason)
	require.Equal(t, models.IntentHuman, draft.Intent)
}
