package mockserver

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rs/cors"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// crossOrigin lets web pages of the chosen origins call the APIs. Browsers do
// not send them a password of their own accord if any page may call. What a
// vendor's server says of origins, unasked, gives way.
func (s *Server) crossOrigin(apis http.Handler) http.Handler {
	origins := s.options.Origins
	if len(origins) == 0 {
		return apis
	}
	for _, api := range s.apis {
		if vendors := api.Headers; vendors != nil {
			api.Headers = func(c *engine.Call, h http.Header) {
				ours := maps.Clone(h)
				vendors(c, h)
				maps.DeleteFunc(h, func(name string, _ []string) bool { return strings.HasPrefix(name, "Access-Control-") })
				maps.Copy(h, ours)
			}
		}
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins, AllowCredentials: !slices.Contains(origins, "*"), AllowedHeaders: []string{"*"},
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete},
		ExposedHeaders: []string{"Rolecall-Rule", engine.RequestIDHeader, "Location", "Allow", "Retry-After", "WWW-Authenticate"},
	}).Handler(apis)
}

// checkOrigins refuses what no browser sends as an origin: it would allow nothing.
func checkOrigins(origins []string) error {
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if origin != "*" && (err != nil || u.Host == "" || u.Scheme+"://"+u.Host != origin) {
			return fmt.Errorf("%q is no origin of web pages; write scheme, host and port alone, as in http://localhost:3000, or * for any", origin)
		}
	}
	return nil
}
