package answer

var spanishFacts = guardFacts{
	was: []string{
		"antes", "costaba*", "era|eran", "estaba*", "valía*", "salía*", "solía*", "en lugar|vez de", "rebajad* de", "bajó|bajaron de", "pasó|pasa de", "precio ~ normal|original|anterior|regular|habitual|completo|lista|tachado",
		"anterior*", "original*", "normal*", "sin ~ descuento|rebaja",
	},
	wasBehind: []string{"antes", "anteriormente", "originalmente", "precio ~ normal|original|anterior|regular|lista", "sin ~ descuento"},
	wasFrom:   "de",
	now:       "ahora hoy actualmente partir",
	costs:     "cuesta cuestan costo costos coste precio precios vale valen sale salen queda quedan pagas paga pagar total venta",
	delivery:  []string{"envío|envíos|enviar*|enviamos|envían", "entrega|entregas", "mensajería", "flete"},
}
