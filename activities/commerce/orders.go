package commerce

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"kedai/models"
)

// Limits of an import of orders.
const (
	maxOrders     = 100_000
	maxOrderBytes = 1 << 20
)

// ReadOrders reads an array of orders, each in the shape of the Admin GraphQL
// API's Order. Fields that aren't read are ignored. The orders are in the order
// of the file and have no IDs.
//
// An element that can't be read is returned in bad with its place in the array,
// from 1, and the rest is imported. No message holds a value of an order. A
// file that isn't such an array is a models.Error of CodeInvalid, one beyond
// the limits of CodeTooLarge; both come without orders.
func ReadOrders(r io.Reader) (orders []models.Order, bad []models.RowError, err error) {
	buffered := bufio.NewReader(r)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3)
	}
	decoder := json.NewDecoder(buffered)
	if start, err := decoder.Token(); err != nil || start != json.Delim('[') {
		return nil, nil, models.Errorf(models.CodeInvalid, "This isn't a list of orders: the file must be a JSON array, each element an order as Shopify's Admin GraphQL API returns it.")
	}
	seen := map[string]bool{}
	for n := 1; decoder.More(); n++ {
		if n > maxOrders {
			return nil, nil, models.Errorf(models.CodeTooLarge, "The file has more than %d orders: split it.", maxOrders)
		}
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return nil, nil, models.Errorf(models.CodeInvalid, "The file isn't valid JSON at or after its element %d: nothing was imported.", n)
		}
		order, err := readOrder(raw)
		if err == nil && seen[order.ExternalID] {
			err = errors.New("an element above has the same id")
		}
		if err != nil {
			bad = append(bad, models.RowError{Line: n, Message: fmt.Sprintf("This order wasn't imported: %s.", err)})
			continue
		}
		seen[order.ExternalID] = true
		orders = append(orders, order)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, nil, models.Errorf(models.CodeInvalid, "The file ends in the middle of the list: nothing was imported.")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, models.Errorf(models.CodeInvalid, "There is something after the list of orders: nothing was imported.")
	}
	return orders, bad, nil
}

// readOrder reads one element. Its errors name fields and never their values.
func readOrder(raw []byte) (models.Order, error) {
	if len(raw) > maxOrderBytes {
		return models.Order{}, errors.New("it is longer than 1 MB")
	}
	if bytes.Contains(raw, []byte(`\u0000`)) {
		return models.Order{}, errors.New("a text in it holds a NUL character")
	}
	if !bytes.HasPrefix(raw, []byte("{")) {
		return models.Order{}, errors.New("it isn't an object")
	}
	var given orderJSON
	if err := json.Unmarshal(raw, &given); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return models.Order{}, fmt.Errorf("the field %s can't be a %s", wrong.Field, kindOf(wrong.Value))
		}
		return models.Order{}, errors.New("a field's value isn't of the form that it must have; times are such as 2026-11-05T17:31:19Z")
	}
	return given.order()
}

// kindOf drops the value that the decoder tells of a number.
func kindOf(value string) string {
	kind, _, _ := bytes.Cut([]byte(value), []byte(" "))
	return string(kind)
}
