package devicehive_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

// BenchmarkGetUser is the mock beside a bare Gin handler that marshals the same
// user, over real connections and with the same client. The mock verifies the
// token and holds the answer to the contract on every call.
func BenchmarkGetUser(b *testing.B) {
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
	m := newMock(b, "server-3.5")
	token := m.admin()
	b.Run("gin", func(b *testing.B) { measure(b, g, token) })
	b.Run("rolecall", func(b *testing.B) { measure(b, m.handler, token) })
}

// measure reads user 1 again and again, over a few connections at a time.
func measure(b *testing.B, h http.Handler, token string) {
	server := httptest.NewServer(h)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	b.ReportAllocs()
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r, err := http.NewRequest("GET", server.URL+"/dh/rest/user/1", nil)
			if err != nil {
				b.Error(err)
				return
			}
			r.Header.Set("Authorization", "Bearer "+token)
			answer, err := client.Do(r)
			if err != nil || answer.StatusCode != http.StatusOK {
				b.Errorf("%v %v", answer, err)
				return
			}
			if _, err := io.Copy(io.Discard, answer.Body); err != nil {
				b.Error(err)
			}
			answer.Body.Close()
		}
	})
}
