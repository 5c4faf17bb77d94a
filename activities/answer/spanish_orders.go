package answer

var spanishCalendar = calendar{
	months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	day:    "{day} de {month}", year: "{day} de {month} de {year}",
	today: "hoy, {date}", tomorrow: "mañana, {date}", yesterday: "ayer, {date}",
}

var spanishFacets = map[string][]string{
	"cancelled": {"cancel*"},
	"refund":    {"reembols*", "mi dinero|lana|plata", "devol* ~ dinero|pago"},
	"today":     {"hoy"},
	"part":      {"resto|falta|faltan|faltaba|incompleto|incompleta|completo|completa|partes|parcial", "solo ~ una|uno|llego", "lo demas|otro|otra"},
	"items":     {"que compre|pedi|trae|incluye|contiene", "articulos|productos ~ pedido"},
	"total":     {"total", "cuanto pague|fue|gaste"},
}

var spanishCues = map[cue][]string{
	cueMine:  {"mi|mis|nuestro|nuestros pedido|pedidos|paquete|paquetes|compra|compras|orden|ordenes|envio|envios|entrega|cosas", "pedido|paquete|orden mio|mia", "mi ~ pedido|paquete|orden"},
	cueThing: {"pedido|pedidos|orden|ordenes|paquete|paquetes|paqueteria|repartidor", "envio numero"},
	cueOwn:   {"mi|mis|mio|mia|mios|mias|nuestro|nuestra", "me llega|llego|llegan|llega|llegara|mandan|mandaron|traen|entregan|falta", "mi"},
	cueBought: {
		"que|lo|la|los|las|ya|yo pedi|compre|ordene|encargue|pague", "pedi|compre|ordene|encargue ~ ayer|lunes|martes|miercoles|jueves|viernes|sabado|domingo|semana|hace|hoy|noche|un|una|el|la|unos|unas|mi|mis", "hice ~ pedido|compra|orden",
	},
	cueWay: {
		"ya ~ salio|sale|enviaron|mandaron|llego|despacharon|viene|va|entregaron|quedo|esta", "cuando ~ llega|cae|sale|entregan|llegan|mandan|envian|lo|la", "llega|llegara|llegan|cae|viene|vienen ~ hoy|manana|ya|completo|partes|cuando", "va|viene|esta en camino",
		"en que va|anda|quedo|esta|estado", "como va|viene", "enviado|enviada|despachado|despachada|entregado|entregada|salio|despacharon|mandaron|enviaron", "estado|estatus|status", "para|pa cuando", "que dia ~ llega|cae|entregan|viene|toca",
		"ir ~ por|x mi|el|la|los|las", "puedo ~ pasar|recoger|recogerlo|recogerla", "listo|lista", "pasar|paso ~ por|recoger", "me llego|llega|llegara", "por que|porque|x que|xq|pq ~ llega|llego", "detenido|atorado|parado",
	},
	cueYet:   {"ya|hoy|manana|todavia|aun|sigue|siguen"},
	cueWhere: {"donde ~ esta|anda|viene|va|quedo|ando|mi", "que paso|onda|hay con|de", "q paso", "alguna|hay novedad|noticia|noticias", "noticias|novedades de|del", "que pasa con"},
	cueChase: {
		"sigo|seguimos|estoy|llevo ~ esperando", "no me ha|han llegado", "no ~ ha|han llegado|salido|enviado|entregado", "no me llego|llega|llegan|llegaron|entregaron", "nadie toco|vino|llamo|timbro", "pasaron|vinieron a dejar|entregar|entregarlo", "aparece|dice|sale|marca ~ entregado|entregada",
		"solo|nomas|unicamente ~ llego|venia|vino|trae|recibi ~ uno|una|parte", "me llego|llegaron ~ pero|incompleto|incompleta|nomas|solo", "donde ~ mi pedido|paquete|compra|orden", "intentaron ~ entregar", "falta|faltan|faltaba|falto ~ pedido|paquete|caja|cosas|articulo|pieza", "mi pedido|paquete|compra|envio ~ no",
		"cuando ~ mi pedido|paquete|compra|orden", "mi pedido|paquete|compra|envio ~ llega|llego|salio|viene|cuando", "iba|tenia a|que llegar", "ya ~ quedo|salio ~ mi|mis",
	},
	cueSettled: {
		"cancelaron|cancele|cancelo|cancelado|cancelada", "quedo|esta|fue|sido ~ cancelado|cancelada|reembolsado|reembolsada|pagado|pagada", "me|ya ~ devuelven|devolvieron|reembolsaron|regresaron|regresan ~ dinero|lana|pago|pague|plata|todo", "y mi dinero|reembolso|lana|plata",
		"donde ~ reembolso|dinero", "mi reembolso|dinero ~ ya|cuando|llega|llego|donde", "cuando ~ reembolso|devuelven|reembolsan|regresan ~ dinero|lana|pago|plata", "paso|entro|procedio|reflejo|refleja ~ pago|cancelacion|reembolso", "pago ~ paso|entro|reflejo|quedo", "ya procedio", "mi reembolso|cancelacion", "ya ~ reembolsaron|reembolso",
	},
	cueTrack: {"rastreo|rastrear|rastreamos|rastreas|rastrea|rastreo", "guia ~ de|del|porfa|rastreo", "la|mi|cual|num|numero|de guia", "guia", "quien ~ lleva|trae|entrega", "que|cual paqueteria"},
	cueGoods: {"que ~ compre|pedi|trae|traia|incluye|viene|compro|pidio|lleva", "a|que|cual ~ direccion|ciudad", "cuanto ~ pague|cobraron|pago|fue", "contenido|articulos|total", "adonde|donde ~ mandaron|enviaron|va|llega"},
	cueOthers: {
		"amiga|amigo|esposo|esposa|marido|novio|novia|mama|papa|madre|padre|hermano|hermana|hijo|hija|companero|companera|vecino|vecina|roomie|ex|jefe|jefa|primo|prima|tia|tio|suegra|socio|alguien|cliente|clienta ~ pidio|compro|ordeno|pedido|paquete|compra|hizo|encargo|pago",
		"pedido|paquete|compra|orden ~ de mi amiga|amigo|esposo|esposa|marido|novio|novia|mama|papa|hermano|hermana|hijo|hija|vecino|vecina|roomie|ex|jefe|jefa|primo|prima|suegra|companero|companera", "es|son de una|un|mi amiga|amigo|esposo|esposa|roomie|hermana|hermano|vecina|vecino|companero|companera", "soy ~ hermano|hermana|esposo|esposa|asistente|amigo|amiga|novio|novia|hijo|hija|secretaria|mama|papa ~ de",
		"pedido de otra persona|alguien", "que compro|pidio|ordeno|encargo|trae",
	},
	cueRules: {
		"cuanto|cuantos|cuantas ~ tarda|tardan|dias|demora|demoran|tiempo|cobran|cuesta|sale|es", "cuanto ~ envio", "normalmente|generalmente|suele|suelen|usualmente|promedio", "si", "hacen|tienen|ofrecen|manejan envio|envios|entrega|entregas", "envian|mandan|entregan|llegan|envio|envios a", "gratis",
		"costo ~ envio", "politica*", "envio expres|express|estandar|normal|gratis|internacional", "seria|tardaria|llegaria|saldria|costaria", "contra entrega",
	},
	cueCould: {
		"puedo|puede|pueden|podria|podrian|posible|quiero|quisiera|necesito|como|tiempo|favor|porfa ~ cancelar|cancelarlo|cambiar|cambio|cambiarlo|devolver|devolverlo|regresar|modificar|agregar", "cancela|cancelen|cancelenme|cancelame|cambia|cambien|cambiame mi|el|la|los|las|pedido",
		"cancelar|cambiar|devolver|modificar mi|el|la|un|una|pedido", "quiero|quisiera devolver*",
	},
	cueKeep: {"hasta cuando|cuanto|cuantos|que ~ apartan|guardan|tienen|recoger|recogerlo|pasar|ir|guardado|apartado", "cuanto tiempo|dias ~ apartan|guardan|esperan|tienen|recogerlo|recoger", "me lo|la|los|las apartan|guardan|esperan"},
	cueAll:  {"pedidos|paquetes|compras|ordenes"},
}

