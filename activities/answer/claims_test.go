package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestTypedIn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		numbers []string
		emails  []string
		phones  []string
	}{
		{text: "#3217, ana@example.com - is it ready", numbers: []string{"3217"}, emails: []string{"ana@example.com"}},
		{text: "3209, ana@example.com.", numbers: []string{"3209"}, emails: []string{"ana@example.com"}},
		{text: "pedido 2311 correo ana@example.com", numbers: []string{"2311"}, emails: []string{"ana@example.com"}},
		{text: "№7301, почта ana@example.com", numbers: []string{"7301"}, emails: []string{"ana@example.com"}},
		{text: "order AB-1042?", numbers: []string{"AB1042"}},
		{text: "el 2050 ya salió?", numbers: []string{"2050"}},
		{text: "в каком статусе 5221 в пути?", numbers: []string{"5221"}},
		{text: "me manda o rastreio do 3425 tb", numbers: []string{"3425"}},
		{text: "la guía de 2050", numbers: []string{"2050"}},
		{text: "заказ 4530 900 000-01-39", numbers: []string{"4530"}, phones: []string{"9000000139"}},
		{text: "order 1042 (202) 555-0117", numbers: []string{"1042"}, phones: []string{"2025550117"}},
		{text: "заказ 4530, 8 900 000-01-39", numbers: []string{"4530"}, phones: []string{"89000000139"}},
		{text: "mi cel es (55) 5555-0142", phones: []string{"5555550142"}},
		{text: "meu número é 21 95555-0147", phones: []string{"21955550147"}},
		{text: "si mi compra es de 3500"},
		{text: "tengo 3500 pesos"},
		{text: "no quiero gastar más de 1200"},
		{text: "под ёлку до 3000"},
		{text: "queria uma bolsa até 400"},
		{text: "need around 200 tees, budget 1500"},
		{text: "house is 3500 sqft"},
		{text: "полотенце 140 см"},
		{text: "I paid $1500 or 1,299.00"},
		{text: "zip 31401"},
	}
	for _, c := range tests {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			got := typedIn(c.text)
			require.Equal(t, typed{numbers: c.numbers, emails: c.emails, phones: c.phones}, got)
		})
	}
}

func TestNationalPhones(t *testing.T) {
	t.Parallel()
	for said, order := range map[string]string{
		"телефон 89000000139":       "+79000000139",
		"8 (900) 000-01-39":         "+79000000139",
		"tel (55) 5555-0142":        "+525555550142",
		"whatsapp 21 95555-0147":    "+5521955550147",
		"my number is 202 555 0117": "+12025550117",
		"call 202-555-0117":         "+12025550117",
	} {
		got := typedIn(said)
		require.Len(t, got.phones, 1, said)
		require.True(t, models.SamePhone(got.phones[0], order), said)
	}
}
