package answer

import "kedai/models"

var spanish = language{
	code:    models.Spanish,
	endings: "s es a o e as os mente cita citas cito citos ecita ecitas ecito ecitos ita itas ito itos ar er ir an en ado ada ados adas ido ida idos idas ando iendo amos emos imos cion ciones",
	stop: `el la los las un una unos unas lo al del de a en y e o u ni que qué q con por para pa sin sobre entre hasta desde hacia se su sus mi mis tu tus me te le les nos
		yo tu él ella ellos ellas usted ustedes nosotros es son era eran ser soy eres fue está están esta este estos estas ese esa esos esas eso esto estoy estaba ta toy
		hay había haber he ha han tiene tienen tengo tenía tenemos tener hace hacer hacen puedo puede pueden podría podrían quiero quiere quisiera quería querría necesito necesita busco ando viendo ver vi
		cómo cuál cuáles cuánto cuánta cuántos cuántas cuándo dónde quién porque pues si sí no ya más menos muy mucho poco también tampoco solo sólo algo alguien alguna algún alguno nada otro otra otros otras mismo
		hola buenas buenos buen día días tardes noches gracias favor porfa porfavor plis xfa oye oiga disculpa disculpe perdón ok vale bueno bien jaja jeje amigo amiga señor señora
		precio precios cuesta cuestan costo costos vale valor valen cobran cobra sale salen disponible disponibles existencia existencias quedan queda stock tienda comprar compro compré venden vende manejan maneja llevo lleva llevar
		saber decir dime dígame decirme info información gustaría interesa interesan gusta hoy ahora ahorita ayer semana pasada todavía aún sigue siguen habiendo tipo cosa cosas cada todo toda todos todas
		aquel aquella parte después antes quedó quedaría luego va van ir voy sea será sería así tan tanto ah eh mande mamá papá novio novia hijo hija esposo esposa hermana hermano regalo`,
	slang: map[string]string{
		"q": "que", "k": "que", "xq": "porque", "pq": "porque", "x": "por", "xfa": "por favor", "porfa": "por favor", "plis": "por favor", "pls": "por favor",
		"tmb": "también", "tb": "también", "d": "de", "bn": "bien", "grax": "gracias", "tks": "gracias", "ntp": "gracias", "cdmx": "ciudad de méxico", "df": "ciudad de méxico",
		"gdl": "guadalajara", "mty": "monterrey", "cto": "cuanto", "cuanto": "cuanto", "kuanto": "cuanto", "qanto": "cuanto", "presio": "precio", "prcio": "precio", "cst": "cuesta", "ai": "hay",
		"aver": "a ver", "dsd": "desde", "msj": "mensaje", "hr": "hora", "hrs": "horas", "envio": "envío", "embio": "envío", "embios": "envíos", "amex": "american express", "salu2": "saludos", "ablar": "hablar", "ola": "hola", "ay": "hay", "kiero": "quiero",
		"jersey": "suéter", "chamarra": "chaqueta", "chamara": "chaqueta", "playera": "camiseta", "zapatillas": "tenis",
	},
	synonyms: []string{
		"chaqueta chamarra cazadora campera", "sueter jersey", "camiseta playera remera", "tenis zapatillas deportivas", "bolso bolsa cartera", "cuero piel", "luz luces iluminado",
		"lavar lavadora lavado lavable", "impermeable lluvia", "taza tazas mug", "cierre zipper cremallera", "flores floral flor", "tapete alfombra", "lampara luminaria", "cambio cambiar cambiarlo cambiarla", "devolver devolucion regresar",
		"gratis gratuito gratuita", "cubierta funda", "sabana sabanas", "efectivo cash", "segundo segunda", "marino marina", "temperatura grados", "aceptar aceptan acepta aceptamos",
	},
	askers:     "cómo cuál cuáles cuánto cuánta cuántos cuántas cuándo dónde quién qué que tienen tiene hay puedo puede pueden es son me hacen aceptan venden",
	joiners:    "y e o pero además también ademas",
	references: "él ella ellos ellas ese esa eso esto esos esas",
	followUps:  []string{"y", "entonces", "y si", "ok y", "o", "pues"},
	intents: map[models.Intent][]string{
		models.IntentGreeting: {"hola|ola|holi|holis", "buenas", "buenos días|dia|dias", "buen día|dia", "qué tal", "hay alguien", "alguien ahi|por aqui", "saludos", "hey"},
		models.IntentThanks:   {"gracias", "muchas gracias", "agradezco", "agradecida|agradecido", "mil gracias"},
		models.IntentGoodbye:  {"adiós|adios|chao|chau", "hasta luego|pronto|mañana", "nos vemos", "que ~ buen día|buena tarde|noche", "bye"},
		models.IntentHuman: {
			"hablar|habla|comunicar*|comunique*|platicar|contactar|chatear ~ persona|humano|alguien|asesor|asesora|agente|encargado|encargada|gerente|ejecutivo|operador|vendedor|representante|dueño|supervisor",
			"atienda|atender|atiende ~ persona|humano|alguien|asesor|agente", "persona real|humana|de verdad", "un|una humano|asesor|asesora|agente|operador|operadora|ejecutivo|ejecutiva|representante", "no un|una robot|bot|máquina|maquina",
			"pásame|pasame|páseme|paseme|comunícame|transfiere*|transfiera* ~ persona|humano|asesor|agente|alguien|encargado|gerente|supervisor", "quiero|necesito un humano|asesor|agente|persona|operador", "quiero|necesito una persona", "servicio al cliente", "atención a|al|humana cliente|clientes", "con el|un encargado|gerente|supervisor|asesor", "agente humano", "con quién ~ hablar|platicar|chatear", "no ~ hablar|chatear|platicar ~ robot|bot|máquina", "hay alguna|una persona|humano",
		},
		models.IntentOffTopic: {
			"clima ~ hoy|mañana|hace|hará", "pronóstico del clima|tiempo", "va a llover", "escribe*|escribir|programa|haz|hazme ~ poema|código|codigo|ensayo|cuento|python|programa|canción|tarea", "un chiste", "cuéntame|cuentame ~ chiste|cuento", "política|politica|elecciones|presidente|partido político",
			"bitcoin|cripto|criptomonedas ~ comprar|vender|invertir|ahora", "comprar|invertir en bitcoin|cripto", "receta", "capital de", "quién|quien va a ganar", "quien ~ gana|ganó|gano ~ liga|partido|mundial|torneo", "tarea|ensayo", "traduce|traducir", "horóscopo|horoscopo",
			"olvida|ignora|olvide|ignore ~ instrucciones|reglas|anterior", "tu prompt|instrucciones", "poema", "mundial|liga de futbol|fútbol",
		},
		models.IntentOrderStatus: {
			"mi pedido|paquete|compra|orden|envío|envio", "pedido|orden ~ 000", "# 000", "mis pedidos|compras", "dónde|donde ~ pedido|paquete|orden", "pedido|orden número|numero|#|no", "estado|estatus|status ~ pedido|orden|envío|compra", "rastreo|rastrear|rastreo|guía ~ pedido|paquete", "el rastreo",
			"ya salió|salio|enviaron|mandaron", "cuándo|cuando llega", "en qué|que va|anda ~ pedido", "llega hoy|mañana",
		},
		models.IntentCompare:       {"diferencia*", "compara*", "comparación|versus|vs", "mejor ~ o", "cuál|cual ~ mejor|barato|barata|conviene|aguanta", "entre ~ y"},
		models.IntentRecommend:     {"recomienda*|recomendación|recomendar", "sugiere*|sugerencia*", "busco|buscando", "regalo para", "algo para", "qué|que me ofreces", "opciones de", "quiero|quisiera un|una|algo|unos|unas", "presupuesto|máximo|max", "no quiero gastar", "más barato|barata|económico"},
		models.IntentProductPrice:  {"cuánto cuesta*|vale*|sale*|cobran|es|está|esta|estan|están|por|costaba|estaba", "cuanto ~ cuesta*|vale*|estaba|quedó|quedo", "precio*", "cuesta*", "a cuánto|cuanto|como", "en cuánto|cuanto", "qué|que valor", "qué|que costo", "costo*", "en descuento|oferta|rebaja|promo", "por cuánto|cuanto", "caro|cara"},
		models.IntentProductStock:  {"hay|habrá|habra|habiendo|habria", "tienen|tiene|tenés|tienes|tendrán|tendran|tendrá|tendras", "disponible*|disponibilidad", "en existencia|stock|almacén", "existencia*", "queda*", "agotado*|agotada*", "manejan|venden|vende|manejas", "cuántos|cuántas|cuantos|cuantas ~ hay|quedan|tienen", "sigue ~ habiendo|disponible", "me llevo"},
		models.IntentProductDetail: {"de qué|que ~ es|son|está|esta|hecho|hecha|material|piel|tela|color|tamaño|medida", "material*|hecho|hecha|hechos|hechas", "medidas|mide|miden|medida|dimensiones", "cómo|como es|son", "descripción|descripcion|detalles|detalle|describe*", "cuéntame|cuentame|platícame|háblame|hablame ~ de|sobre", "pesa|peso", "lavar|lavadora|lava", "impermeable", "más información|info", "qué|que tan", "aguanta*|resiste", "qué|que características", "qué|que incluye", "sirve para"},
		models.IntentPolicy:        {"política|politica|políticas|politicas"},
	},
	personAlone: []string{"humano|humana|persona|encargado|gerente", "humano|humana|persona|encargado|gerente por favor", "una persona", "una persona por favor", "con una persona", "con una persona por favor"},
	topicNames: map[topic]string{
		topicShipping: "envío", topicReturns: "devolución", topicRefunds: "reembolso", topicExchanges: "cambio", topicPayment: "pago", topicHours: "horario", topicContact: "contacto", topicPickup: "recoger", topicWarranty: "garantía", topicGiftCard: "tarjeta de regalo", topicSizes: "guía de tallas", topicCare: "cuidado", topicPromotion: "promoción",
	},
	topics: map[topic][]string{
		topicShipping:  {"envío*", "envio*", "enviar|envían|envian|mandan", "entrega|entregas|entregan|entregar", "despacho", "paquetería", "flete", "llega|tarda ~ a"},
		topicReturns:   {"devol*|devuel*", "regresar|regreso ~ producto|prenda|artículo|pieza|compra", "defectuoso|defecto|dañado|roto|rota"},
		topicRefunds:   {"reembols*", "mi dinero", "regresan|devuelven ~ dinero", "cancelar|cancelación|cancelacion|cancelo"},
		topicExchanges: {"cambiar|cambio|cambios|cambiarlo|cambiarla|cambian", "otra talla"},
		topicPayment:   {"pago|pagos|pagar", "formas|métodos|metodos|medios de pago", "aceptan ~ tarjeta|tarjetas|efectivo|paypal|amex|american|oxxo|transferencia|mercado", "meses sin intereses", "msi", "tarjeta de crédito|débito|credito|debito", "tarjeta|tarjetas|oxxo|spei|paypal|transferencia|efectivo|amex|cuotas|plazos", "factura*", "contra entrega|reembolso", "iva"},
		topicHours:     {"horario|horarios", "hora|horas ~ abren|cierran|atienden|abierto|abierta", "abren|cierran|atienden", "abierto|abierta|abiertos ~ domingo|sábado|hoy|domingos"},
		topicContact:   {"teléfono|telefono", "contacto|contactar*", "correo|email ~ tienda|contacto|ustedes", "dirección|direccion|ubicación|ubicacion|ubicados", "dónde|donde están|estan|queda|quedan|se", "tienda física|fisica", "whatsapp"},
		topicPickup:    {"recoger|recogerlo|recogerla|recojo", "pasar por|a recoger", "pick up|pickup", "retirar en"},
		topicWarranty:  {"garantía|garantia|garantías"},
		topicGiftCard:  {"tarjeta|tarjetas de regalo", "vale de regalo", "gift card"},
		topicSizes:     {"guía|guia|tabla de tallas", "qué|que|cual talla ~ soy|pido|elijo|me", "entre dos tallas"},
		topicCare:      {"cuidado|cuidados|cuidar|cuido", "cómo|como ~ limpio|limpiar|lavo|lava|lavar"},
		topicPromotion: {"promoción*|promocion*", "promo|promos|promociones", "descuento*", "cupón|cupon|cupones", "código|codigo|códigos|codigos", "oferta|ofertas", "rebaja|rebajas", "boletín|newsletter", "primera compra"},
	},
	howMany:  []string{"cuántos|cuántas|cuantos|cuantas ~ hay|quedan|tienen|queda|pares|piezas", "cuántos|cuantas|cuantos|cuántas"},
	howMuch:  []string{"cuánto|cuanto ~ cuesta*|cobran|vale|es|sale", "cuánto|cuanto es|cobran", "costo*|cuesta*|precio*", "monto|mínimo|minimo|cobran", "a partir de cuánto|cuanto", "gratis"},
	howLong:  []string{"cuánto|cuanto ~ tarda|tardan|tiempo|demora|dura", "tarda*", "cuántos|cuantos ~ días|dias|horas|semanas|meses", "cuándo|cuando", "qué|que hora|horario|horas", "hasta cuándo|cuando", "plazo"},
	timeUnit: []string{"día|días|dia|dias|hora|horas|semana|semanas|mes|meses|minutos|año|años"},
	upTo:     []string{"hasta|máximo|max|abajo|menos|debajo", "no ~ más de", "presupuesto ~ de|es", "presupuesto", "menos de", "más de"},
	pieces:   []string{"pares|par|piezas|pieza|pzas|pza|unidades|unidad|juegos|de"},
	sizes: map[string][]string{
		"XS": {"xs", "xch"}, "S": {"s", "ch", "chica", "chico", "pequeña", "pequeño"}, "M": {"m", "mediana", "mediano"}, "L": {"l", "g", "grande"},
		"XL": {"xl", "extragrande", "xg"}, "XXL": {"xxl", "2xl"}, "XXXL": {"xxxl", "3xl"},
	},
	sizeMarks: "talla tallas en la número numero del medida tamaño usa uso soy talle us mx",
	colours: map[string][]string{
		"black": {"negr*"}, "white": {"blanc*"}, "grey": {"gris|grises"}, "red": {"roj*"}, "blue": {"azul|azules"}, "navy": {"marino"}, "green": {"verde*"},
		"yellow": {"amarill*"}, "orange": {"naranja*|anaranjad*"}, "pink": {"rosa|rosas|rosad*"}, "purple": {"morad*|violeta*|púrpura"}, "brown": {"café|marrón|marrones"}, "beige": {"beige|beis"},
		"ivory": {"marfil"}, "cream": {"crema|cremas"}, "gold": {"dorad*"}, "silver": {"platead*"}, "turquoise": {"turquesa*"},
	},
	attributes: map[string]attribute{
		"dimension":   {ask: []string{"qué|que|cuánto|cuanto ~ mide|miden|grande|grandes|largo|larga|ancho|ancha|alto|alta|gruesa|grueso", "medidas|dimensiones|mide|miden|largo|diámetro|altura|ancho|grosor", "tan gruesa|grueso|grande|largo|larga|alto|alta"}, tell: []string{"0 cm|mm|m|pulgadas"}},
		"weight":      {ask: []string{"pesa|pesan|peso", "pesado|pesada"}, tell: []string{"pes*", "0 g|kg|gr"}},
		"capacity":    {ask: []string{"capacidad|volumen", "cuánto|cuanto ~ cabe|caben|litros", "cuántos|cuantos ml|litros"}, tell: []string{"capacidad|caben|cabe", "0 ml|l|litros|litro"}},
		"temperature": {ask: []string{"temperatura*", "cuántos|cuantos grados", "frío|frio ~ aguanta*|soporta*"}, tell: []string{"0 c|grados", "probada|probado hasta"}},
		"material":    {ask: []string{"material*|tela", "de qué|que ~ hecho|hecha|hechos|hechas", "de qué|que ~ piel|cuero|tela|madera|metal", "de qué|que es|son"}, tell: []string{"algodón|lana|seda|lino|cuero|piel|poliéster|nailon|viscosa|cachemira|plumón|mezclilla|franela", "roble|pino|nogal|bambú|madera|acero|latón|hierro|aluminio|cerámica|gres|porcelana|vidrio|cristal|barro|mármol|ratán|yute|caucho|plástico|silicona|papel|corcho"}},
		"care":        {ask: []string{"lava|lavar|lavado|lavadora|lavavajillas|microondas|secadora|planchar|plancha", "limpia|limpiar|limpieza"}, tell: []string{"lava*|microondas|secadora|plancha*", "limpi*"}},
		"water":       {ask: []string{"impermeable*", "lluvia|agua"}, tell: []string{"impermeable*|agua"}},
		"power":       {ask: []string{"pila|pilas|batería|carga|cargan|foco|bombilla|watts|enchufe|voltaje"}, tell: []string{"pila|pilas|batería|carga|cargan|usb|foco|bombilla|watts|w|led|voltios"}},
		"fit":         {ask: []string{"viene|vienen|queda|talla chica|chico|grande|ajustada|ajustado", "qué|que talla ~ pido|elijo|recomiend*"}, tell: []string{"viene chica|grande", "talla más|menos"}},
	},
	facets: spanishFacets, orders: spanishOrders, calendar: spanishCalendar,
	say: sayings{
		quoteOpen: "“", quoteClose: "”",
		greeting: []string{
			"¡Hola! Gracias por escribir a {shop}. ¿En qué puedo ayudarte?",
			"¡Hola, bienvenido a {shop}! ¿Qué estás buscando?",
			"¡Qué gusto saludarte! Estás en {shop}. ¿Cómo te ayudo?",
		},
		thanks:  []string{"¡Con gusto! Si necesitas algo más, aquí estoy.", "¡De nada! ¿Te ayudo con algo más?", "¡Para servirte!"},
		goodbye: []string{"¡Hasta pronto y gracias por escribirnos!", "¡Que tengas un excelente día!", "¡Gracias, hasta luego!"},
		decline: []string{
			"Lo siento, con eso no puedo ayudarte. Estoy aquí para preguntas sobre nuestros productos, envíos, cambios y pagos.",
			"Eso queda fuera de lo que puedo hacer aquí. Con gusto te ayudo con productos, envíos o devoluciones.",
		},
		hello:         []string{"¡Hola!", "¡Hola, qué tal!"},
		price:         "{title} cuesta {price}.",
		priceOption:   "{title} ({option}) cuesta {price}.",
		priceRange:    "{title} cuesta de {low} a {high}, según la opción.",
		was:           "Está en descuento: antes costaba {was}.",
		inStock:       "Sí, tenemos {title} en existencia.",
		outOfStock:    "Lo siento, por ahora no hay existencias de {title}.",
		inOption:      "Sí, tenemos {title} en {option}.",
		outOption:     "Lo siento, por ahora no hay existencias de {title} en {option}.",
		someStock:     "{title}: tenemos en {in}. Sin existencias: {out}.",
		allStock:      "Sí, tenemos {title} en: {in}.",
		noStock:       "Lo siento, por ahora no hay existencias de {title} en: {out}.",
		count:         "Quedan {count}.",
		enough:        "Sí, hay {count}.",
		notEnough:     "Por ahora no tenemos {count}.",
		alternatives:  "Sí tenemos: {in}.",
		unknownOption: "{title} no viene en esa opción. Viene en: {list}.",
		recommend:     []string{"Te pueden gustar:", "Esto es lo que mejor encaja:"},
		compare:       []string{"Aquí van lado a lado:", "Una comparación rápida:"},
		whichProduct:  "¿De qué producto me hablas?",
		whichOf:       "¿A cuál te refieres: {list}?",
	},
}
