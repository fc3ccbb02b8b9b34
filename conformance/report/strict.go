package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// exactKeys checks that every key of a JSON document is a key of the type of
// model, letter by letter, and given once. Package encoding/json takes "RULES"
// for "rules" and the last of two equal keys.
func exactKeys(document []byte, model any) error {
	d := json.NewDecoder(bytes.NewReader(document))
	if err := exactValue(d, reflect.TypeOf(model), ""); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("there is something after its end, at byte %d", d.InputOffset())
	}
	return nil
}

func exactValue(d *json.Decoder, t reflect.Type, path string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		err = exactObject(d, t, path)
	case json.Delim('['):
		for i := 0; d.More() && err == nil; i++ {
			err = exactValue(d, inner(t), fmt.Sprintf("%s[%d]", path, i))
		}
	default:
		return nil
	}
	if err == nil {
		_, err = d.Token() // the closing bracket
	}
	return err
}

func exactObject(d *json.Decoder, t reflect.Type, path string) error {
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key := token.(string) // the decoder has checked that it is one
		at := strings.TrimPrefix(path+"."+key, ".")
		if seen[key] {
			return fmt.Errorf("the key %s is given twice", at)
		}
		seen[key] = true
		value, known := member(t, key)
		if !known {
			return fmt.Errorf("there is no key %s in a report", at)
		}
		if err := exactValue(d, value, at); err != nil {
			return err
		}
	}
	return nil
}

// member is the type of an object's member; nil where anything goes, because
// decoding will refuse an object there.
func member(t reflect.Type, key string) (value reflect.Type, known bool) {
	if t == nil || t.Kind() != reflect.Struct {
		return inner(t), true
	}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == key {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

func inner(t reflect.Type) reflect.Type {
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Map) {
		return t.Elem()
	}
	return nil
}
