package door

import "net/http"

// open shows the page behind a link and changes nothing.
func (d *door) open(w http.ResponseWriter, r *http.Request) {
	k, err := d.knock(w, r)
	switch {
	case err != nil:
		d.fail(k, err)
	case k.admitted("", d.cfg.Now()):
		d.welcome(k, "")
	default:
		d.askPasscode(k, http.StatusOK, "")
	}
}

// act answers the page's two forms: the passcode, and going in.
func (d *door) act(w http.ResponseWriter, r *http.Request) {
	k, err := d.knock(w, r)
	if err == nil {
		err = r.ParseForm()
	}
	switch {
	case err != nil:
		d.fail(k, err)
	case r.PostForm.Get("do") == "enter":
		d.enter(k, r.PostForm.Get("pass"))
	default:
		d.tryPasscode(k, r.PostForm.Get("passcode"))
	}
}
