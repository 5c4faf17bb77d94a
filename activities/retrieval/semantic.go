package retrieval

import (
	"encoding/binary"
	"math"
)

// semanticShare is the part of a score that a semantic embedder decides.
const semanticShare = 0.4

// mixIn gives the scores their share of how near the texts are to the
// question. Models' cosines fill a narrow range of their own, so what counts is
// how far a text stands out of the candidates, from their mean to their best.
func mixIn(texts []indexed, question []float32) {
	nearness := make([]float64, len(texts))
	mean, top := 0.0, 0.0
	for i := range texts {
		nearness[i] = max(0, cosine(question, texts[i].vector))
		mean += nearness[i] / float64(len(texts))
		top = max(top, nearness[i])
	}
	for i := range texts {
		outstanding := 1.0
		if top > mean {
			outstanding = max(0, (nearness[i]-mean)/(top-mean))
		}
		texts[i].Score = (1-semanticShare)*texts[i].Score + semanticShare*nearness[i]*outstanding
	}
}

// cosine is that of vectors of length 1; 0 where their dimensions differ.
func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// floatsOf is the inverse of bytesOf.
func floatsOf(bytes []byte) []float32 {
	if len(bytes) == 0 {
		return nil
	}
	vector := make([]float32, len(bytes)/4)
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(bytes[4*i:]))
	}
	return vector
}
