package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// refuse turns an error into the answer of a /v1 operation. where is the part of the request that faults are about:
// "body" or "query".
func (s *server) refuse(ctx context.Context, where string, err error) error {
	p := s.asProblem(ctx, err)
	model := &huma.ErrorModel{
		Type: p.kind, Status: p.status, Title: http.StatusText(p.status), Detail: p.detail, Errors: details(where, err),
	}
	if p.headers == nil {
		return model
	}
	return huma.ErrorWithHeaders(model, p.headers)
}

func details(where string, err error) []*huma.ErrorDetail {
	if locked, ok := errors.AsType[*desk.LockedError](err); ok {
		return []*huma.ErrorDetail{{Location: where + "." + locked.Field, Message: locked.Reason}}
	}
	if taken, ok := errors.AsType[*parlor.TakenError](err); ok {
		list := []*huma.ErrorDetail{{Location: where + "." + taken.Field, Message: "is taken"}}
		for _, free := range taken.Free {
			list = append(list, &huma.ErrorDetail{Location: where + "." + taken.Field, Message: "is free", Value: free})
		}
		return list
	}
	faults, _ := errors.AsType[desk.Faults](err)
	list := make([]*huma.ErrorDetail, len(faults))
	for i, f := range faults {
		list[i] = &huma.ErrorDetail{Location: where + "." + f.Field, Message: f.Message, Value: f.Value}
	}
	return list
}

// longestEcho is how much of a wrong value is sent back, in bytes.
const longestEcho = 200

// shorten is a huma transformer: it keeps huma from sending a whole body back as the value that was wrong.
func shorten(_ huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	for _, e := range model.Errors {
		switch value := e.Value.(type) {
		case string:
			if len(value) > longestEcho {
				e.Value = nil
			}
		case map[string]any, []any:
			e.Value = nil
		}
	}
	return v, nil
}
