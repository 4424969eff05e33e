package microsoft

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/microsoft/kiota-abstractions-go/authentication"
	kiotahttp "github.com/microsoft/kiota-http-go"
	kiotajson "github.com/microsoft/kiota-serialization-json-go"
	core "github.com/microsoftgraph/msgraph-sdk-go-core"
)

var errElsewhere = errors.New("address of another server")

// newAdapter puts the SDK on top of our client, which carries the token. The pipeline is made by hand, because the SDK's
// own one repeats requests, and sends many of those without their body (github.com/microsoft/kiota-http-go issue 183).
// Retries are ours, requests are not compressed, and no redirect is followed.
func newAdapter(c *http.Client, base *url.URL) (*kiotahttp.NetHttpRequestAdapter, error) {
	below := c.Transport
	if below == nil {
		below = http.DefaultTransport
	}
	client := &http.Client{
		Transport: kiotahttp.NewCustomTransportWithParentTransport(below,
			kiotahttp.NewUrlReplaceHandler(true, core.ReplacementPairs),
			core.NewGraphTelemetryHandler(nil),
			manners{base},
		),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       c.Timeout,
	}
	adapter, err := kiotahttp.NewNetHttpRequestAdapterWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(
		&authentication.AnonymousAuthenticationProvider{},
		kiotajson.NewJsonParseNodeFactory(), kiotajson.NewJsonSerializationWriterFactory(), client)
	if err != nil {
		return nil, fmt.Errorf("make graph client: %w", err)
	}
	adapter.SetBaseUrl(base.String())
	return adapter, nil
}

// manners is the last step before a request leaves, and the first that sees the answer.
type manners struct{ base *url.URL }

// Intercept sends what goes to Graph alone, with a body that can be read again, and turns every answer that is not a
// success into an error: so the SDK neither repeats a request on a claims challenge nor stumbles over a proxy's page.
func (m manners) Intercept(next kiotahttp.Pipeline, index int, req *http.Request) (*http.Response, error) {
	if !within(m.base, req.URL) {
		return nil, fmt.Errorf("send request: %w", errElsewhere)
	}
	req.Header.Set("Prefer", prefer(req.Header.Values("Prefer")))
	if err := keepBody(req); err != nil {
		return nil, err
	}
	resp, err := next.Next(req, index)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return resp, nil
	}
	return nil, newRefused(resp)
}

// prefer adds what we prefer always: ids that survive a move to another folder, and times in UTC. Both count for each
// request by itself. Source: https://learn.microsoft.com/en-us/graph/outlook-immutable-id
func prefer(more []string) string {
	return strings.Join(append([]string{`IdType="ImmutableId"`, `outlook.timezone="UTC"`}, more...), ", ")
}

// keepBody lets the transport send a body a second time, after it renewed the token, and state its length.
func keepBody(req *http.Request) error {
	if req.Body == nil || req.Body == http.NoBody {
		return nil
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return fmt.Errorf("read request's body: %w", err)
	}
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.ContentLength = int64(len(body))
	req.Body, err = req.GetBody()
	return err
}

// within says whether an address is one of the API's: a next page named by anybody else must not get our token.
func within(base, to *url.URL) bool {
	path := strings.TrimRight(base.Path, "/") + "/"
	return to.Scheme == base.Scheme && strings.EqualFold(to.Host, base.Host) && to.User == nil && strings.HasPrefix(to.Path, path)
}
