package answer

import (
	"github.com/shopspring/decimal"

	"kedai/models"
)

// testShop is a small homeware shop in one language.
type testShop struct {
	language models.Language
	currency string
	products []*models.Product
	passages []*models.Passage
}

// evidence numbers everything the shop has, as a generous search would.
func (s testShop) evidence() []models.Evidence {
	var list []models.Evidence
	for _, p := range s.products {
		list = append(list, models.Evidence{N: len(list) + 1, Kind: models.EvidenceProduct, Product: p})
	}
	for _, p := range s.passages {
		list = append(list, models.Evidence{N: len(list) + 1, Kind: models.EvidencePassage, Passage: p})
	}
	return list
}

type testVariant struct {
	value    string
	price    string
	was      string
	quantity int
}

// product makes a product with one option, or none if option is empty.
func (s *testShop) product(title, kind, body, option string, variants ...testVariant) {
	p := &models.Product{Title: title, Type: kind, Body: body, Published: true}
	for _, v := range variants {
		price := decimal.RequireFromString(v.price)
		variant := models.Variant{Price: &price, Currency: s.currency, Quantity: v.quantity, Tracked: true}
		if v.was != "" {
			was := decimal.RequireFromString(v.was)
			variant.CompareAt = &was
		}
		if option != "" {
			variant.Options = []models.Option{{Name: option, Value: v.value}}
		}
		p.Variants = append(p.Variants, variant)
	}
	s.products = append(s.products, p)
}

func (s *testShop) passage(source, heading, text string) {
	s.passages = append(s.passages, &models.Passage{N: len(s.passages), Headings: []string{source, heading}, Text: text})
}

func englishShop() testShop {
	s := testShop{language: models.English, currency: "USD"}
	s.product("Speckled Stoneware Mug", "Mugs", "A heavy mug for slow mornings.\nHolds 350 ml.\nDishwasher and microwave safe.", "Colour",
		testVariant{"Sand", "18", "", 4}, testVariant{"Moss Green", "18", "", 0}, testVariant{"Charcoal", "20", "", 9})
	s.product("Washed Linen Tablecloth", "Table linen", "Soft tablecloth in stonewashed linen.\n100% European linen.\nMachine wash at 40 °C.", "Size",
		testVariant{"Small", "1249", "", 2}, testVariant{"Medium", "1299", "", 0}, testVariant{"Large", "1299", "", 7})
	s.product("Brass Desk Lamp", "Lamps", "Desk lamp with a pivoting arm.\nHeight 46 cm, weight 1.8 kg.\nTakes one E14 bulb.", "", testVariant{"", "95.50", "120", 3})
	s.product("Retired Oak Tray", "Trays", "Oak tray.", "", testVariant{"", "30", "", 3})
	s.products[3].Published = false
	s.passage("Delivery", "Times and prices", "Parcels within the country take 3 to 5 working days and cost $6.50. Delivery to islands takes 9 working days.")
	s.passage("Returns", "How long you have", "You can return anything unused within 31 days of delivery. We don't ask why.")
	s.passage("Returns", "Breakages", "If something arrives broken, send us a photo within 3 days. We replace it free of charge.")
	s.passage("Payment", "What we accept", "We accept Visa, Mastercard and PayPal. We don't accept cheques.")
	return s
}

func spanishShop() testShop {
	s := testShop{language: models.Spanish, currency: "MXN"}
	s.product("Taza de gres moteada", "Tazas", "Una taza pesada para mañanas lentas.\nCapacidad de 350 ml.\nApta para lavavajillas y microondas.", "Color",
		testVariant{"Arena", "180", "", 4}, testVariant{"Verde musgo", "180", "", 0}, testVariant{"Carbón", "200", "", 9})
	s.product("Mantel de lino lavado", "Mantelería", "Mantel suave de lino lavado a la piedra.\n100 % lino europeo.\nLavar a máquina a 40 °C.", "Tamaño",
		testVariant{"Chico", "1249", "", 2}, testVariant{"Mediano", "1299", "", 0}, testVariant{"Grande", "1299", "", 7})
	s.product("Lámpara de escritorio de latón", "Lámparas", "Lámpara con brazo giratorio.\nAltura de 46 cm, peso de 1.8 kg.\nUsa un foco E14.", "", testVariant{"", "955", "1200", 3})
	s.passage("Envíos", "Tiempos y costos", "Los paquetes dentro del país tardan de 3 a 5 días hábiles y cuestan $99. A las islas tardan 9 días hábiles.")
	s.passage("Devoluciones", "Plazo", "Puedes devolver lo que no hayas usado durante 31 días desde la entrega. No pedimos motivos.")
	s.passage("Devoluciones", "Piezas rotas", "Si algo llega roto, mándanos una foto en 3 días. Lo cambiamos sin costo.")
	s.passage("Pagos", "Qué aceptamos", "Aceptamos Visa, Mastercard y PayPal. No aceptamos cheques.")
	return s
}

