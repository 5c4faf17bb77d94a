package bench

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// Chat is one customer's chat on either channel.
type Chat interface {
	// Say sends a message until it is acknowledged.
	Say(ctx context.Context, text string) error
	// Await returns when the other side has said n things.
	Await(ctx context.Context, n int) error
	// Got counts what the other side said.
	Got() int
	// Customer returns the customer's side, for the judge.
	Customer() Customer
	Close()
}

// websiteChat is a Chat on the website.
type websiteChat struct {
	visitor *Visitor
	said    []string
}

// NewWebsiteChat opens a visitor's session with the shop.
func NewWebsiteChat(ctx context.Context, shop *Shop) (Chat, error) {
	visitor, err := NewVisitor(ctx, shop.System.API, shop.Website.PublicID.String())
	if err != nil {
		return nil, err
	}
	return NewWebsiteChatOf(visitor), nil
}

// NewWebsiteChatOf is the chat of a visitor who has a session.
func NewWebsiteChatOf(visitor *Visitor) Chat { return &websiteChat{visitor: visitor} }

func (c *websiteChat) Say(ctx context.Context, text string) error {
	if _, err := c.visitor.Say(ctx, text); err != nil {
		return err
	}
	c.said = append(c.said, text)
	return nil
}

func (c *websiteChat) Await(ctx context.Context, n int) error { return c.visitor.AwaitReplies(ctx, n) }
func (c *websiteChat) Got() int                               { return len(c.visitor.Replies()) }
func (c *websiteChat) Close()                                 { c.visitor.Close() }

func (c *websiteChat) Customer() Customer {
	out := Customer{Name: c.visitor.Identity(), Said: c.said, Arrivals: map[string]int{}}
	for _, m := range c.visitor.Replies() {
		out.Got = append(out.Got, m.Text)
		out.Arrivals[fmt.Sprint(m.Seq)]++
		out.Keys = append(out.Keys, fmt.Sprint(m.Seq))
	}
	return out
}

// recorderChat is a Chat on the recorder platform.
type recorderChat struct {
	phone    string
	platform *Platform
	name     string
	said     []string
}

// NewRecorderChat makes a customer of the shop's platform.
func NewRecorderChat(_ context.Context, shop *Shop) (Chat, error) {
	return NewRecorderChatOf(shop, "customer-"+uuid.NewString(), ""), nil
}

// NewRecorderChatOf is the chat of a customer whom the platform calls name, and
// proves to have a phone number where it isn't empty.
func NewRecorderChatOf(shop *Shop, name, phone string) Chat {
	return &recorderChat{platform: shop.Platform, name: name, phone: phone}
}

func (c *recorderChat) Say(ctx context.Context, text string) error {
	err := c.platform.PostNow(ctx, Event{ID: uuid.NewString(), Kind: "customer", Chat: c.name, Text: text, Phone: c.phone})
	if err == nil {
		c.said = append(c.said, text)
	}
	return err
}

func (c *recorderChat) Await(ctx context.Context, n int) error {
	return c.platform.Await(ctx, c.name, n)
}
func (c *recorderChat) Got() int { return len(c.platform.Arrived(c.name)) }
func (c *recorderChat) Close()   {}

func (c *recorderChat) Customer() Customer {
	out := Customer{Name: c.name, Said: c.said, Arrivals: map[string]int{}, Recorder: true}
	for _, a := range c.platform.Arrived(c.name) {
		out.Got = append(out.Got, a.Text)
		out.Arrivals[a.Reference]++
		out.Keys = append(out.Keys, a.Reference)
	}
	return out
}

// questions are what customers ask; each has an answer in the shop. A number
// makes each message one of its kind, for the judge.
var questions = []string{
	"How much is the blue mug? (%d)",
	"Is the linen apron in stock? (%d)",
	"How long does shipping take? (%d)",
	"Hello! (%d)",
	"How much is the oak board? (%d)",
}

var asked atomic.Int64

// Question returns a message that no chat has said before.
func Question() string {
	n := asked.Add(1)
	return fmt.Sprintf(questions[int(n)%len(questions)], n)
}

// Converse has a chat ask n questions, each after the reply to the one before.
// It fails where a reply takes longer than patience.
func Converse(ctx context.Context, c Chat, n int, patience time.Duration) error {
	for range n {
		had := c.Got()
		if err := c.Say(ctx, Question()); err != nil {
			return fmt.Errorf("say: %w", err)
		}
		waiting, cancel := context.WithTimeout(ctx, patience)
		err := c.Await(waiting, had+1)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}
