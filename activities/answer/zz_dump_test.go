package answer

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"kedai/models"
)

func TestZZDump(t *testing.T) {
	out, _ := os.Create(os.Getenv("DUMP"))
	defer out.Close()
	for _, l := range models.Languages() {
		ev := testShops[l]().evidence()
		for _, m := range models.Languages() {
			for _, c := range replyCases[m] {
				turn := Turn{Language: l, Shop: "H", Messages: c.say, History: c.history}
				u := Understand(turn)
				fmt.Fprintf(out, "%+v %+v\n", u, Reply(turn, u, ev, 0))
			}
		}
		folder := filepath.Join(examFolder, "apparel", string(l))
		shop := readExamShop(t, folder)
		for _, c := range readExamCases(t, folder) {
			var h []Line
			for _, s := range c.Turns {
				turn := Turn{Language: l, Shop: "H", Messages: s.Say, History: h}
				u := Understand(turn)
				d := Reply(turn, u, shop.search(u.Search, l), 0)
				fmt.Fprintf(out, "%s %+v %+v\n", c.ID, u, d)
				for _, x := range s.Say {
					h = append(h, Line{Customer, x})
				}
				h = append(h, Line{Agent, d.Text})
			}
		}
	}
}
