package devicehive_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

// discard is a response writer that keeps nothing, so that the benchmarks
// measure the handlers.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

func run(b *testing.B, h http.Handler, r *http.Request) {
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(&discard{http.Header{}}, r)
	}
}

func BenchmarkGetUser(b *testing.B) {
	m := newMock(b, "server-3.5")
	r := httptest.NewRequest("GET", "/dh/rest/user/1", nil)
	r.Header.Set("Authorization", "Bearer "+m.admin())
	run(b, m.handler, r)
}

// BenchmarkBareGin marshals the same user without a mock around it.
func BenchmarkBareGin(b *testing.B) {
	type network struct {
		ID          int64   `json:"id"`
		Name        string  `json:"name"`
		Description *string `json:"description"`
	}
	type user struct {
		Networks       []network `json:"networks"`
		ID             int64     `json:"id"`
		Login          string    `json:"login"`
		Role           int       `json:"role"`
		Status         int       `json:"status"`
		LastLogin      *string   `json:"lastLogin"`
		Data           any       `json:"data"`
		IntroReviewed  bool      `json:"introReviewed"`
		AllDeviceTypes bool      `json:"allDeviceTypesAvailable"`
	}
	about, last := "A DeviceHive Sample Network", "2026-03-01T12:00:00.000"
	g := gin.New()
	g.GET("/dh/rest/user/:id", func(c *gin.Context) {
		c.JSON(http.StatusOK, user{Networks: []network{{1, "Sample Network", &about}}, ID: 1, Login: "dhadmin", LastLogin: &last, AllDeviceTypes: true})
	})
	run(b, g, httptest.NewRequest("GET", "/dh/rest/user/1", nil))
}
