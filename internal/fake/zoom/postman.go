package zoom

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"parlor/internal/fake/stage"
)

// tries is how often an event is sent at most; then it is dropped.
const tries = 4

// answerTime is how long an endpoint may take.
const answerTime = 3 * time.Second

// postman sends events, each signed with the secret of the endpoint, and again after a failure.
type postman struct {
	secret string
	pause  time.Duration
	now    func() time.Time
	client *http.Client
	ctx    context.Context //nolint:containedctx // it ends with the server, not with a call
	stop   context.CancelFunc
	under  sync.WaitGroup

	mu      sync.Mutex
	address string
}

func newPostman(o Options) *postman {
	ctx, stop := context.WithCancel(context.Background())
	return &postman{
		secret: o.WebhookSecret, address: o.WebhookURL, pause: stage.Or(o.WebhookRetry, 500*time.Millisecond), now: o.Now,
		client: &http.Client{Timeout: answerTime}, ctx: ctx, stop: stop,
	}
}

func (p *postman) moveTo(address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.address = address
}

func (p *postman) to() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.address
}

// send sends an event in the background.
func (p *postman) send(e event) {
	body, err := json.Marshal(e)
	if p.to() == "" || err != nil {
		return
	}
	p.under.Go(func() {
		for try := range tries {
			if _, err := p.once(body); err == nil {
				return
			}
			select {
			case <-p.ctx.Done():
				return
			case <-time.After(p.pause << try):
			}
		}
	})
}

// once sends a body, with a signature over it and the time.
func (p *postman) once(body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(p.ctx, http.MethodPost, p.to(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("send event: %w", err)
	}
	at := strconv.FormatInt(p.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("X-Zm-Request-Timestamp", at)
	req.Header.Set("X-Zm-Signature", "v0="+sign(p.secret, "v0:"+at+":"+string(body)))
	req.Header.Set("X-Zm-Trackingid", rand.Text())
	resp, err := p.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("send event: %w", err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode/100 != 2 {
		err = fmt.Errorf("endpoint answered %s", resp.Status)
	}
	return answer, err
}

// Validate asks the endpoint to prove that it knows the secret, as Zoom does before the first event and every 72 hours.
func (s *Server) Validate() error {
	plain := rand.Text()[:22]
	body, err := json.Marshal(event{"endpoint.url_validation", s.now().UnixMilli(), map[string]any{"plainToken": plain}})
	if err != nil {
		return fmt.Errorf("validate endpoint: %w", err)
	}
	raw, err := s.post.once(body)
	if err != nil {
		return fmt.Errorf("validate endpoint: %w", err)
	}
	var answer struct{ PlainToken, EncryptedToken string }
	if err := json.Unmarshal(raw, &answer); err != nil {
		return fmt.Errorf("validate endpoint: %w", err)
	}
	if answer.PlainToken != plain || answer.EncryptedToken != sign(s.opt.WebhookSecret, plain) {
		return errors.New("validate endpoint: it does not know the secret")
	}
	return nil
}

func sign(secret, message string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(message))
	return hex.EncodeToString(mac.Sum(nil))
}

func (p *postman) close() {
	p.stop()
	p.under.Wait()
	p.client.CloseIdleConnections()
}
