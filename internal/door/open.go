package door

import (
	"errors"
	"fmt"
	"net/http"
)

var errForm = errors.New("unreadable form")

// open shows the page behind a link and changes nothing.
func (d *door) open(k *knock) error {
	if k.admitted("", d.cfg.Now()) {
		return d.welcome(k, "")
	}
	return d.askPasscode(k, http.StatusOK, "")
}

// act answers the page's two forms: the passcode, and going in.
func (d *door) act(k *knock) error {
	if err := k.r.ParseForm(); err != nil {
		return fmt.Errorf("read form: %w", errors.Join(errForm, err))
	}
	if k.r.PostForm.Get("do") == "enter" {
		return d.enter(k, k.r.PostForm.Get("pass"))
	}
	return d.tryPasscode(k, k.r.PostForm.Get("passcode"))
}
