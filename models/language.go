package models

// Language is an ISO 639-1 code of a language the agent speaks.
type Language string

// The languages of the first version. To add one, add its code here and its
// data file in activities/answer.
const (
	English    Language = "en"
	Spanish    Language = "es"
	Portuguese Language = "pt"
	Russian    Language = "ru"
)

// Languages lists every language the agent can be set to.
func Languages() []Language { return []Language{English, Spanish, Portuguese, Russian} }

// Valid reports whether the agent speaks l.
func (l Language) Valid() bool {
	for _, known := range Languages() {
		if l == known {
			return true
		}
	}
	return false
}
