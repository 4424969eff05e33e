package desk

import "parlor/internal/parlor"

// Sample is an invitation in one language, as guests would see it.
type Sample struct{ Language, Text string }

// sampleMeeting and sampleRoom have numbers that nobody is given.
var (
	sampleMeeting = parlor.Meeting{Kind: parlor.InRoom, Number: "98765432109"}
	sampleRoom    = parlor.Room{PMI: "2345678901", PasscodeVersion: 1, Secret: make([]byte, 32)}
)

// Samples renders the invitation with a wording, in each language that it offers.
func (a *Administration) Samples(w parlor.Wording) []Sample {
	var all []Sample
	w = w.Tidy()
	for _, w.Language = range w.Offered() {
		block := parlor.Render(sampleMeeting, sampleRoom, a.d.origin, w, true)
		all = append(all, Sample{w.Language, asText(block)})
	}
	return all
}

// CheckWording says what is wrong with a wording, by the names that it has in a policy.
func (a *Administration) CheckWording(w parlor.Wording) []parlor.FieldError {
	return parlor.Policy{Invitation: w}.Tidy().Validate(a.d.origin)
}
