package answer

import (
	"testing"

	"kedai/models"
)

// optionShop has a jumper with two options: one large and one small are sold out.
func optionShop(language models.Language) testShop {
	type texts struct {
		title, kind, body string
		options           []string
		sizes, colours    [2]string
		prices            [2]string
	}
	w := map[models.Language]texts{
		models.English:    {"Merino Wool Jumper", "Jumpers", "A light jumper.", []string{"Size", "Colour"}, [2]string{"Small", "Large"}, [2]string{"Blue", "Grey"}, [2]string{"60", "65"}},
		models.Spanish:    {"Suéter de merino", "Suéteres", "Un suéter ligero.", []string{"Talla", "Color"}, [2]string{"Chica", "Grande"}, [2]string{"Azul", "Gris"}, [2]string{"600", "650"}},
		models.Portuguese: {"Suéter de Merino", "Suéteres", "Um suéter leve.", []string{"Tamanho", "Cor"}, [2]string{"P", "G"}, [2]string{"Azul", "Cinza"}, [2]string{"120", "130"}},
		models.Russian:    {"Свитер из мериноса", "Свитеры", "Лёгкий свитер.", []string{"Размер", "Цвет"}, [2]string{"S", "L"}, [2]string{"Синий", "Серый"}, [2]string{"1200", "1300"}},
	}[language]
	return stocked(language, testProduct{w.title, w.kind, w.body, w.options, []testChoice{
		{[]string{w.sizes[0], w.colours[0]}, w.prices[0], 5},
		{[]string{w.sizes[0], w.colours[1]}, w.prices[0], 0},
		{[]string{w.sizes[1], w.colours[0]}, w.prices[0], 0},
		{[]string{w.sizes[1], w.colours[1]}, w.prices[1], 5},
	}})
}

func TestOptionsThatAreAskedFor(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := optionShop(models.English), optionShop(models.Spanish), optionShop(models.Portuguese), optionShop(models.Russian)
	runTalks(t, []talkCase{
		{name: "two options of what there is", shop: en, say: "do you have the merino jumper in large and grey?", has: []string{"is in stock in Large / Grey"}, lacks: []string{"Blue", "Small", "Sorry"}},
		{name: "two options that are sold out together", shop: en, say: "do you have the large merino jumper in blue?", has: []string{"in Large / Blue is out of stock", "In stock: Small / Blue, Large / Grey."}, lacks: []string{"Yes"}},
		{name: "one option", shop: en, say: "is the merino jumper available in large?", has: []string{"in stock in: Large / Grey. Out of stock: Large / Blue."}, lacks: []string{"Small"}},
		{name: "an option that doesn't exist", shop: en, say: "do you have the merino jumper in medium?", has: []string{"doesn't come in that option", "Size — Small, Large; Colour — Blue, Grey"}, lacks: []string{"in stock", "edium"}},
		{name: "one that exists with one that doesn't", shop: en, say: "do you have a merino jumper in large red?", has: []string{"doesn't come in that option", "Colour — Blue, Grey"}, lacks: []string{"in stock", "red"}},
		{name: "the price of two options", shop: en, say: "how much is the merino jumper in large grey?", has: []string{"(Large / Grey) costs $65.00"}, lacks: []string{"$60"}},
		{name: "which there are", shop: en, say: "what colours does the merino jumper come in?", has: []string{"in stock in: Small / Blue, Large / Grey.", "Out of stock: Small / Grey, Large / Blue."}},
		{name: "two options of what there is", shop: es, say: "tienen el suéter de merino gris en grande?", has: []string{"tenemos", "en Grande / Gris"}, lacks: []string{"Azul", "Chica", "Lo siento"}},
		{name: "two options that are sold out together", shop: es, say: "tienen el suéter de merino azul en grande?", has: []string{"no hay existencias", "en Grande / Azul", "Sí tenemos: Chica / Azul, Grande / Gris."}},
		{name: "an option that doesn't exist", shop: es, say: "tienen el suéter de merino en rojo?", has: []string{"no viene en esa opción", "Talla — Chica, Grande; Color — Azul, Gris"}, lacks: []string{"rojo", "tenemos"}},
		{name: "two options of what there is", shop: pt, say: "tem o suéter de merino cinza no G?", has: []string{"temos", "em G / Cinza"}, lacks: []string{"Azul", "Infelizmente"}},
		{name: "two options that are sold out together", shop: pt, say: "tem o suéter de merino azul no G?", has: []string{"não temos", "em G / Azul", "P / Azul, G / Cinza"}},
		{name: "an option that doesn't exist", shop: pt, say: "tem o suéter de merino GG?", has: []string{"Tamanho — P, G; Cor — Azul, Cinza"}, lacks: []string{"GG", "temos"}},
		{name: "two options of what there is", shop: ru, say: "есть серый свитер из мериноса, большой?", has: []string{"(L / Серый) есть в наличии"}, lacks: []string{"Синий", "нет в наличии"}},
		{name: "two options that are sold out together", shop: ru, say: "есть свитер из мериноса синий L?", has: []string{"(L / Синий) сейчас нет в наличии", "S / Синий, L / Серый"}},
		{name: "the price of two options", shop: ru, say: "сколько стоит свитер из мериноса серый L?", has: []string{"(L / Серый)", "1 300 ₽"}, lacks: []string{"1 200"}},
		{name: "an option that doesn't exist", shop: ru, say: "есть свитер из мериноса XXL?", has: []string{"Размер — S, L; Цвет — Синий, Серый"}, lacks: []string{"XXL", "наличии"}},
	})
}
