package microsoft

import "time"

// iana stands in until the domain knows the Windows names.
func iana(name string) (string, bool) {
	if z, ok := map[string]string{
		"W. Europe Standard Time": "Europe/Berlin", "GMT Standard Time": "Europe/London", "Eastern Standard Time": "America/New_York",
		"Pacific Standard Time": "America/Los_Angeles", "E. Africa Standard Time": "Africa/Nairobi", "Greenwich Standard Time": "Atlantic/Reykjavik",
	}[name]; ok {
		return z, true
	}
	_, err := time.LoadLocation(name)
	return name, err == nil && name != ""
}
