package answer

var portugueseCalendar = calendar{
	months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	day:    "{day} de {month}", year: "{day} de {month} de {year}",
	today: "hoje, {date}", tomorrow: "amanhã, {date}", yesterday: "ontem, {date}",
}

var portugueseFacets = map[string][]string{
	"cancelled": {"cancel*"},
	"refund":    {"reembols*|estorn*|ressarc*", "meu dinheiro", "devol* ~ dinheiro|valor"},
	"today":     {"hoje"},
	"part":      {"resto|falta|faltou|faltando|faltam|incompleto|incompleta|completo|completa|partes|parcial", "so ~ um|uma|chegou|veio", "outro item|produto"},
	"items":     {"que comprei|pedi|vem", "itens|produtos ~ pedido"},
	"total":     {"total", "quanto paguei|foi|gastei"},
}

var portugueseOrders = orderSayings{
	unpaid:           "Ainda não recebemos o pagamento do pedido {n}, por isso ele não foi enviado.",
	preparing:        "O pedido {n} está em preparação; ainda não foi enviado.",
	onHold:           "O pedido {n} está em espera e ainda não foi enviado.",
	shipped:          "O pedido {n} já foi enviado e está a caminho.",
	partly:           "O pedido {n} vai em partes: uma parte já foi enviada, e o restante ainda não foi enviado.",
	transit:          "O pedido {n} está a caminho: em trânsito.",
	out:              "O pedido {n} saiu para entrega: está com o entregador.",
	attempted:        "A transportadora registrou uma tentativa de entrega do pedido {n}, mas não conseguiu entregar.",
	failed:           "A transportadora informa que o pedido {n} não pôde ser entregue.",
	pickup:           "O pedido {n} já chegou e está pronto para retirada.",
	pickedUp:         "O pedido {n} já foi retirado.",
	delivered:        "O pedido {n} foi entregue: {date}.",
	deliveredUndated: "O pedido {n} já foi entregue.",
	cancelled:        "O pedido {n} foi cancelado: {date}.",
	refunded:         "O pagamento já foi reembolsado.",
	refundedOn:       "O pagamento foi reembolsado: {date}.",
	partRefunded:     "Foram reembolsados {amount}.",
	noRefund:         "Até agora não há reembolso registrado.",
	voided:           "A cobrança foi anulada, então nada foi cobrado.",
	carrier:          "A transportadora é {carrier}, código de rastreio {tracking}.",
	tracking:         "O código de rastreio é {tracking}.",
	carrierOnly:      "A transportadora é {carrier}.",
	follow:           "Dá para acompanhar aqui: {url}",
	expected:         "A previsão de entrega é: {date}.",
	late:             "A previsão de entrega era: {date}; está atrasado.",
	items:            "Ele contém: {list}.",
	total:            "O total é {amount}.",
	one:              "{n} de {date} ({state})",
	several:          "Há vários pedidos seus: {list}. De qual se trata?",
	unproven:         "Posso verificar. Para confirmar que o pedido é seu, escreva o e-mail ou o telefone usado na compra.",
	noNumber:         "Obrigado. De qual pedido se trata? Escreva também o número, por favor.",
	nothing:          "Posso verificar. Escreva o número do pedido e o e-mail ou telefone usado na compra.",
	unmatched:        "Não encontrei um pedido seu com esses dados. Confira o número do pedido e escreva o e-mail ou telefone usado na compra.",
	none:             "Não encontrei pedidos com o seu contato. Escreva o número do pedido e o e-mail ou telefone usado na compra.",
	code:             portugueseCodes,
	states: map[phase]string{
		phaseUnpaid: "aguardando pagamento", phasePreparing: "em preparação", phaseOnHold: "em espera", phasePartly: "enviado em parte",
		phaseShipped: "enviado", phaseTransit: "a caminho", phaseOut: "saiu para entrega", phaseAttempted: "com tentativa de entrega",
		phaseFailed: "não entregue", phasePickup: "pronto para retirada", phasePickedUp: "retirado", phaseDelivered: "entregue", phaseCancelled: "cancelado",
	},
}
