package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kedai/activities/retrieval"
	"kedai/models"
)

// SearchReport is how long searches take in a large account, beside bare
// hybrid queries of the same words in the same run.
type SearchReport struct {
	Products int     `json:"products"`
	Passages int     `json:"passages"`
	Queries  int     `json:"queries"` // Of each, in turn.
	WriteS   float64 `json:"write_s"` // To write the whole index.
	Search   Times   `json:"search_ms"`
	Bare     Times   `json:"bare_ms"`
	RatioP95 float64 `json:"ratio_p95"`
}

// Times are percentiles in milliseconds.
type Times struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
	Max float64 `json:"max"`
}

// Search measures an index of so many products, and a twentieth of passages.
func Search(ctx context.Context, w *retrieval.Weaviate, products, queries int) (*SearchReport, error) {
	r := &SearchReport{Products: products, Passages: products / 20, Queries: queries}
	if err := w.Setup(ctx); err != nil {
		return nil, err
	}
	account := uuid.New()
	defer func() { _ = w.DropAccount(context.WithoutCancel(ctx), account) }()
	random := rand.New(rand.NewPCG(1, 2))
	start := time.Now()
	if err := fill(ctx, w, account, random, r); err != nil {
		return nil, err
	}
	r.WriteS = time.Since(start).Seconds()
	var searches, bares []time.Duration
	for range queries {
		q := retrieval.Query{Language: models.English, Text: phrase(random, 3), Limit: 10}
		start := time.Now()
		if _, err := w.Search(ctx, account, q); err != nil {
			return nil, err
		}
		searches = append(searches, time.Since(start))
		start = time.Now()
		if _, err := w.Bare(ctx, account, q); err != nil {
			return nil, err
		}
		bares = append(bares, time.Since(start))
	}
	r.Search, r.Bare = timesOf(searches), timesOf(bares)
	r.RatioP95 = r.Search.P95 / r.Bare.P95
	return r, nil
}

const writtenAtATime = 500

func fill(ctx context.Context, w *retrieval.Weaviate, account uuid.UUID, random *rand.Rand, r *SearchReport) error {
	for n := 0; n < r.Products; n += writtenAtATime {
		batch := make([]models.Product, min(writtenAtATime, r.Products-n))
		for i := range batch {
			batch[i] = models.Product{
				ID: uuid.New(), Handle: fmt.Sprint(n + i), Title: phrase(random, 4), Type: phrase(random, 1), Tags: []string{phrase(random, 1)},
				Body: phrase(random, 60), Variants: []models.Variant{{SKU: fmt.Sprintf("SKU-%d", n+i)}},
			}
		}
		if err := w.PutProducts(ctx, account, models.English, batch); err != nil {
			return err
		}
	}
	passages := make([]models.Passage, r.Passages)
	for i := range passages {
		passages[i] = models.Passage{ID: uuid.New(), N: i, Headings: []string{phrase(random, 3)}, Text: phrase(random, 120)}
	}
	return w.PutPassages(ctx, account, models.English, "Policies", passages)
}

// phrase returns words of shops, some common and most rare.
func phrase(random *rand.Rand, words int) string {
	out := make([]string, words)
	for i := range out {
		out[i] = shopWords[int(float64(len(shopWords))*random.Float64()*random.Float64())]
	}
	return strings.Join(out, " ")
}

var shopWords = strings.Fields(`
	cotton blue white black small large soft jacket shirt lamp mug bowl plate towel linen wool leather bag shoes boots
	kitchen table chair oak glass ceramic steel garden plant pot candle gift set kids men women summer winter warm light
	waterproof cushion cover blanket knife board pan kettle teapot cup spoon fork napkin runner basket shelf mirror rug
	curtain pillow duvet sheet scarf hat gloves belt socks dress skirt trousers jeans coat sweater hoodie sneakers sandals
	backpack wallet watch ring necklace earrings bracelet pendant silver gold pearl phone case charger cable speaker
	headphones keyboard mouse camera tripod bicycle helmet tyre pump tent lantern bottle thermos yoga mat dumbbell ball
	puzzle doll blocks crayons notebook pen pencil ruler paint brush canvas hammer drill screw saw ladder rope hose seeds
	shovel rake gloves feeder collar leash bowl litter toy aquarium coffee tea chocolate honey oil salt pepper vinegar`)

func timesOf(list []time.Duration) Times {
	slices.Sort(list)
	at := func(share float64) float64 {
		return float64(list[min(len(list)-1, int(share*float64(len(list))))].Microseconds()) / 1000
	}
	return Times{P50: at(0.5), P95: at(0.95), Max: at(1)}
}
