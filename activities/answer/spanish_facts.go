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

	parcel: []string{"pedido|pedidos|paquete|paquetes"},
	status: map[string][]string{
		"arrived": {"ha|han llegado", "llegaron", "te llegó", "está ~ en tu"}, "pickup": {"te|le|lo espera|esperan|esperando", "oficina ~ de correos", "en correos", "punto de recogida|entrega"},
	},
	strayed: []string{
		"perdió|perdido|perdida|perdieron|extravi*", "robado|robada|robaron|desapareci*", "dañado|dañada|dañó|destruid*", "aduana*", "devuelto|regresado|regresó|devolvió al|a remitente|almacén|bodega|nosotros", "centro de distribución|clasificación|reparto", "vecino|vecina", "atorad*|atascad*|decomisad*",
	},
	expected: []string{"viene|vendrá", "recibir*|recibes|recibe", "estará"},
	ordered:  []string{"hiciste|hizo|realizaste|realizó|realizado|hecho"},
	whole:    []string{"todo|todos|toda|todas", "completo|entero", "completamente|totalmente"},
	is:       "está están fue ha han sido es se quedó sigue",
}
