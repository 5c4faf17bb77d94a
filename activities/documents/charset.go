package documents

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"

	"kedai/models"
)

// decode returns a text in UTF-8, without byte order mark and with one sort of
// line end.
func decode(format Format, body []byte) (string, error) {
	encoded, err := charsetOf(format, body)
	if err != nil {
		return "", err
	}
	if encoded != nil {
		body, err = encoded.NewDecoder().Bytes(body)
		if err != nil || bytes.ContainsRune(body, unicode.ReplacementChar) {
			return "", notText()
		}
	}
	text := strings.TrimPrefix(string(body), "\ufeff")
	if strings.ContainsFunc(text, isBinary) {
		return "", notText()
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if strings.TrimSpace(text) == "" {
		return "", models.Errorf(models.CodeInvalid, "The document is empty.")
	}
	return text, nil
}

// isBinary tells of characters that no text holds. Form feeds and the end
// marks of old systems are harmless.
func isBinary(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b", r)
}

func notText() error {
	return models.Errorf(models.CodeInvalid, "The document isn't a readable text: save it as UTF-8.")
}

// charsetOf returns the encoding of a text, nil for UTF-8. What a text says of
// itself comes first, then UTF-8, then the encodings of old programs.
func charsetOf(format Format, body []byte) (encoding.Encoding, error) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return valid(body)
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("\xfe\xff")):
		return utf.UTF16(utf.LittleEndian, utf.UseBOM), nil
	}
	if encoded := wide(body); encoded != nil {
		return encoded, nil
	}
	if format == FormatHTML {
		// The other two are what it says of pages that don't tell, too.
		if encoded, name, _ := charset.DetermineEncoding(body, ""); name != "utf-8" && name != "windows-1252" {
			return encoded, nil
		}
	}
	if utf8.Valid(body) {
		return nil, nil
	}
	return legacy(body)
}

func valid(body []byte) (encoding.Encoding, error) {
	if !utf8.Valid(body) {
		return nil, models.Errorf(models.CodeInvalid, "The document isn't valid UTF-8: save it as UTF-8 again.")
	}
	return nil, nil
}

// wide returns UTF-16 if a text without byte order mark is full of zeros in
// every second place, as letters of Latin are.
func wide(body []byte) encoding.Encoding {
	head := body[:min(len(body), 4096)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 2 || len(body)%2 != 0:
		return nil
	case zeros[1] > half/2 && zeros[0] == 0:
		return utf.UTF16(utf.LittleEndian, utf.IgnoreBOM)
	case zeros[0] > half/2 && zeros[1] == 0:
		return utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
	}
	return nil
}

// legacy tells Windows-1251 from Windows-1252. Cyrillic words are made of
// letters above ASCII altogether, Western ones have one among others.
func legacy(body []byte) (encoding.Encoding, error) {
	multibyte, invalid := 0, 0
	for rest := body; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			invalid++
		case size > 1:
			multibyte++
		}
		rest = rest[size:]
	}
	// Pairs of letters in old encodings are hardly ever valid UTF-8.
	if multibyte > invalid {
		return nil, models.Errorf(models.CodeInvalid, "The document isn't valid UTF-8: save it as UTF-8 again.")
	}
	letters, together := 0, 0
	for i, b := range body {
		if b < 0xc0 {
			continue
		}
		letters++
		if i > 0 && body[i-1] >= 0xc0 || i+1 < len(body) && body[i+1] >= 0xc0 {
			together++
		}
	}
	if letters > 0 && together*2 > letters {
		return charmap.Windows1251, nil
	}
	return charmap.Windows1252, nil
}
