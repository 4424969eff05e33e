package caldav

import (
	"crypto/tls"
	"errors"
	"net"

	"parlor/internal/parlor"
)

// Why a login leads to no calendars, for the person who typed it.
var (
	reasonAddress     = parlor.Reason{Code: "address", Text: "This is neither a web address nor a mail address. Nothing was sent anywhere. Type it as your calendar's settings show it, like https://cloud.example.com or ada@example.com."}
	reasonPlain       = parlor.Reason{Code: "plain", Text: "This address begins with http://, so your password could be read on its way. Nothing was sent. Use the address that begins with https://."}
	reasonPassword    = parlor.Reason{Code: "password", Text: "The server did not accept this user name and password. Nothing was kept. Many servers want an app password, which you make in their security settings; your usual one does not work there."}
	reasonTwoFactor   = parlor.Reason{Code: "two_factor", Text: "This account is protected by a second factor, so the server wants an app password. Nothing was kept. Make one in the security settings of your calendar service, and type it here in the place of your usual password."}
	reasonNothing     = parlor.Reason{Code: "no_caldav", Text: "There are no CalDAV calendars at this address. Nothing was kept. Look for “CalDAV address” in your calendar's settings and type that one."}
	reasonNoServer    = parlor.Reason{Code: "no_server", Text: "There is no server at this address. Nothing was sent. Look for a typing mistake, or for “CalDAV address” in your calendar's settings."}
	reasonUnreachable = parlor.Reason{Code: "unreachable", Text: "The server did not answer. Nothing was kept. Try again in a few minutes; if it stays like this, ask whoever runs it."}
	reasonCertificate = parlor.Reason{Code: "certificate", Text: "The server could not prove that it is the one you mean: its certificate is not valid for this address, or signed by nobody we know. Your password was not sent. Whoever runs the server can mend that."}
	reasonPrivate     = parlor.Reason{Code: "private", Text: "This address is inside a private network, which Parlor does not enter. Your password was not sent. Your administrator can allow it."}
	reasonReadOnly    = parlor.Reason{Code: "read_only", Text: "These calendars can be read but not changed, so Parlor could put no links into them. Nothing was kept. Use an app password that may write, or the address of a calendar of your own."}
	reasonConfirm     = parlor.Reason{Code: "confirm", Text: "Your calendars are kept at another address than the one you typed, which is filled in below. Your password has not been sent there. If you know that server, type the password again."}
)

func because(why parlor.Reason, cause error) *parlor.LoginError {
	return &parlor.LoginError{Why: why, Cause: cause}
}

// explained turns why a server could not be asked into words; what the words do not fit stays as it is.
func explained(err error) error {
	login, isLogin := errors.AsType[*parlor.LoginError](err)
	throttled, isThrottled := errors.AsType[*parlor.ThrottledError](err)
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, noTLS := errors.AsType[tls.RecordHeaderError](err)
	name, noName := errors.AsType[*net.DNSError](err)
	network, isNetwork := errors.AsType[net.Error](err)
	switch {
	case isLogin:
		return login
	case isThrottled:
		return throttled
	case errors.Is(err, errPrivate):
		return because(reasonPrivate, err)
	case certificate, noTLS:
		return because(reasonCertificate, err)
	case noName && name.IsNotFound:
		return because(reasonNoServer, err)
	case errors.Is(err, parlor.ErrRevoked):
		if secondFactor(err) {
			return because(reasonTwoFactor, err)
		}
		return because(reasonPassword, err)
	case isNetwork:
		return because(reasonUnreachable, network)
	case errors.Is(err, errFault):
		return because(reasonUnreachable, err)
	}
	return because(reasonNothing, err)
}

// secondFactor says whether a refusal speaks of an app password.
func secondFactor(err error) bool {
	answer, ok := errors.AsType[*refused](err)
	return ok && answer.wantsAppPassword
}
