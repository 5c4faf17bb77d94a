package answer

var portugueseFacts = guardFacts{
	was: []string{
		"antes", "custava*", "era|eram", "estava*", "valia*", "saía*", "costumava*", "em vez de|dos|do", "ao invés de|dos|do", "no lugar de|dos|do", "passou|caiu|baixou de", "reduzid* de", "preço ~ normal|original|anterior|cheio|tabela|riscado",
		"anterior*", "original*", "normal*", "sem ~ desconto",
	},
	wasBehind: []string{"antes", "anteriormente", "originalmente", "preço ~ normal|original|anterior|cheio|tabela", "sem ~ desconto"},
	wasFrom:   "de",
	now:       "agora hoje atualmente partir",
	costs:     "custa custam custo preço preços valor valores vale valem sai saem fica ficam paga pagar total venda",
	delivery:  []string{"frete|fretes", "entrega|entregas", "envio|envios|enviar"},

	parcel: []string{"pedido|pedidos|pacote|pacotes|encomenda|encomendas"},
	status: map[string][]string{
		"arrived": {"chegou|chegaram", "está ~ na|em sua|tua"}, "pickup": {"esperando|espera ~ por|você", "esperando|aguardando ~ retirada", "agência ~ correios", "ponto de retirada|coleta"},
	},
	strayed: []string{
		"perdido|perdida|perdeu|extravi*", "roubad*|sumiu|desapareceu|furtad*", "danificad*|destruíd*", "alfândega*|aduana*|fiscalização", "devolvido|devolvida|voltou|retornou ao|à|a|para ~ remetente|loja|nós|estoque", "centro de distribuição|triagem", "vizinho|vizinha", "preso|presa|travad*|apreendid*",
	},
	expected: []string{"vem|virá", "receber*|recebe", "estará"},
	ordered:  []string{"feito|fez|realizado|realizou"},
	whole:    []string{"todo|todos|toda|todas|tudo", "inteiro|completo|inteira|completa", "completamente|totalmente"},
	is:       "está estão foi foram é ficou segue",
}
