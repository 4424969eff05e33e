package connect

import "errors"

// Why somebody could not sign in.
var (
	ErrDomain     = errors.New("domain not allowed to sign in")
	ErrTenant     = errors.New("organisation not allowed to sign in")
	ErrUnverified = errors.New("the provider does not say that it verified the address")
	ErrNoAddress  = errors.New("the provider tells no address")
	ErrState      = errors.New("sign-in not begun here, or too long ago")
	ErrDenied     = errors.New("the person declined")
	ErrProvider   = errors.New("identity provider failed")
)
