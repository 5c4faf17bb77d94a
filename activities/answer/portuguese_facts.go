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
}
