package rapid7_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/rolecall/rolecall/mockserver/rapid7"
)

// The baseline: bare Gin handlers that marshal the same values as the mock.

// creator is a Gin handler that decodes a user and keeps it.
func creator() http.Handler {
	var mu sync.Mutex
	users, next := map[int64]benchCreate{}, int64(100)
	g := gin.New()
	g.POST("/api/3/users", func(c *gin.Context) {
		var u benchCreate
		if err := json.NewDecoder(c.Request.Body).Decode(&u); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		mu.Lock()
		id := next
		users[id] = u
		next++
		mu.Unlock()
		all := "http://" + c.Request.Host + "/api/3/users"
		c.JSON(http.StatusOK, benchCreated{[]rapid7.Link{{Href: all, Rel: "self"}, {Href: all + "/" + strconv.FormatInt(id, 10), Rel: "self"}}, id})
	})
	return g
}

// same fills the baseline's value from the mock's answer and sees to it that
// both then answer the same bytes.
func same(b *testing.B, mock, g http.Handler, r *http.Request, into any) {
	b.Helper()
	answers := [2]string{}
	for i, h := range []http.Handler{mock, g} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		answers[i] = w.Body.String()
		if i == 0 {
			if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
				b.Fatal(err)
			}
		}
	}
	want, have := bytes.Buffer{}, bytes.Buffer{}
	_ = json.Indent(&want, []byte(answers[0]), "", " ")
	_ = json.Indent(&have, bytes.ReplaceAll([]byte(answers[1]), []byte(`\u0026`), []byte("&")), "", " ")
	if want.String() != have.String() {
		b.Fatalf("the baseline answers something else:\n%s\n%s", answers[1], answers[0])
	}
}

// What the mock answers, as a program would declare it.

type benchUser struct {
	Authentication *benchSource   `json:"authentication,omitempty"`
	Email          string         `json:"email,omitempty"`
	Enabled        bool           `json:"enabled"`
	ID             int64          `json:"id"`
	Links          []rapid7.Link  `json:"links"`
	Locale         *rapid7.Locale `json:"locale,omitempty"`
	Locked         bool           `json:"locked"`
	Login          string         `json:"login"`
	Name           string         `json:"name"`
	Role           benchRole      `json:"role"`
}

type benchSource struct {
	External bool          `json:"external"`
	ID       int64         `json:"id"`
	Links    []rapid7.Link `json:"links"`
	Name     string        `json:"name"`
	Type     string        `json:"type"`
}

type benchRole struct {
	AllAssetGroups bool     `json:"allAssetGroups"`
	AllSites       bool     `json:"allSites"`
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	Privileges     []string `json:"privileges,omitempty"`
	Superuser      bool     `json:"superuser"`
}

type benchPage struct {
	Resources []benchUser `json:"resources"`
	Page      struct {
		Number         int64 `json:"number"`
		Size           int64 `json:"size"`
		TotalResources int64 `json:"totalResources"`
		TotalPages     int64 `json:"totalPages"`
	} `json:"page"`
	Links []rapid7.Link `json:"links"`
}

type benchCreate struct {
	Login, Name, Email, Password string
	Role                         struct {
		ID       string
		AllSites bool
	}
}

type benchCreated struct {
	Links []rapid7.Link `json:"links"`
	ID    int64         `json:"id"`
}
