package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// route lays out every path. What may change something passes refuseCrossSite. Hooks do not, their secret is checked; nor
// do the requests of apps, which look at no cookie.
func (s *server) route(e *gin.Engine) {
	perAddress, perSession := newLimiter(s.cfg.Limits.Address, s.cfg.Now), newLimiter(s.cfg.Limits.Session, s.cfg.Now)
	e.Use(s.logRequest, s.recoverPanic, s.protect, s.limitBody)
	e.GET("/healthz", s.healthz)
	e.GET("/readyz", s.readyz)
	e.GET("/v1/openapi.yaml", s.document)
	if video := s.cn.Video(); video.Gate != nil {
		s.routeGate(e, video.Kind, video.Gate)
	}
	for _, svc := range s.cn.All() {
		if svc.Hear != nil {
			e.POST("/hooks/"+string(svc.Kind), s.hook(svc.Kind))
			e.POST("/hooks/"+string(svc.Kind)+"/lifecycle", s.hook(svc.Kind)) // what Graph says of the channel itself
		}
	}
	app := e.Group("/oauth", s.limitAddress(perAddress))
	app.POST("/token", s.token)
	app.POST("/revoke", s.revoke)
	person := e.Group("", s.limitAddress(perAddress), s.refuseCrossSite, s.identify)
	s.routeSignIn(person)
	registerV1(e, person.Group("", s.requireSession, s.limitSession(perSession)), s)
	person.Any("/j/*id", s.serve(s.pages.Door))
	person.Any("/my/*name", s.serve(s.pages.Door))
	e.NoRoute(s.limitAddress(perAddress), s.refuseCrossSite, s.identify, s.elsewhere)
	e.NoMethod(func(c *gin.Context) {
		s.problem(c, http.StatusMethodNotAllowed, methodNotTaken(c.Request.Method))
	})
}

func (s *server) routeSignIn(g *gin.RouterGroup) {
	for _, svc := range s.cn.Services() {
		if svc.OAuth == nil {
			continue
		}
		kind := string(svc.Kind)
		g.GET("/signin/"+kind, s.signIn(svc.Kind))
		g.GET("/signin/"+kind+"/callback", s.signedIn(svc.Kind))
		g.GET("/connect/"+kind, s.connect(svc.Kind))
		g.GET("/connect/"+kind+"/callback", s.connected(svc.Kind))
	}
	if video := s.cn.Video(); video.OAuth != nil { // with which nobody signs in
		g.GET("/connect/"+string(video.Kind), s.connect(video.Kind))
		g.GET("/connect/"+string(video.Kind)+"/callback", s.connected(video.Kind))
	}
	g.POST("/signout", s.signOut)
}
