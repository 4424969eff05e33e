package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"

	"parlor/internal/mail"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

const (
	waitingPause = 10 * time.Minute // between two mails about one sitting
	waitingDelay = 10 * time.Second // so that one mail names all who come together, and none comes where the host is just behind
	waitingLate  = 15 * time.Minute // then a mail about somebody at the door is of no use
	deathPause   = time.Hour        // between two mails about one service: it may come and go
)

// mailTask is a notice that may be worth a mail. Whether it still is, is found out when it is sent.
type mailTask struct {
	ID      string           `json:"id"`
	Account parlor.AccountID `json:"account"`
	Kind    mail.Kind        `json:"kind"`
	Asked   time.Time        `json:"asked"`

	Sitting string       `json:"sitting,omitempty"` // of a guest who waits
	Number  string       `json:"number,omitempty"`  // of the meeting they came for
	Service parlor.Kind  `json:"service,omitempty"`
	Tally   parlor.Tally `json:"tally,omitzero"`
}

// TellWaiting has the host told that somebody waits at their door, once in a while for each sitting. Whatever fails is a mail
// too few and nobody else's business.
func (l *Line) TellWaiting(ctx context.Context, host parlor.AccountID, g store.Guest) {
	l.tell(ctx, mailTask{Account: host, Kind: mail.Waiting, Sitting: g.Sitting(), Number: g.Number}, "waiting:"+g.Sitting(), waitingPause, waitingDelay)
}

// TellReconnect has a person told that a service no longer lets Parlor in.
func (l *Line) TellReconnect(ctx context.Context, acct parlor.AccountID, k parlor.Kind) {
	l.tell(ctx, mailTask{Account: acct, Kind: mail.Reconnect, Service: k}, "reconnect:"+string(k), deathPause, 0)
}

// TellRewritten has a person told that every event says what their room is now.
func (l *Line) TellRewritten(ctx context.Context, acct parlor.AccountID, t parlor.Tally) {
	l.tell(ctx, mailTask{Account: acct, Kind: mail.Rewritten, Tally: t}, "rewritten", time.Minute, 0)
}

func (l *Line) tell(ctx context.Context, t mailTask, once string, pause, delay time.Duration) {
	if l.cfg.Mail == nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	if err := l.queueMail(ctx, t, once, pause, delay); err != nil {
		slog.WarnContext(ctx, "mail not queued", "account", t.Account, "kind", t.Kind, "error", err)
	}
}

func (l *Line) queueMail(ctx context.Context, t mailTask, once string, pause, delay time.Duration) error {
	first, err := l.st.First(ctx, t.Account, "mail:"+once, pause)
	if err != nil || !first {
		return err
	}
	t.ID, t.Asked = uuid.NewString(), l.now().UTC()
	task, err := newTask(taskMail, t)
	if err != nil {
		return err
	}
	return l.enqueue(ctx, task, asynq.TaskID("mail:"+t.ID), asynq.ProcessIn(delay))
}

// mail sends a notice, if it is still worth a mail and the person wants such mails.
func (l *Line) mail(ctx context.Context, t *asynq.Task) error {
	var task mailTask
	if err := json.Unmarshal(t.Payload(), &task); err != nil {
		return giveUp(fmt.Errorf("decode mail: %w", err))
	}
	if l.cfg.Mail == nil {
		return nil // this process has no mail server, though another one had
	}
	to, n, err := l.notice(ctx, task)
	if err != nil || n.Kind == "" {
		return outcome(ctx, err)
	}
	err = l.cfg.Mail.Send(ctx, to, task.ID, n)
	if errors.Is(err, mail.ErrRefused) {
		return giveUp(err)
	}
	return outcome(ctx, err)
}

// notice finds out whom a task is to be told to, and in which words; the zero Notice when nobody has to be told.
func (l *Line) notice(ctx context.Context, t mailTask) (parlor.Person, mail.Notice, error) {
	account, err := l.st.Account(ctx, t.Account)
	if err != nil {
		return parlor.Person{}, mail.Notice{}, err
	}
	settings, _, err := l.st.Settings(ctx, t.Account)
	if err != nil {
		return parlor.Person{}, mail.Notice{}, err
	}
	to := parlor.Person{Name: account.Name, Email: account.Email}
	if account.Disabled || !strings.Contains(to.Email, "@") {
		return to, mail.Notice{}, nil
	}
	n := mail.Notice{Kind: t.Kind, Language: settings.Language, Origin: l.cfg.Origin, Zone: time.UTC}
	if zone, err := time.LoadLocation(account.Zone); err == nil && account.Zone != "" {
		n.Zone = zone
	}
	wanted := false
	switch t.Kind {
	case mail.Waiting:
		wanted, err = l.whoWaits(ctx, t, &n)
		wanted = wanted && settings.Notify.Waiting
	case mail.Reconnect:
		conn, _ := account.Connection(t.Service)
		n.Service = l.nameOf(t.Service)
		wanted = settings.Notify.Reconnect && conn.State == parlor.ReconnectNeeded
	case mail.Rewritten:
		n.Events, n.Kept = t.Tally.Done, t.Tally.Kept
		wanted = settings.Notify.Rewritten && n.Events+n.Kept > 0
	}
	if err != nil || !wanted {
		return to, mail.Notice{}, err
	}
	return to, n, nil
}

// whoWaits reads who waits now for the sitting that a mail was asked for, and which meeting it is; nobody any more: false.
func (l *Line) whoWaits(ctx context.Context, t mailTask, n *mail.Notice) (bool, error) {
	if l.now().Sub(t.Asked) > waitingLate {
		return false, nil
	}
	guests, err := l.st.Waiting(ctx, t.Account)
	if err != nil {
		return false, err
	}
	for _, g := range guests {
		if g.Sitting() == t.Sitting && len(n.Guests) < mail.MaxGuests {
			n.Guests = append(n.Guests, mail.Guest{Name: g.Name, Since: g.Since})
		}
	}
	if t.Number != "" {
		m, err := l.st.Meeting(ctx, t.Account, t.Number)
		if err != nil && !errors.Is(err, parlor.ErrNotFound) {
			return false, err
		}
		n.Meeting = m.Title
	}
	return len(n.Guests) > 0, nil
}

func (l *Line) nameOf(k parlor.Kind) string {
	for _, s := range l.cfg.Services {
		if s.Kind == k {
			return s.Name
		}
	}
	return string(k)
}
