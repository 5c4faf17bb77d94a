package answer

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// measure is a number with its unit, such as 2 l or 1 tb.
type measure struct {
	number string
	unit   string // As unitNames has it.
}

// unitNames are how units are written in any of the languages, the first word of
// each line being the one that stands for it.
const unitNames = `
tb tera teras terabyte terabytes terabyt тб терабайт терабайта терабайтов терабайтный
gb gig gigs giga gigas gigabyte gigabytes gbs гб гиг гига гигабайт гигабайта гигабайтов
mb мб
l lt lts litre litres liter liters litro litros л литр литра литров литровый литровая
ml mililitros мл миллилитров
cl
cm cms centimeters centimetres centimetros см сантиметр сантиметра сантиметров
mm milimetros мм миллиметров
m mt mts meter meters metre metres metro metros м метр метра метров метровый
km км
in inch inches pulgada pulgadas polegada polegadas дюйм дюйма дюймов дюймовый
ft foot feet pie pies pes фут фута футов
oz ounce ounces onza onzas onca oncas унция унции унций
lb lbs pound libra libras фунт фунта фунтов
kg kgs kilo kilos quilo quilos кг кило килограмм килограмма килограммов
g gr grs gram grams gramo gramos grama gramas г гр грамм грамма граммов
w watt watts вт ватт ватта ватты
v volt volts voltios вольт
mah мач
wh
hz герц гц hercios hertz
mp megapixel megapixels мп
k2 2k
k4 4k
pack packs packet пак
`

var units = func() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(unitNames) {
		words := strings.Fields(fold(line))
		for _, w := range words {
			names[w] = words[0]
		}
	}
	return names
}()

// thousands are the words behind a number that make it so many thousands.
var thousands = wordSet("k к mil тыс тысяч тысячи тысяча тысячу тыщ тыщи тыщу thousand grand")

// fullNumbers joins a number with the word that makes it thousands: 20k, 5 тысяч.
func fullNumbers(words []word) []word {
	kept := words[:0]
	for i := 0; i < len(words); i++ {
		w := words[i]
		if i+2 < len(words) && thousands[w.text] && utf8.RuneCountInString(w.text) > 3 && !words[i+1].number && words[i+2].number && len(words[i+2].text) < 4 && (i == 0 || !words[i-1].number) {
			// Thousands said before their number: тысяч до 7.
			words[i+2].text += "000"
			words[i+2].stem, words[i+2].plain = words[i+2].text, words[i+2].text
			continue
		}
		if w.number && i+1 < len(words) && thousands[words[i+1].text] && w.stop == 0 {
			if n, err := decimal.NewFromString(w.text); err == nil && n.LessThan(decimal.NewFromInt(1000)) {
				w.text = n.Mul(decimal.NewFromInt(1000)).String()
				w.stem, w.plain, w.stop = w.text, w.text, words[i+1].stop
				i++
			}
		}
		kept = append(kept, w)
	}
	return kept
}

// measureAt reads a number with the unit that follows it.
func measureAt(words []word, i int) (measure, bool) {
	if !words[i].number || i+1 >= len(words) || words[i].stop != 0 {
		return measure{}, false
	}
	unit, known := units[words[i+1].text]
	return measure{number: words[i].text, unit: unit}, known
}
