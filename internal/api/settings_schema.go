package api

import (
	"maps"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/parlor"
)

// Schema describes a change as the settings themselves with nothing required, so that the two cannot drift apart.
func (settingsChange) Schema(r huma.Registry) *huma.Schema {
	change := optional(r, reflect.TypeFor[parlor.Settings]())
	change.Properties["guard"] = optional(r, reflect.TypeFor[parlor.Guard]())
	change.Properties["notify"] = optional(r, reflect.TypeFor[parlor.Notify]())
	change.Properties["locked"].Description += "; ignored"
	return change
}

func optional(r huma.Registry, t reflect.Type) *huma.Schema {
	whole := huma.SchemaFromType(r, t)
	part := *whole
	part.Required = nil
	part.Properties = maps.Clone(whole.Properties)
	for _, name := range slices.Sorted(maps.Keys(part.Properties)) {
		property := *part.Properties[name]
		part.Properties[name] = &property
	}
	part.PrecomputeMessages()
	return &part
}
