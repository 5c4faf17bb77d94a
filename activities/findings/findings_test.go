package findings_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/activities/documents"
	"kedai/activities/findings"
	"kedai/models"
)

// examine reads Markdown files as sources of one set.
func examine(t *testing.T, files map[string]string) (topics map[models.Topic]bool, endless, contradictions []models.Finding) {
	t.Helper()
	topics = map[models.Topic]bool{}
	var facts []models.Fact
	for name, body := range files {
		document, err := documents.ReadMarkdown(name, []byte(body))
		require.NoError(t, err)
		passages := make([]models.Passage, len(document.Passages))
		for i, p := range document.Passages {
			passages[i] = models.Passage{N: i, Headings: p.Headings, Text: p.Text}
		}
		exam := findings.Examine(name, document.Title, passages)
		for _, topic := range exam.Topics {
			topics[topic] = true
		}
		source := uuid.New()
		for _, f := range exam.Facts {
			f.SourceID, f.Title = source, document.Title
			facts = append(facts, f)
		}
		endless = append(endless, exam.Findings...)
	}
	return topics, endless, models.Contradictions(facts)
}

// shops returns the policies of the demo shop and, where they are, of others.
func shops(t *testing.T) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	for _, root := range []string{"../../deploy/demo/homeware", "../../../shared/exam/apparel"} {
		files, err := fs.Glob(os.DirFS(root), "*/policies/*.md")
		require.NoError(t, err)
		for _, file := range files {
			body, err := os.ReadFile(path.Join(root, file))
			require.NoError(t, err)
			shop := path.Join(root, strings.SplitN(file, "/", 2)[0])
			if out[shop] == nil {
				out[shop] = map[string]string{}
			}
			out[shop][path.Base(file)] = string(body)
		}
	}
	require.GreaterOrEqual(t, len(out), 4)
	return out
}

func TestNoFalseAlarm(t *testing.T) {
	t.Parallel()
	for shop, files := range shops(t) {
		t.Run(shop, func(t *testing.T) {
			t.Parallel()
			topics, endless, contradictions := examine(t, files)
			require.Empty(t, endless)
			require.Empty(t, contradictions)
			for _, topic := range []models.Topic{models.TopicShipping, models.TopicReturns, models.TopicRefunds, models.TopicPayment, models.TopicPromotions, models.TopicAbout} {
				require.True(t, topics[topic], topic)
			}
		})
	}
}

func TestContradictions(t *testing.T) {
	t.Parallel()
	policies := shops(t)
	for name, test := range map[string]struct {
		shop, faq, subject string
	}{
		"days to return, English":    {"en", "You can return anything within 14 days of delivery.", "returns.days"},
		"days to return, Spanish":    {"es", "Tienes 15 días para devolver tu compra.", "returns.days"},
		"days to return, Portuguese": {"pt", "Você pode devolver em até 15 dias após a entrega.", "returns.days"},
		"days to return, Russian":    {"ru", "Вернуть заказ можно в течение 10 дней после получения.", "returns.days"},
		"weeks to return":            {"en", "You have 2 weeks to return a purchase.", "returns.days"},
		"free shipping, English":     {"en", "Shipping is free for orders over $75.", "shipping.free_from"},
		"free shipping, Spanish":     {"es", "El envío es gratis desde $999.", "shipping.free_from"},
		"free shipping, Portuguese":  {"pt", "O frete é grátis acima de R$ 299,00.", "shipping.free_from"},
		"free shipping, Russian":     {"ru", "Доставка бесплатна при заказе от 4 900 ₽.", "shipping.free_from"},
		"what a code takes off":      {"en", "Use TABLE15 for 20% off tableware.", "discount.TABLE15"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"extra.md": "# Extra\n\n" + test.faq}
			for file, body := range policies["../../deploy/demo/homeware/"+test.shop] {
				files[file] = body
			}
			_, _, found := examine(t, files)
			require.Len(t, found, 1)
			require.Equal(t, test.subject, found[0].Subject)
			quotes := ""
			for _, s := range found[0].Statements {
				quotes += s.Quote
			}
			require.Contains(t, quotes, test.faq)
			require.Greater(t, len(found[0].Statements), 1, "both sides are named")
		})
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	one := "# About\n\n## Customer service hours\n\n- Monday to Friday: 8:30 am to 6 pm\n- Saturday: 10 am to 3 pm\n\n## Showroom\n\nOpen Monday to Friday from 11 am to 7 pm."
	for name, test := range map[string]struct {
		other    string
		subjects []string
	}{
		"other hours of the same days":             {"# Contact\n\n## Support\n\nMon-Fri 9:00-17:00, Sat 10:00-15:00", []string{"hours.support.1-5"}},
		"the same hours written otherwise":         {"# Contact\n\n## Support\n\nMonday–Friday 8:30–18:00", nil},
		"hours of another place":                   {"# Contact\n\n## Warehouse\n\nMonday to Friday: 7:00-15:00", nil},
		"the other language's way":                 {"# Contacto\n\n## Horario de atención\n\nLunes a viernes: de 9:30 a 18:30", []string{"hours.support.1-5"}},
		"the third one's":                          {"# Contato\n\n## Atendimento\n\nSegunda a sexta: das 9h às 18h30", []string{"hours.support.1-5"}},
		"the fourth one's":                         {"# Контакты\n\n## Поддержка\n\nПонедельник — пятница: 10:00–19:30", []string{"hours.support.1-5"}},
		"a time by which an order leaves is none":  {"# Shipping\n\nOrders placed before 1 pm, Monday to Friday, leave the same day.", nil},
		"days that a delivery takes aren't either": {"# Shipping\n\nFrom Monday to Friday it takes 4 to 6 days.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, found := examine(t, map[string]string{"about.md": one, "other.md": test.other})
			var subjects []string
			for _, f := range found {
				subjects = append(subjects, f.Subject)
			}
			require.Equal(t, test.subjects, subjects)
		})
	}
}

func TestEndlessPromotions(t *testing.T) {
	t.Parallel()
	for text, alarms := range map[string]int{
		"# Promotions\n\n## Summer\n\n20% off all shirts with SUN20.":                               1,
		"# Promociones\n\n## Verano\n\n20% de descuento en camisas con el código SOL20.":            1,
		"# Promoções\n\n## Verão\n\n20% de desconto em camisas com o cupom SOL20.":                  1,
		"# Акции\n\n## Лето\n\nСкидка 20% на рубашки по промокоду LETO20.":                          1,
		"# Shop news\n\n## Sale\n\n20% off all shirts.\n\n## Team\n\n20% of us work in the office.": 1,
		"# Promotions\n\n## Summer\n\n20% off. Starts June 1, 2026.":                                1,
		"# Promotions\n\n## Summer\n\n20% off until August 31.":                                     0,
		"# Promotions\n\n## Summer\n\n20% off from June 1 to 30.":                                   0,
		"# Promotions\n\n## Summer\n\n20% off while stocks last.":                                   0,
		"# Акции\n\n## Лето\n\nСкидка 20% до 31 августа.":                                           0,
		"# Promotions\n\n## Always\n\nStudents always get 10% off.":                                 0,
		"# Shipping\n\nCustoms take 20% of the value.":                                              0,
	} {
		_, endless, _ := examine(t, map[string]string{"a.md": text})
		require.Len(t, endless, alarms, text)
	}
}
