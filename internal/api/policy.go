package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

type policyOutput struct {
	ETag string `header:"ETag"`
	Body parlor.Policy
}

type policyInput struct {
	IfMatch string        `header:"If-Match" doc:"The ETag of the policy that you read; 428 without it"`
	Body    parlor.Policy `nameHint:"Policy"`
}

type estimateOutput struct{ Body desk.Estimate }

func (s *server) registerPolicy(api huma.API) {
	administrators := func(op huma.Operation) huma.Operation {
		op.Security = []map[string][]string{{"session": {}}}
		op.Description = strings.TrimSpace("For administrators, in a browser session: 403 for everybody else, and for apps. " + op.Description)
		op.Middlewares = huma.Middlewares{s.refuseApps(api)}
		return op
	}
	huma.Register(api, administrators(operation("get-policy", http.MethodGet, "/v1/admin/policy", "Read the policy", "")), s.getPolicy)
	huma.Register(api, administrators(operation("put-policy", http.MethodPut, "/v1/admin/policy", "Replace the policy",
		"Whose events it may change have their calendars read anew. 428 without If-Match, 412 when it is stale.")), s.putPolicy)
	huma.Register(api, administrators(operation("preview-policy", http.MethodPost, "/v1/admin/policy/preview", "Foretell what a policy changes",
		"Checks it as the PUT would, and stores nothing.")), s.previewPolicy)
}

// refuseApps keeps access tokens out: they are for scheduling, whoever's they are.
func (s *server) refuseApps(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if ctx.Header("Authorization") != "" {
			_ = huma.WriteErr(api, ctx, http.StatusForbidden, "Access tokens do not administer; sign in with a browser.")
			return
		}
		next(ctx)
	}
}

// administration lets administrators on; to others there is no difference between what is there and what is not.
func (s *server) administration(ctx context.Context) (*desk.Administration, error) {
	a, err := s.desk.Administer(ctx, me(ctx))
	if errors.Is(err, parlor.ErrNotFound) {
		return nil, huma.Error403Forbidden("Only administrators may do this.")
	}
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return a, nil
}

func (s *server) getPolicy(ctx context.Context, _ *struct{}) (*policyOutput, error) {
	a, err := s.administration(ctx)
	if err != nil {
		return nil, err
	}
	p, etag, err := a.Policy(ctx)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newPolicyOutput(p, etag), nil
}

func newPolicyOutput(p parlor.Policy, etag string) *policyOutput {
	return &policyOutput{ETag: `"` + etag + `"`, Body: p.Tidy()}
}

func (s *server) putPolicy(ctx context.Context, in *policyInput) (*policyOutput, error) {
	a, etag, err := s.matchPolicy(ctx, in)
	if err != nil {
		return nil, err
	}
	p, etag, err := a.SavePolicy(ctx, etag, in.Body)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newPolicyOutput(p, etag), nil
}

func (s *server) previewPolicy(ctx context.Context, in *policyInput) (*estimateOutput, error) {
	a, etag, err := s.matchPolicy(ctx, in)
	if err != nil {
		return nil, err
	}
	e, err := a.PreviewPolicy(ctx, etag, in.Body)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &estimateOutput{e}, nil
}

// matchPolicy compares If-Match with the policy as it is, whose ETag it returns.
func (s *server) matchPolicy(ctx context.Context, in *policyInput) (*desk.Administration, string, error) {
	a, err := s.administration(ctx)
	if err != nil {
		return nil, "", err
	}
	if in.IfMatch == "" {
		return nil, "", huma.NewError(http.StatusPreconditionRequired, "Send If-Match with the ETag of the policy that you read.")
	}
	_, etag, err := a.Policy(ctx)
	if err == nil && !matches(in.IfMatch, etag) {
		err = parlor.ErrStale
	}
	if err != nil {
		return nil, "", s.refuse(ctx, "body", err)
	}
	return a, etag, nil
}
