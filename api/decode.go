package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/gin-gonic/gin"

	"kedai/models"
)

// decode reads a JSON body into a type of the contract. Unknown, missing and
// ill-typed fields are CodeInvalid with a message that names them.
func decode[T any](c *gin.Context) (T, []byte, error) {
	var value T
	body, err := readBody(c)
	if err != nil {
		return value, nil, err
	}
	err = strictly(body, &value)
	return value, body, err
}

func strictly(body []byte, value any) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(body, &given); err != nil || given == nil {
		return models.Errorf(models.CodeInvalid, "the body must be a JSON object")
	}
	if bytes.Contains(body, []byte(`\u0000`)) {
		return models.Errorf(models.CodeInvalid, "a text holds a NUL character")
	}
	reader := json.NewDecoder(bytes.NewReader(body))
	reader.DisallowUnknownFields()
	if err := reader.Decode(value); err != nil {
		return models.Errorf(models.CodeInvalid, "%s", explain(err))
	}
	if _, err := reader.Token(); !errors.Is(err, io.EOF) {
		return models.Errorf(models.CodeInvalid, "there is something after the JSON object")
	}
	return complete(given, reflect.ValueOf(value).Elem())
}

// explain says what is wrong with a body without repeating its values.
func explain(err error) string {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return "the field " + wrong.Field + " can't be a " + wrong.Value
	}
	if field, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
		return "unknown field " + field
	}
	return "a field's value is not of the form that it must have"
}

// complete checks that the contract's required fields are given and that
// enumerated values are known. The generator marks optional fields by
// omitempty.
func complete(given map[string]json.RawMessage, value reflect.Value) error {
	for i := range value.NumField() {
		name, options, _ := strings.Cut(value.Type().Field(i).Tag.Get("json"), ",")
		raw, there := given[name]
		null := string(raw) == "null"
		if !strings.Contains(options, "omitempty") && (!there || null) {
			return models.Errorf(models.CodeInvalid, "the field %s is missing", name)
		}
		if enum, ok := value.Field(i).Interface().(interface{ Valid() bool }); ok && there && !null && !enum.Valid() {
			return models.Errorf(models.CodeInvalid, "the field %s has a value that isn't in the contract", name)
		}
	}
	return nil
}
