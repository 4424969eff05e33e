package desk

import (
	"errors"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

// another is somebody else who has signed in.
func (p *person) another(t *testing.T, email, name string) parlor.AccountID {
	t.Helper()
	return p.anotherBy(t, parlor.KindGoogle, email, name)
}

func (p *person) anotherBy(t *testing.T, kind parlor.Kind, email, name string) parlor.AccountID {
	t.Helper()
	who := parlor.Identity{Kind: kind, Subject: email, Email: email, EmailVerified: true, Name: name}
	account, _, err := p.st.SignIn(t.Context(), who)
	must(t, err)
	return account.ID
}

func TestADelegateSchedulesInTheRoomOfWhoAllowedIt(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		grace := p.another(t, "Grace@example.com", "Grace Hopper")
		in := Inviting{Request: p.at(1, "Board"), Format: parlor.Text, OnBehalfOf: "grace@example.com"}
		_, err := p.Invite(t.Context(), p.acct, in)
		_, refused := errors.AsType[*DelegateError](err)
		same(t, refused, true)
		_, err = p.SaveDelegates(t.Context(), grace, []string{string(primary)})
		must(t, err)

		yes := true
		in.UsePMI = &yes
		made := p.invite(t, in)
		room, err := p.Room(t.Context(), grace)
		must(t, err)
		same(t, made.For, &PersonView{Email: "Grace@example.com", Name: "Grace Hopper"})
		same(t, strings.HasPrefix(made.JoinURL, origin+"/j/"+room.PMI+"?"), true)
		_, err = p.st.Meeting(t.Context(), grace, made.Number)
		must(t, err)
		in.Preview = true
		same(t, p.invite(t, in).Conflict == nil, true)

		other := in
		other.Title, other.UsePMI = "Her doctor", &yes
		other.Preview = true
		same(t, p.invite(t, other).Why, parlor.ReasonRoomTaken) // and not “Board”, which could be private

		left, err := p.Uninvite(t.Context(), p.acct, Removing{Body: made.Body, OnBehalfOf: in.OnBehalfOf})
		must(t, err)
		same(t, []any{left.Found, left.For.Name}, []any{true, "Grace Hopper"})
		lines, _, err := p.Activity(t.Context(), grace, "")
		must(t, err)
		same(t, len(lines), 2)
		for _, line := range lines {
			same(t, []any{line.Code, line.Title, strings.Contains(line.Text, "Ada (ada@example.com)")}, []any{"delegate", "Board", true})
		}

		_, err = p.SaveDelegates(t.Context(), grace, nil)
		must(t, err)
		_, err = p.Uninvite(t.Context(), p.acct, Removing{Body: made.Body, OnBehalfOf: in.OnBehalfOf})
		_, refused = errors.AsType[*DelegateError](err)
		same(t, refused, true)
	})
}

func TestOnBehalfOfTellsNothingAboutStrangers(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.another(t, "grace@example.com", "Grace Hopper")
		ask := func(email string) error {
			_, err := p.Invite(t.Context(), p.acct, Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, OnBehalfOf: email})
			return err
		}
		known, unknown := ask("grace@example.com"), ask("nobody@example.com")
		same(t, strings.Replace(known.Error(), "grace@", "nobody@", 1), unknown.Error())
		same(t, ask("Ada@Example.com"), error(nil))
		faults, _ := errors.AsType[Faults](ask("nobody"))
		same(t, len(faults) == 1 && faults[0].Field == "on_behalf_of", true)
	})
}

func TestOnBehalfOfAnAddressOfTwoAccountsThatBothAllowIt(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		ask := func() error {
			_, err := p.Invite(t.Context(), p.acct, Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, OnBehalfOf: "grace@example.com"})
			return err
		}
		for i, kind := range []parlor.Kind{parlor.KindGoogle, parlor.KindMicrosoft} {
			grace := p.anotherBy(t, kind, "grace@example.com", "Grace")
			_, err := p.SaveDelegates(t.Context(), grace, []string{string(primary)})
			must(t, err)
			faults, _ := errors.AsType[Faults](ask())
			same(t, len(faults), i)
		}
	})
}

func TestSaveDelegates(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.another(t, "bob@example.com", "Bob")
		p.another(t, "twice@example.com", "One")
		save := func(emails ...string) ([]PersonView, Faults) {
			list, err := p.SaveDelegates(t.Context(), p.acct, emails)
			faults, ok := errors.AsType[Faults](err)
			if err != nil && !ok {
				t.Fatal(err)
			}
			return list, faults
		}
		bob, one := PersonView{"bob@example.com", "Bob"}, PersonView{"twice@example.com", "One"}
		list, _ := save(" bob@example.com ", "twice@example.com", "BOB@example.com")
		same(t, list, []PersonView{bob, one})
		p.anotherBy(t, parlor.KindMicrosoft, "twice@example.com", "Two")
		list, _ = save("bob@example.com", "twice@example.com") // whom they chose stays
		same(t, list, []PersonView{bob, one})
		list, _ = save("bob@example.com")
		same(t, list, []PersonView{bob})

		for email, word := range map[string]string{
			"nobody@example.com": "signed in to Parlor", "ada@example.com": "your own", "twice@example.com": "several accounts",
			"bob": "e-mail address", "": "e-mail address",
		} {
			_, faults := save("bob@example.com", email)
			if len(faults) != 1 || faults[0].Field != "delegates[1].email" || !strings.Contains(faults[0].Message, word) {
				t.Errorf("%s: %v", email, faults)
			}
		}
		list, err := p.Delegates(t.Context(), p.acct)
		must(t, err)
		same(t, list, []PersonView{bob})
		list, _ = save()
		same(t, list, []PersonView{})
	})
}

func TestADelegateWithoutAnAddressOfTheirOwnStaysOnTheList(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.another(t, "bob@example.com", "Bob")
		silent, _, err := p.st.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "t/o", Name: "Grace"})
		must(t, err)
		_, err = p.st.Connect(t.Context(), silent.ID, parlor.Identity{Kind: parlor.KindGoogle, Subject: "g", Email: "grace@example.com"})
		must(t, err)
		list, err := p.SaveDelegates(t.Context(), p.acct, []string{"grace@example.com"})
		must(t, err)
		same(t, list, []PersonView{{"grace@example.com", "Grace"}})
		list, err = p.SaveDelegates(t.Context(), p.acct, []string{list[0].Email, "bob@example.com"})
		must(t, err)
		same(t, list, []PersonView{{"grace@example.com", "Grace"}, {"bob@example.com", "Bob"}})
	})
}