func portugueseShop() testShop {
	s := testShop{language: models.Portuguese, currency: "BRL"}
	s.product("Caneca de Grés Salpicada", "Canecas", "Uma caneca pesada para manhãs lentas.\nCapacidade de 350 ml.\nPode ir à lava-louças e ao micro-ondas.", "Cor",
		testVariant{"Areia", "89.90", "", 4}, testVariant{"Verde-musgo", "89.90", "", 0}, testVariant{"Carvão", "99.90", "", 9})
	s.product("Toalha de Mesa de Linho", "Mesa posta", "Toalha macia de linho lavado.\n100% linho europeu.\nLavar na máquina a 40 °C.", "Tamanho",
		testVariant{"P", "1249", "", 2}, testVariant{"M", "1299", "", 0}, testVariant{"G", "1299", "", 7})
	s.product("Luminária de Mesa de Latão", "Luminárias", "Luminária com braço articulado.\nAltura de 46 cm, peso de 1,8 kg.\nUsa uma lâmpada E14.", "", testVariant{"", "455.50", "520", 3})
	s.passage("Frete e entrega", "Prazos e valores", "Dentro do país a entrega leva de 3 a 5 dias úteis e custa R$ 19,90. Para ilhas leva 9 dias úteis.")
	s.passage("Devoluções", "Prazo", "Você pode devolver o que não usou em até 31 dias depois da entrega. Não perguntamos o motivo.")
	s.passage("Devoluções", "Chegou quebrado", "Se algo chegar quebrado, mande uma foto em 3 dias. Trocamos sem custo.")
	s.passage("Pagamento", "O que aceitamos", "Aceitamos Visa, Mastercard e Pix. Não aceitamos cheque.")
	return s
}

func russianShop() testShop {
	s := testShop{language: models.Russian, currency: "RUB"}
	s.product("Кружка из крапчатой керамики", "Кружки", "Тяжёлая кружка для неспешного утра.\nОбъём 350 мл.\nМожно мыть в посудомоечной машине.", "Цвет",
		testVariant{"Песочный", "890", "", 4}, testVariant{"Зелёный мох", "890", "", 0}, testVariant{"Угольный", "990", "", 9})
	s.product("Льняная скатерть", "Скатерти", "Мягкая скатерть из умягчённого льна.\n100% европейский лён.\nМашинная стирка при 40 °C.", "Размер",
		testVariant{"Маленькая", "1249", "", 2}, testVariant{"Средняя", "1299", "", 0}, testVariant{"Большая", "1299", "", 7})
	s.product("Латунная настольная лампа", "Лампы", "Лампа с поворотной ручкой.\nВысота 46 см, вес 1,8 кг.\nОдна лампочка E14.", "", testVariant{"", "5490", "6900", 3})
	s.passage("Доставка", "Сроки и цены", "По стране доставляем за 3–5 рабочих дней, цена 390 ₽. На острова доставка идёт 9 рабочих дней.")
	s.passage("Возврат", "Срок", "Вернуть неиспользованную вещь можно в течение 31 дня после получения. Причину мы не спрашиваем.")
	s.passage("Возврат", "Если разбилось", "Если что-то приехало разбитым, пришлите фото за 3 дня. Заменим бесплатно.")
	s.passage("Оплата", "Что принимаем", "Принимаем карты «Мир» и СБП. Наличные не принимаем.")
	return s
}
