package answer

import (
	"sync"

	"kedai/models"
)

// leftPhrases ask in each language how many are left of something, or for the
// most of it that may be bought.
var leftPhrases = map[models.Language][]string{
	models.English: {
		"exact|total|current|actual|precise number|count|quantity|amount|qty|inventory", "qty|qtys", "quantity|quantities ~ left|available|remaining|hand|there|have|got|stock", "what|whats|which quantity|quantities|number",
		"number|count|amount u|you|yall|that|still|currently|of|do ~ ~ have|got|hold|left|available|remaining", "inventory|inventories", "stock level|levels|count|number|figure", "how much|deep ~ stock|inventory", "on hand", "what|whats ~ stock of|on|for|like|looking", "whats|what your|the stock",
		"most|max|maximum|limit ~ ~ i|we|u|you|yall ~ ~ buy|get|order|grab|purchase|snag|sell|supply", "max|maximum|largest|biggest ~ order|quantity|qty|amount", "how many ~ ~ i|we ~ buy|order|get|grab|purchase|snag", "how many ~ ~ u|you|yall|guys|there ~ left|have|got|sell|supply|stock|remain", "how many ~ ~ left|remaining|available",
		"how many|much ~ have|got left", "how many are there", "how many pairs|sets|packs|boxes|units|pieces ~ ~ ~ are there", "how low|close|near ~ stock|out|gone|selling*", "last few|one|ones|pieces", "units|pieces|pcs left|available|remaining", "all you|u|yall have|got",
	},
	models.Spanish: {
		"qué|que|cuál|cual|cuánta|cuanta|la ~ cantidad", "cantidad|número|numero|cifra exacta|exacto|total|disponible", "cantidad ~ queda*|hay|=tienen|=tienes|manejan|existencia", "=cuánto|=cuanto|qué|que|cuál|cual|del|de|su ~ stock|inventario", "stock|inventario del|de|actual|total|hay|tienen", "=existencias|=inventario",
		"=cuántos|=cuántas|=cuantos|=cuantas ~ ~ alcanza*|vend*|surt*|apart*|comprar|llevar*|pedir|disponible*|existencia|stock|sobra*|resta*|encargar|agarrar|mandar", "=cuántos|=cuántas|=cuantos|=cuantas ~ ~ hay|queda*|=tienen|=tienes|tendrán|tendran|traen|cuentan|manejan", "=cuántos|=cuántas|=cuantos|=cuantas pieza*|pza*|unidad*", "máximo|maximo|más|mas|tope|límite|limite ~ ~ comprar|llevar*|pedir|vender|venden|surtir|surten|encargar|apartar",
		"hasta =cuántos|=cuántas|=cuantos|=cuantas", "últimas|ultimas|últimos|ultimos piezas|pares|unidades|disponibles", "pieza*|unidades disponible*|restante*|exactas",
	},
	models.Portuguese: {
		"qual|=quanto|como|quanta ~ estoque", "estoque|inventário|inventario da|do|das|dos|de|dela|dele|delas|deles|atual|exato|total|disponível|disponivel", "o|seu estoque", "qual|que|quanta|a ~ quantidade", "quantidade|número|numero exata|exato|total|disponível|disponivel", "quantidade ~ tem|têm|resta*|sobr*|estoque|disponível|disponivel",
		"=quantos|=quantas ~ ~ comprar|levar|pegar|pedir|vend*|encomendar|reservar|disponíve*|disponive*|estoque|consigo|consegue*", "=quantos|=quantas ~ ~ rest*|sobr*|tem|têm|ainda|há", "=quantas|=quantos unidade*|peça*|peca*", "máximo|maximo|maior|limite|mais ~ ~ comprar|levar|pegar|pedir|vender|vendem|encomendar|fornecer|consigo|consegue*", "até|ate =quantos|=quantas", "últimas|ultimas|últimos|ultimos unidades|peças|pecas|pares",
		"unidades disponíveis|disponiveis|restantes",
	},
	models.Russian: {
		"каком|какое|какого|точное|общее|доступное количеств*|кол|числ*", "количеств* ~ есть|остал*|налич*|доступн*|осталось|имеется|складе|штук", "количество какое|уточните|подскажите|интересует", "кол во|ва", "остаток|остатки|остатков|остатка|остаточки", "какой|какие|по остат*", "точн* ~ число|цифр*|количество|остаток|остатки", "цифр* ~ остат*|налич*|складе",
		"сколько ~ ~ остал*|осталось|штук*|шт|экземпляров|наличии|складе|имеется|лежит|доступно|найдется|наберется|наскребете|завалялось", "сколько ~ ~ можно|могу|можем|реально|получится|дадите|выйдет ~ купить|взять|забрать|заказать|выкупить|набрать|приобрести", "сколько ~ ~ продадите|отдадите|отпустите|отгрузите|наберете|соберете|обеспечите|потянете", "сколько есть|имеется", "сколько ~ есть у|сейчас|еще|всего", "сколько у вас|вас|их|таких",
		"максимум|макс|максимальн*|наибольшее|предел|потолок ~ ~ купить|взять|забрать|заказать|выкупить|продадите|продать|отдать|отдадите|отгрузите|отгрузить|приобрести|набрать", "купить|взять|забрать|заказать|выкупить|продадите|продать|отдадите|отгрузите|приобрести ~ максимум|макс|максимально", "самое большое|большее ~ ~ купить|взять|заказать|продадите", "до скольки|скольких штук", "последние|последних штуки|штук|экземпляр*|пары|пар", "на сколько хватит|штук",
	},
}

var leftLexicons = sync.OnceValue(func() map[models.Language][]pattern {
	compiled := map[models.Language][]pattern{}
	for code, phrases := range leftPhrases {
		compiled[code] = compilePatterns(phrases)
	}
	return compiled
})

// asksLeft reports whether some words ask how many there are left, and marks
// those that do. How many days are left is no question of stock.
func (lex *lexicon) asksLeft(words []word, used []bool) bool {
	return !matchAny(lex.timeUnit, words, nil) && matchAny(leftLexicons()[lex.code], words, used)
}

// ordinals are the endings that may be written behind a number.
var ordinals = wordSet("го й ый ой ого ому му ом ым ая ую")

// withoutOrdinals takes the endings off numbers: 20-го is 20.
func withoutOrdinals(words []word) []word {
	kept := words[:0]
	for _, w := range words {
		if n := len(kept); n > 0 && kept[n-1].number && w.glued && ordinals[w.text] {
			kept[n-1].stop = w.stop
			continue
		}
		kept = append(kept, w)
	}
	return kept
}
