package api

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the OpenAPI document anew")

func TestOpenAPIDocumentIsUpToDate(t *testing.T) {
	engine, err := newEngine(nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := registerV1(engine, engine.Group(""), &server{}).OpenAPI().YAML()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("openapi.yaml", got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, committed) {
		t.Errorf("openapi.yaml is out of date; go test ./internal/api -run OpenAPI -update\n%s",
			cmp.Diff(string(committed), string(got)))
	}
}
