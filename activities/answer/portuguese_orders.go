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

var portugueseCues = map[cue][]string{
	cueMine:  {"meu|meus|minha|minhas|nosso pedido|pedidos|pacote|pacotes|encomenda|encomendas|compra|compras|entrega|coisas", "pedido|pacote|encomenda meu|minha", "meu ~ pedido|pacote"},
	cueThing: {"pedido|pedidos|pacote|pacotes|encomenda|encomendas|entregador|correios|transportadora"},
	cueOwn:   {"meu|meus|minha|minhas|nosso|nossa", "me|pra|para mim chega|chegou|entregam|entregaram", "chegou|chega|veio pra|para mim"},
	cueBought: {
		"que|eu|ja|o comprei|pedi|encomendei|paguei", "comprei|pedi|encomendei|paguei ~ ontem|segunda|terca|quarta|quinta|sexta|sabado|domingo|semana|hoje|noite|dia|faz|um|uma|uns|umas|o|a|os|as|meu|minha", "fiz ~ pedido|compra",
	},
	cueWay: {
		"ja ~ saiu|enviaram|enviado|enviada|postaram|postado|despacharam|despachado|chegou|foi|mandaram|vem|entregaram|separado", "quando ~ chega|chegam|sai|vem|entregam|enviam|mandam|postam", "chega|chegam|chegar|vem|vai chegar ~ hoje|hj|amanha|ainda|logo|quando", "a caminho",
		"em que pe", "como esta|ta|anda", "foi|esta|ta enviado|enviada|despachado|despachada|entregue|postado|postada|separado", "status|andamento|situacao", "qual|que dia ~ chega|entrega|vem", "posso|da ~ buscar|retirar|pegar ~ meu|minha|o|a|ja", "ja ~ retirar|buscar|pegar", "pronto|pronta",
		"por que|pq|porque ~ nao ~ chegou|chega|saiu", "ta|esta parado|parada|travado|atrasado|atrasada", "consta|aparece ~ entregue", "entregue|entregaram", "o que|q houve|aconteceu ~ com", "previsao",
	},
	cueYet:   {"ja|hoje|amanha|ainda|hj"},
	cueWhere: {"cade|kd", "onde ~ esta|ta|anda|foi|parou|meu|minha", "o que|q houve|aconteceu ~ com|meu|minha", "que houve|aconteceu", "alguma novidade|noticia", "novidade|novidades|noticia|noticias ~ do|da|sobre"},
	cueChase: {
		"era|devia|deveria|ia ~ chegar|ter chegado", "to|estou|ainda|sigo ~ esperando", "nao ~ chegou|recebi|veio|saiu ~ nada|ainda|meu|minha|ate", "nao chegou|recebi|entregaram", "ninguem tocou|chamou|apareceu|veio|interfonou", "tentaram ~ entregar|entrega", "consta|aparece|diz|marcado ~ entregue", "so ~ chegou|veio|recebi ~ um|uma|parte|metade",
		"cade|kd|onde ~ meu|minha pedido|pacote|encomenda|compra", "cade|kd meu|minha|o|a", "faltou|falta|faltando|faltam ~ pedido|pacote|caixa|encomenda|item|produto|peca", "meu|minha pedido|pacote|encomenda|compra ~ nao|quando|chega|chegou|saiu|vem", "quando ~ meu|minha pedido|pacote|encomenda|compra|entrega",
	},
	cueSettled: {
		"cancelaram|cancelei|cancelou|cancelado|cancelada", "foi|esta|ta|sido ~ cancelado|cancelada|reembolsado|estornado|reembolsada|pago", "ja ~ estornaram|reembolsaram|devolveram|estorno|reembolso", "e meu dinheiro|reembolso|estorno", "cade|onde|quando ~ reembolso|estorno|dinheiro", "meu reembolso|estorno|dinheiro ~ ja|quando|cai|caiu|volta|nao|cade",
		"devolveram|devolvem ~ dinheiro|valor", "pagamento ~ caiu|passou|entrou|confirmado|aprovado|compensou", "caiu|passou|aprovou|confirmou ~ pagamento|pix", "meu estorno|reembolso", "nada do estorno|reembolso",
	},
	cueTrack: {"rastreio|rastrear|rastreamento|rastreia|rastreie|rastrea", "codigo de rastreio|rastreamento", "qual|que|quem transportadora|leva|entrega", "quem ~ leva|entrega|traz", "qual ~ transportadora"},
	cueGoods: {"que|q|oq ~ comprei|pedi|tem|vem|veio|comprou|pediu|foi", "qual|que|pra|para ~ endereco|cidade|produto", "quanto ~ paguei|cobraram|foi|pagou", "total|itens|conteudo", "pra|para onde|aonde|ond ~ vai|foi|mandaram"},
	cueOthers: {
		"amiga|amigo|marido|esposa|esposo|mulher|namorado|namorada|mae|pai|irmao|irma|filho|filha|colega|vizinho|vizinha|ex|chefe|primo|prima|tia|tio|sogra|socio|alguem|cliente ~ comprou|pediu|pedido|pacote|encomenda|compra|fez|encomendou|pagou",
		"pedido|pacote|encomenda|compra ~ de|da|do|dela|dele minha|meu|uma|um amiga|amigo|marido|esposa|namorado|namorada|mae|pai|irmao|irma|vizinho|vizinha|colega|chefe|prima|primo|sogra", "pedido|pacote|encomenda|compra ~ dela|dele|deles", "sou ~ amiga|amigo|marido|esposa|colega|irmao|irma|namorado|namorada|assistente|secretaria|mae|pai ~ dela|dele|da|do|de",
		"ela|ele ~ pediu|comprou|pagou",
	},
	cueRules: {
		"quanto|quantos|quantas|qnts|qts|qtos ~ demora|tempo|dias|leva|custa|sai|cobram|frete", "normalmente|geralmente|costuma|costumam|media", "se", "voces|vcs|vc ~ entregam|enviam|mandam|entrega", "fazem|tem|oferecem entrega|frete|envio", "entrega|entregam|enviam|frete|envio ~ em|pra|para|a", "gratis|gratuito|gratuita",
		"frete", "politica*", "entrega expressa|normal|rapida", "seria|demoraria|chegaria|custaria", "prazo",
	},
	cueCould: {
		"posso|pode|podem|poderia|possivel|quero|queria|gostaria|preciso|como|tempo|favor|da ~ cancelar|trocar|alterar|mudar|devolver|modificar|incluir|acrescentar", "cancela|cancelem|cancele|muda|mudem|altera|alterem meu|minha|o|a|pedido", "cancelar|trocar|alterar|mudar|devolver meu|minha|o|a|um|uma|pedido",
	},
	cueKeep: {"ate quando|que|quantos|quanto ~ guardam|seguram|retirar|buscar|reservado|pegar|guardado", "quanto tempo|dias ~ guardam|seguram|retirar|reservado|buscar|esperando", "por quanto tempo ~ guardam|seguram|fica"},
	cueAll:  {"pedidos|pacotes|encomendas|compras"},
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
	states: map[phase]string{
		phaseUnpaid: "aguardando pagamento", phasePreparing: "em preparação", phaseOnHold: "em espera", phasePartly: "enviado em parte",
		phaseShipped: "enviado", phaseTransit: "a caminho", phaseOut: "saiu para entrega", phaseAttempted: "com tentativa de entrega",
		phaseFailed: "não entregue", phasePickup: "pronto para retirada", phasePickedUp: "retirado", phaseDelivered: "entregue", phaseCancelled: "cancelado",
	},
}
