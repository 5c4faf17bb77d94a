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
	code:             spanishCodes,
	states: map[phase]string{
		phaseUnpaid: "falta el pago", phasePreparing: "en preparación", phaseOnHold: "en pausa", phasePartly: "enviado en parte",
		phaseShipped: "enviado", phaseTransit: "en camino", phaseOut: "en reparto", phaseAttempted: "con intento de entrega",
		phaseFailed: "no entregado", phasePickup: "listo para recoger", phasePickedUp: "recogido", phaseDelivered: "entregado", phaseCancelled: "cancelado",
	},
}
