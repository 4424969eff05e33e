package microsoft

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// The stamp lives among the custom properties of our Outlook add-in, so that add-in and server read the same one. Outlook
// keeps those as one JSON object in one extended property.
// Source: https://learn.microsoft.com/en-us/office/dev/add-ins/outlook/metadata-for-an-outlook-add-in

// withProperty is the $expand that shows our property.
func (p *port) withProperty() string {
	return "singleValueExtendedProperties($filter=id eq '" + strings.ReplaceAll(p.property, "'", "''") + "')"
}

// stamped adds the stamp to an event that was read with our property.
func (p *port) stamped(out parlor.Event, e models.Eventable) parlor.Event {
	out.StampRead = true
	out.Stamp, _ = p.properties(e)[parlor.StampKey].(string)
	return out
}

// properties are the add-in's own, nil when there are none. What is no object is nobody's: only the add-in writes there.
func (p *port) properties(e models.Eventable) map[string]any {
	var all map[string]any
	for _, prop := range e.GetSingleValueExtendedProperties() {
		if prop == nil || !strings.EqualFold(val(prop.GetId()), p.property) {
			continue
		}
		d := json.NewDecoder(strings.NewReader(val(prop.GetValue())))
		d.UseNumber() // or a long number of the add-in's would come back rounded
		if d.Decode(&all) != nil {
			return nil
		}
	}
	return all
}

// setStamp writes the stamp beside the add-in's other properties; "" takes it off. It says whether that changes anything.
func (p *port) setStamp(change, now models.Eventable, stamp string) (bool, error) {
	all := p.properties(now)
	if was, _ := all[parlor.StampKey].(string); was == stamp {
		return false, nil
	}
	if all == nil {
		all = map[string]any{}
	}
	all[parlor.StampKey] = stamp
	if stamp == "" {
		delete(all, parlor.StampKey)
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return false, fmt.Errorf("write properties: %w", err)
	}
	change.SetSingleValueExtendedProperties([]models.SingleValueLegacyExtendedPropertyable{property(p.property, string(raw))})
	return true, nil
}

func property(id, value string) models.SingleValueLegacyExtendedPropertyable {
	prop := models.NewSingleValueLegacyExtendedProperty()
	prop.SetId(&id)
	prop.SetValue(&value)
	return prop
}
