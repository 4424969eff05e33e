package parlor

import "strings"

// pmiRule is one thing that a PMI must not be.
type pmiRule struct {
	name   string
	breaks func(digits string) bool
}

// tollFree are the prefixes that a PMI must not have (support.zoom.us, article 201362843).
var tollFree = strings.Fields("800 400 888 887 877 866 855 850 803 804 807 808 809 660 508 900 200 300 500 600 700")

// pmiRules are Zoom's rules for a Personal Meeting ID (support.zoom.us, article 201362843), in the order they are
// tried: a later rule may count on the earlier ones.
var pmiRules = []pmiRule{
	{"must be exactly 10 digits", func(d string) bool { return len(d) != 10 || !onlyDigits(d) }},
	{"must start with 2 to 9", func(d string) bool { return d[0] < '2' }},
	{"must not start with " + strings.Join(tollFree, ", "), func(d string) bool { return oneOf(d[:3], tollFree...) }},
	{"must not repeat a group of three digits three times", func(d string) bool { return anyNine(d, sameGroups) }},
	{"must not be three groups of three equal digits", func(d string) bool { return anyNine(d, tripledGroups) }},
	{"must not have the same digit eight times", func(d string) bool { return mostFrequent(d) >= 8 }},
	{"must not have a digit five times in a row", func(d string) bool { return longestRun(d, 0) >= 5 }},
	{"must not be a sequence", func(d string) bool { return longestRun(d, 1) >= 9 || longestRun(d, -1) >= 9 }},
}

// ValidatePMI says whether the digits can be a Personal Meeting ID. The error is a FieldError that names the first rule
// broken. Whether somebody has it already is the store's to know.
func ValidatePMI(digits string) error {
	for _, rule := range pmiRules {
		if rule.breaks(digits) {
			return FieldError{Field: "pmi", Message: rule.name, Value: digits}
		}
	}
	return nil
}

func onlyDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// anyNine tries the first nine digits and the last nine.
func anyNine(d string, breaks func(a, b, c string) bool) bool {
	return breaks(d[:3], d[3:6], d[6:9]) || breaks(d[1:4], d[4:7], d[7:])
}

func sameGroups(a, b, c string) bool { return a == b && b == c }

func tripledGroups(a, b, c string) bool {
	return longestRun(a, 0) == 3 && longestRun(b, 0) == 3 && longestRun(c, 0) == 3
}

// longestRun is the length of the longest stretch in which each digit differs from the one before by step.
func longestRun(d string, step int) int {
	longest, run := 1, 1
	for i := 1; i < len(d); i++ {
		if int(d[i])-int(d[i-1]) == step {
			run++
		} else {
			run = 1
		}
		longest = max(longest, run)
	}
	return longest
}

func mostFrequent(d string) int {
	most := 0
	for _, digit := range d {
		most = max(most, strings.Count(d, string(digit)))
	}
	return most
}
