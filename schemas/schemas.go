// Package schemas holds what the APIs promise, as data: one OpenAPI 3.1 file
// and one JSON Schema (draft-07) file a message for each API.
//
// It is the only place where a path, method, parameter, status or schema is
// written. It knows neither the mock that answers nor the suite that asks.
package schemas

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed */*.yaml */*.json
var files embed.FS

// APIs lists the names of the APIs that have a contract, sorted.
func APIs() []string {
	var names []string
	found, err := fs.Glob(files, "*/openapi.yaml")
	if err != nil {
		panic(err) // only a malformed pattern fails, and the pattern is constant
	}
	for _, f := range found {
		names = append(names, strings.TrimSuffix(f, "/openapi.yaml"))
	}
	slices.Sort(names)
	return names
}

var loaded sync.Map // API name -> func() (*Contract, error)

// Load returns the embedded contract of one API. It is read and compiled once
// a process; the result is shared and must not be changed.
// An unknown name or a broken file is an error that names the file.
func Load(api string) (*Contract, error) {
	load, _ := loaded.LoadOrStore(api, sync.OnceValues(func() (*Contract, error) {
		if !slices.Contains(APIs(), api) {
			return nil, fmt.Errorf("there is no API %q; the APIs are %s", api, strings.Join(APIs(), ", "))
		}
		dir, err := fs.Sub(files, api)
		if err != nil {
			return nil, err
		}
		return LoadFS(api, dir)
	}))
	return load.(func() (*Contract, error))()
}

// Document returns the text of an API's openapi.yaml.
func Document(api string) ([]byte, error) {
	return files.ReadFile(api + "/openapi.yaml")
}
