package answer

import "kedai/models"

// noteWords are what a note says of its own. {count} is a number of questions.
type noteWords struct {
	asked, answered, clarified, declined, person string
	products, orders, sources                    string
	because, open, earlier                       string

	reasons  map[models.HandoffReason]string
	noReason string // For any other.
}

func (w noteWords) reason(r models.HandoffReason) string {
	if text := w.reasons[r]; text != "" {
		return text
	}
	return w.noReason
}

func noteWordsOf(l models.Language) noteWords {
	if words, ok := notesIn[l]; ok {
		return words
	}
	return notesIn[models.English]
}

var notesIn = map[models.Language]noteWords{
	models.English: {
		asked: "Asked", answered: "Answered", clarified: "Asked back", declined: "Declined", person: "A colleague answered",
		products: "Products", orders: "Orders", sources: "Sources",
		because: "Handed over because", open: "Open question", earlier: "Earlier questions, not listed: {count}",
		reasons: map[models.HandoffReason]string{
			models.ReasonCustomerRequest:    "the customer asked for a person",
			models.ReasonMissingKnowledge:   "the shop's information has no answer",
			models.ReasonUnsupportedRequest: "the agent can't do what was asked for",
			models.ReasonPolicyRestriction:  "the agent may not decide this",
			models.ReasonToolFailure:        "something failed while the reply was prepared or sent",
			models.ReasonUsageLimit:         "the limit of replies is reached",
		},
		noReason: "the agent could not go on",
	},
	models.Spanish: {
		asked: "Preguntó", answered: "Se respondió", clarified: "Se le preguntó", declined: "Se declinó", person: "Respondió un compañero",
		products: "Productos", orders: "Pedidos", sources: "Fuentes",
		because: "Motivo del traspaso", open: "Pregunta abierta", earlier: "Preguntas anteriores, sin listar: {count}",
		reasons: map[models.HandoffReason]string{
			models.ReasonCustomerRequest:    "el cliente pidió hablar con una persona",
			models.ReasonMissingKnowledge:   "la información de la tienda no tiene la respuesta",
			models.ReasonUnsupportedRequest: "el agente no puede hacer lo que se pidió",
			models.ReasonPolicyRestriction:  "el agente no puede decidirlo por su cuenta",
			models.ReasonToolFailure:        "algo falló al preparar o enviar la respuesta",
			models.ReasonUsageLimit:         "se alcanzó el límite de respuestas",
		},
		noReason: "el agente no pudo continuar",
	},
	models.Portuguese: {
		asked: "Perguntou", answered: "Foi respondido", clarified: "Foi perguntado de volta", declined: "Foi recusado", person: "Um colega respondeu",
		products: "Produtos", orders: "Pedidos", sources: "Fontes",
		because: "Motivo da transferência", open: "Pergunta em aberto", earlier: "Perguntas anteriores, não listadas: {count}",
		reasons: map[models.HandoffReason]string{
			models.ReasonCustomerRequest:    "o cliente pediu para falar com uma pessoa",
			models.ReasonMissingKnowledge:   "as informações da loja não têm a resposta",
			models.ReasonUnsupportedRequest: "o agente não pode fazer o que foi pedido",
			models.ReasonPolicyRestriction:  "o agente não pode decidir isso sozinho",
			models.ReasonToolFailure:        "algo falhou ao preparar ou enviar a resposta",
			models.ReasonUsageLimit:         "o limite de respostas foi atingido",
		},
		noReason: "o agente não pôde continuar",
	},
	models.Russian: {
		asked: "Вопрос", answered: "Ответ", clarified: "Уточняющий вопрос", declined: "Вежливый отказ", person: "Ответил коллега",
		products: "Товары", orders: "Заказы", sources: "Источники",
		because: "Причина передачи", open: "Открытый вопрос", earlier: "Более ранние вопросы, не показаны: {count}",
		reasons: map[models.HandoffReason]string{
			models.ReasonCustomerRequest:    "клиент попросил позвать человека",
			models.ReasonMissingKnowledge:   "в материалах магазина нет ответа",
			models.ReasonUnsupportedRequest: "агент не умеет того, о чём просят",
			models.ReasonPolicyRestriction:  "агент не вправе решать это сам",
			models.ReasonToolFailure:        "при подготовке или отправке ответа произошёл сбой",
			models.ReasonUsageLimit:         "исчерпан лимит ответов",
		},
		noReason: "агент не смог продолжить",
	},
}
