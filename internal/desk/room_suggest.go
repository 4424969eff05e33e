package desk

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// suggestions is how many free PMIs or names are shown.
const suggestions = 3

// clashes are the faults of a change whose PMI or name is somebody else's.
func (d *Desk) clashes(ctx context.Context, acct parlor.AccountID, room parlor.Room, c RoomChange) (Faults, error) {
	var faults Faults
	check := func(wish *string, now, field string, free func(context.Context, parlor.AccountID, []string) ([]string, error)) error {
		if wish == nil || *wish == "" || *wish == now {
			return nil
		}
		left, err := free(ctx, acct, []string{*wish})
		if err == nil && len(left) == 0 {
			faults = append(faults, parlor.FieldError{Field: field, Message: taken, Value: *wish})
		}
		return err
	}
	if err := check(c.PMI, room.PMI, "pmi", d.st.FreePMIs); err != nil {
		return nil, err
	}
	err := check(c.PersonalLink, room.PersonalLink, "personal_link", d.st.FreeLinks)
	return faults, err
}

const taken = "is somebody else's, or was not long ago"

// suggest puts into the error what is free near the wish.
func (d *Desk) suggest(ctx context.Context, acct parlor.AccountID, to *parlor.TakenError, c RoomChange) error {
	var err error
	if to.Field == "pmi" {
		to.Free, err = d.SuggestPMIs(ctx, acct, *c.PMI)
		return err
	}
	to.Free, err = d.SuggestLinks(ctx, acct, *c.PersonalLink)
	return err
}

// SuggestPMIs draws PMIs that are free, as near to the given digits as they can be; any with "".
func (d *Desk) SuggestPMIs(ctx context.Context, acct parlor.AccountID, near string) ([]string, error) {
	near = *tidy(RoomChange{PMI: &near}).PMI
	if strings.Trim(near, "0123456789") != "" || len(near) > 10 {
		near = ""
	}
	var found []string
	for keep := min(len(near), 9); len(found) < suggestions; keep = max(keep-1, 0) {
		drawn, err := drawNear(near[:keep])
		if err != nil {
			return nil, err
		}
		free, err := d.st.FreePMIs(ctx, acct, drawn)
		if err != nil {
			return nil, err
		}
		for _, pmi := range free {
			if len(found) < suggestions && !slices.Contains(found, pmi) {
				found = append(found, pmi)
			}
		}
	}
	return found, nil
}

// drawNear draws valid PMIs that begin with these digits; none when there are none.
func drawNear(start string) ([]string, error) {
	var drawn []string
	if start == "" {
		pmi, err := parlor.DrawPMI(rand.Reader)
		return []string{pmi}, err
	}
	for range 2 * suggestions {
		pmi := start
		for len(pmi) < 10 {
			digit, err := rand.Int(rand.Reader, big.NewInt(10))
			if err != nil {
				return nil, fmt.Errorf("draw digit: %w", err)
			}
			pmi += digit.String()
		}
		if parlor.ValidatePMI(pmi) == nil {
			drawn = append(drawn, pmi)
		}
	}
	return drawn, nil
}

// SuggestLinks makes personal links that are free, out of the given name or, with "", of the person's own.
func (d *Desk) SuggestLinks(ctx context.Context, acct parlor.AccountID, near string) ([]string, error) {
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return nil, err
	}
	local, _, _ := strings.Cut(account.Email, "@")
	var wishes []string
	for _, base := range []string{near, account.Name, local} {
		if base = asLink(base); base != "" {
			wishes = append(wishes, base, base+".room", base+"-meets", base+"."+account.Created.Format("2006"))
		}
	}
	wishes = slices.DeleteFunc(wishes, func(w string) bool { return parlor.ValidatePersonalLink(w) != nil })
	free, err := d.st.FreeLinks(ctx, acct, wishes)
	return distinct(free), err
}

// distinct keeps the first few that nobody would mistake for one another.
func distinct(links []string) []string {
	seen, kept := map[string]bool{}, []string{}
	for _, link := range links {
		if like := parlor.Likeness(link); !seen[like] && len(kept) < suggestions {
			seen[like] = true
			kept = append(kept, link)
		}
	}
	return kept
}

// asLink writes a name as it could stand in an address: “Ada Lovelace” is ada.lovelace.
func asLink(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	link := strings.Join(words, ".")
	return link[:min(len(link), 33)]
}
