// Package answer understands what a customer wrote and composes a grounded
// reply from numbered evidence, in the languages of models.Languages. It is
// pure: no I/O, no clock, no state between calls but how texts read, which
// changes no reply. What a language needs (stop words, phrases, templates)
// stands in that language's file; everything else is the same for all of them.
package answer

import (
	"time"

	"kedai/models"
)

// Speaker tells who said a line.
type Speaker string

// The speakers of a conversation.
const (
	Customer Speaker = "customer"
	Agent    Speaker = "agent"
	Person   Speaker = "person" // Somebody of the shop.
)

// Line is something that was said earlier.
type Line struct {
	From Speaker
	Text string
}

// Turn is what an engine sees of a conversation.
type Turn struct {
	Language models.Language // That the reply must be in.
	Shop     string          // Its name.
	Messages []string        // The burst to answer, oldest first.
	History  []Line          // Earlier lines of this conversation, oldest first.
	Now      time.Time       // In the account's time zone; fixed for the turn.
	Currency string          // Of the account; fixed for the turn.
	Proven   bool            // The channel proves who the customer is.

	Codes models.CodesStanding // Of one-time codes for orders; none in the Playground.
}

// Understanding is what Understand read out of a burst.
type Understanding struct {
	Language  models.Language // That the customer writes in.
	Intents   []models.Intent // In the order they were asked; at least one.
	Human     bool            // The customer wishes for a person.
	Questions []Question      // What is to be answered; empty for small talk.
	Options   []string        // Sizes and colours that were named.
	Orders    *OrderWish      // What to look orders up by; nil where no order is asked about.
	Search    string          // The text to search with; empty if nothing is to be searched.
}

// Question is one thing that is asked in a burst. Its words are in small
// letters; they are for matching and never said back to the customer.
type Question struct {
	Intent     models.Intent
	Tentative  bool     // Answered only where a product surely fits.
	Words      []string // Content words, in order.
	TopicWords []string // Those of them that name a topic.
	Cues       []string // Words of the phrases that told the intent.
	Aside      []string // Words that were remarked just before it.
	Own        []string // Those of Words that stand behind the comma of what was remarked with it.
	Context    []string // Words of what was spoken of before, or said beside it.
	Things     []string // Words of the products that were spoken of, where a rule may be asked about for them.
	Topics     []string // Subjects of policies.
	Attributes []string // What of a product is asked for, such as its weight.
	Facets     []string // What is asked of an order.
	Sizes      []string // Letter sizes, or numbers that stand as a size.
	Without    []string // Words for what isn't wanted.
	Colours    []string // By their English names.
	Days       []string // That are named, today and tomorrow among them.
	Numbers    []string // Numbers that may be an option or a quantity.
	Persons    int      // For how many people a thing has to do, or 0.
	Pieces     string   // How many pieces the customer wants, or empty.
	AtMost     string   // The most the customer would pay, or empty.
	AtLeast    string   // The least, where a range is named.
	Spends     string   // An amount of money that is named for no reason that is said.

	Wants    []models.Intent // All that is asked of products; Intent is the first of what counts.
	Measures []measure       // Numbers with their units, which may name an option.

	Payments string // In how many payments the customer would pay, or empty.

	Codes []saidCode // What may be discount codes.

	Sides []Question // What is named on each side of words such as "or".

	Lots []lot // What is wanted of each of several things.

	Before  models.Intent // What was asked of that which was spoken of before.
	Spoken  []string      // Titles of what was spoken of before.
	Carried []options     // What was named of it, the newest first.
	Place   int           // Of the one that is meant of several; -1 for the last.
	Extreme int           // 1 asks for the largest, -1 for the smallest.
	Dearest bool          // The one that costs most.

	Both       bool // Of each of those that are named.
	Options    bool // Which colours, sizes and so on there are.
	Asks       bool // It is a question by its form.
	Marked     bool // By a question mark.
	AsksTotal  bool // What several pieces come to.
	AsksWas    bool // What it cost before its price came down.
	Cheapest   bool // The one that costs least.
	AsksCount  bool // How many there are.
	AsksLeft   bool // How many are left, or may be bought.
	AsksAmount bool // An amount of money.
	AsksTime   bool // How long, or when.
	Refers     bool // Speaks of what is in Context as "it".

	said spoken // All of it, small words too.
	own  spoken // Of Own, without the remark.
	open bool   // It ends with a comma: what follows may ask about it.
}