var spanishOrders = orderSayings{
	unpaid:           "Todavía no recibimos el pago del pedido {n}, por eso no se ha enviado.",
	preparing:        "El pedido {n} está en preparación; todavía no se ha enviado.",
	onHold:           "El pedido {n} está en pausa y todavía no se ha enviado.",
	shipped:          "El pedido {n} ya fue enviado y está en camino.",
	partly:           "El pedido {n} va en partes: una parte ya fue enviada y el resto todavía no se ha enviado.",
	transit:          "El pedido {n} ya va en camino: está en tránsito.",
	out:              "El pedido {n} está en reparto: ya salió para entrega con el repartidor.",
	attempted:        "La paquetería registró un intento de entrega del pedido {n}, pero no pudo entregarlo.",
	failed:           "La paquetería informa que el pedido {n} no se pudo entregar.",
	pickup:           "El pedido {n} ya llegó y está listo para recoger.",
	pickedUp:         "El pedido {n} ya fue recogido.",
	delivered:        "El pedido {n} fue entregado: {date}.",
	deliveredUndated: "El pedido {n} ya fue entregado.",
	cancelled:        "El pedido {n} fue cancelado: {date}.",
	refunded:         "El pago ya fue reembolsado.",
	refundedOn:       "El pago fue reembolsado: {date}.",
	partRefunded:     "Se reembolsaron {amount}.",
	noRefund:         "Hasta ahora no hay un reembolso registrado.",
	voided:           "El cobro fue anulado, así que no se cargó nada.",
	carrier:          "Lo lleva {carrier}, número de guía {tracking}.",
	tracking:         "El número de guía es {tracking}.",
	carrierOnly:      "Lo lleva {carrier}.",
	follow:           "Se puede rastrear aquí: {url}",
	expected:         "La entrega está estimada para: {date}.",
	late:             "La entrega estaba estimada para: {date}; viene con retraso.",
	items:            "Incluye: {list}.",
	total:            "El total es {amount}.",
	one:              "{n} del {date} ({state})",
	several:          "Hay varios pedidos tuyos: {list}. ¿De cuál se trata?",
	unproven:         "Con gusto lo reviso. Para confirmar que el pedido es tuyo, escribe el correo o el teléfono con el que se hizo.",
	noNumber:         "Gracias. ¿De qué pedido se trata? Escribe también su número, por favor.",
	nothing:          "Con gusto lo reviso. Escribe el número del pedido y el correo o teléfono con el que se hizo.",
	unmatched:        "No encuentro un pedido tuyo con esos datos. Revisa el número del pedido y escribe el correo o teléfono con el que se hizo.",
	none:             "No encuentro pedidos con tu contacto. Escribe el número del pedido y el correo o teléfono con el que se hizo.",
	states: map[phase]string{
		phaseUnpaid: "falta el pago", phasePreparing: "en preparación", phaseOnHold: "en pausa", phasePartly: "enviado en parte",
		phaseShipped: "enviado", phaseTransit: "en camino", phaseOut: "en reparto", phaseAttempted: "con intento de entrega",
		phaseFailed: "no entregado", phasePickup: "listo para recoger", phasePickedUp: "recogido", phaseDelivered: "entregado", phaseCancelled: "cancelado",
	},
}
