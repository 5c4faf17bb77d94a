package contract

import (
	"strconv"

	"github.com/google/uuid"
)

// PlaygroundInput starts a turn of the Playground.
type PlaygroundInput struct {
	Account uuid.UUID `json:"account"`
	Chat    uuid.UUID `json:"chat"`
	N       int       `json:"n"` // The turn's number in the chat.
}

// PlaygroundWorkflowID returns the ID of a Playground turn's run.
func PlaygroundWorkflowID(chat uuid.UUID, n int) string {
	return "playground/" + chat.String() + "/" + strconv.Itoa(n)
}
