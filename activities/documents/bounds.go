package documents

import "time"

// What a source may be. Each limit stands where a shop's real documents end
// and well before an input costs more memory or time than one is worth: what
// is read lives in the worker, beside everybody's conversations. The largest
// inputs that all limits admit are read in seconds and in less than 300 MiB.
const (
	// MaxBytes is how large an upload or a fetched page may be.
	MaxBytes = 10 << 20

	// maxText is the length of a source's text in characters, about 1,000
	// printed pages. A passage has 900 characters, so this is some thousands
	// of passages to search.
	maxText = 2_000_000
	// maxTextLines bounds the memory of the Markdown tree, whose nodes are
	// made by lines: a real text has 40 characters in one.
	maxTextLines = 100_000 // maxPassages bounds what one source adds to the index.
	maxPassages  = 10_000
	// maxTitle is the length of a title in characters.
	maxTitle = 200

	// maxPages is how many pages of a PDF are read: longer ones are
	// catalogues, whose products belong into the product import.
	maxPages = 500
	// maxPDFMemory is all that the reader of PDFs may take up for one. Pictures
	// aren't looked at, so this is for the file itself and for the text of a page.
	maxPDFMemory = 128 << 20

	// maxExpanded is how much all parts of a DOCX that are read may expand to.
	maxExpanded = 50 << 20
	// maxRatio is how much one part may expand. Text of the most uniform kind
	// shrinks to a hundredth; what shrinks further was made to be a bomb.
	maxRatio = 200
	// minBomb is up to where any ratio will do: small files are harmless.
	minBomb = 1 << 20
	// maxEntries is how many files a DOCX may hold; real ones hold a picture
	// each beside some twenty parts.
	maxEntries = 2_000

	// maxNesting is how deep elements of XML and HTML may nest. Page builders
	// reach about 60.
	maxNesting = 512
	// maxTag is the length of one tag; real ones end after some hundred bytes.
	maxTag = 64 << 10
	// maxRun is how long the text between two tags may be: all of the text.
	maxRun = 4 * maxText
	// maxToken is how long one token of HTML may be, scripts included.
	maxToken = 4 << 20

	// maxRows and maxColumns bound a CSV, and maxColumns tables elsewhere:
	// each row repeats the columns' names.
	maxRows    = 20_000
	maxColumns = 100
	// maxCells bounds a Markdown table, whose short rows are filled up.
	maxCells = 200_000

	// maxTime is how long a document may take where the context sets no end.
	maxTime = 20 * time.Second
	// readers is how many documents are read at a time in a process; it
	// bounds the memory of all of them.
	readers = 2
)
