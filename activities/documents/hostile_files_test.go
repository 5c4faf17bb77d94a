package documents

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// book is a PDF of pages that all show the same.
func book(pages int, content string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", content}
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", i+4)
		objects = append(objects, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>")
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), pages)
	return pdfOf("", objects...)
}

// lines writes lines of text below each other.
func lines(n int) func(*zlib.Writer) {
	return func(w *zlib.Writer) {
		for i := range n {
			_, _ = fmt.Fprintf(w, "BT /F1 1 Tf 1 0 0 1 1 %d Tm (%s) Tj ET\n", -2*i, strings.Repeat("a b ", 60))
		}
	}
}

func bombInBomb(write func(*zlib.Writer)) string {
	var inner bytes.Buffer
	w := zlib.NewWriter(&inner)
	write(w)
	_ = w.Close()
	return strings.Replace(pdfDeflated("", func(w *zlib.Writer) { _, _ = w.Write(inner.Bytes()) }), "/FlateDecode", "[/FlateDecode /FlateDecode]", 1)
}

// random is a text that doesn't shrink well, of n bytes.
func random(n int, between string) string {
	var out strings.Builder
	state := uint32(1)
	for out.Len() < n {
		state = state*1664525 + 1013904223
		fmt.Fprintf(&out, "%x%s", state, between)
	}
	return out.String()
}

func randomAttributes(n int) string { return "a" + random(n, `="" a`) + `=""/>` }

// resized makes an archive say that its files are of another size.
func resized(archive []byte, size uint32) []byte {
	at := bytes.Index(archive, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(archive[at+24:], size)
	return archive
}

// flagged makes an archive say that its first file is encrypted.
func flagged(archive []byte) []byte {
	archive = bytes.Clone(archive)
	at := bytes.Index(archive, []byte("PK\x01\x02"))
	archive[at+8] |= 1
	return archive
}

// overlapped is an archive two files of which are the same bytes.
func overlapped(t *testing.T) []byte {
	archive := wordFile(t, word("Normal", secret))
	end := bytes.LastIndex(archive, []byte("PK\x05\x06"))
	at := bytes.LastIndex(archive[:end], []byte("PK\x01\x02"))
	double := bytes.Replace(archive[at:end], []byte("word/"), []byte("drow/"), 1)
	tail := bytes.Clone(archive[end:])
	binary.LittleEndian.PutUint16(tail[8:], binary.LittleEndian.Uint16(tail[8:])+1)
	binary.LittleEndian.PutUint16(tail[10:], binary.LittleEndian.Uint16(tail[10:])+1)
	binary.LittleEndian.PutUint32(tail[12:], binary.LittleEndian.Uint32(tail[12:])+uint32(len(double)))
	return append(append(bytes.Clone(archive[:end]), double...), tail...)
}
