package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed demo
var demoFS embed.FS

// DemoPage is what the demo shop's page shows.
type DemoPage struct {
	Shop string
	// Language is one of en, es, pt, ru; anything else is shown in English.
	Language string
	// Inbox is the public ID of the website inbox that the chat writes to.
	Inbox    string
	Products []DemoProduct
}

// DemoProduct is one card of the grid.
type DemoProduct struct {
	Title string
	// Price is the text to show, currency included.
	Price string
	// ImageURL may be empty: a drawing stands in.
	ImageURL string
}

// demoWords are the page's own words in one language.
type demoWords struct {
	Name, Lead, Text, Ask, Products, Hint, Note string
}

var demoLanguages = []string{"en", "es", "pt", "ru"}

var demoTexts = map[string]demoWords{
	"en": {
		Name:     "English",
		Lead:     "Good things for the kitchen and the home",
		Text:     "Made to be used every day, and to last.",
		Ask:      "Ask a question",
		Products: "Products",
		Hint:     "Ask the chat for a price, what is in stock, or how delivery and returns work.",
		Note:     "This is a demonstration: nothing is sold here.",
	},
	"es": {
		Name:     "Español",
		Lead:     "Cosas buenas para la cocina y el hogar",
		Text:     "Hechas para usarse todos los días, y para durar.",
		Ask:      "Hacer una pregunta",
		Products: "Productos",
		Hint:     "Pregunta en el chat por un precio, por lo que hay en existencia o por los envíos y devoluciones.",
		Note:     "Esto es una demostración: aquí no se vende nada.",
	},
	"pt": {
		Name:     "Português",
		Lead:     "Coisas boas para a cozinha e a casa",
		Text:     "Feitas para usar todos os dias, e para durar.",
		Ask:      "Fazer uma pergunta",
		Products: "Produtos",
		Hint:     "Pergunte no chat por um preço, pelo que há em estoque ou por entregas e devoluções.",
		Note:     "Isto é uma demonstração: aqui nada é vendido.",
	},
	"ru": {
		Name:     "Русский",
		Lead:     "Хорошие вещи для кухни и дома",
		Text:     "Чтобы пользоваться каждый день и долго.",
		Ask:      "Задать вопрос",
		Products: "Товары",
		Hint:     "Спросите в чате о цене, о наличии, о доставке или возврате.",
		Note:     "Это демонстрация: здесь ничего не продаётся.",
	},
}

// demoLink leads to the page in one language.
type demoLink struct {
	Language, Name string
	Current        bool
}

// drawings is how many patterns the page's template has for products without a picture.
const drawings = 6

var demoTemplate = template.Must(template.New("index.html").
	Funcs(template.FuncMap{"drawing": func(index int) int { return index % drawings }}).
	ParseFS(demoFS, "demo/index.html"))

// Demo writes the demo shop's page, chat included.
func Demo(w io.Writer, page DemoPage) error {
	style, err := demoFS.ReadFile("demo/demo.css")
	if err != nil {
		return fmt.Errorf("read the demo page's style: %w", err)
	}
	if _, known := demoTexts[page.Language]; !known {
		page.Language = demoLanguages[0]
	}
	links := make([]demoLink, 0, len(demoLanguages))
	for _, language := range demoLanguages {
		links = append(links, demoLink{Language: language, Name: demoTexts[language].Name, Current: language == page.Language})
	}
	// Rendered in full first: a page that fails half-way must not go out as if it were whole.
	var whole bytes.Buffer
	err = demoTemplate.Execute(&whole, struct {
		DemoPage
		Words demoWords
		Links []demoLink
		Style template.CSS
	}{page, demoTexts[page.Language], links, template.CSS(style)}) //nolint:gosec // The style is embedded, not input.
	if err != nil {
		return fmt.Errorf("render the demo page: %w", err)
	}
	if _, err := whole.WriteTo(w); err != nil {
		return fmt.Errorf("write the demo page: %w", err)
	}
	return nil
}
