package bench_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/rolecall/rolecall/mockserver"
)

// TestMain makes this binary the bare Gin server when the benchmarks start it
// as a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("BENCH_GIN") == "" {
		os.Exit(m.Run())
	}
	var a answers
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		err = json.NewDecoder(os.Stdin).Decode(&a)
	}
	if err == nil {
		fmt.Println(listener.Addr())
		err = mockserver.HTTPServer(bareGin(a)).Serve(listener)
	}
	panic(err)
}

// bareGin is the baseline: handlers that marshal the same answers as the mock,
// and check nothing.
func bareGin(a answers) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	g := gin.New()
	g.GET("/api/3/users/:id", func(c *gin.Context) { marshal(c, a.User) })
	g.GET("/api/3/users", func(c *gin.Context) { marshal(c, a.Page) })
	var mu sync.Mutex
	users, next := map[int64]newUser{}, a.Next
	g.POST("/api/3/users", func(c *gin.Context) {
		var u newUser
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
		marshal(c, newID{[]link{{all, "self"}, {all + "/" + strconv.FormatInt(id, 10), "self"}}, id})
	})
	return g
}

var requests atomic.Uint64

func marshal(c *gin.Context, v any) {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false) // as in the mock's links
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	body.Truncate(body.Len() - 1)
	c.Header("Content-Length", strconv.Itoa(body.Len()))
	c.Header("X-Request-Id", "BAREGIN0-"+strconv.FormatUint(requests.Add(1), 36))
	c.Data(http.StatusOK, "application/json;charset=UTF-8", body.Bytes())
}

// answers is what the mock answered, as a program would declare it.
type answers struct {
	User user
	Page page
	Next int64 // the id of the next user
}

type link struct {
	Href string `json:"href"`
	Rel  string `json:"rel"`
}

type user struct {
	Authentication source            `json:"authentication"`
	Email          string            `json:"email"`
	Enabled        bool              `json:"enabled"`
	ID             int64             `json:"id"`
	Links          []link            `json:"links"`
	Locale         map[string]string `json:"locale,omitempty"`
	Locked         bool              `json:"locked"`
	Login          string            `json:"login"`
	Name           string            `json:"name"`
	Role           role              `json:"role"`
}

type source struct {
	External bool   `json:"external"`
	ID       int64  `json:"id"`
	Links    []link `json:"links"`
	Name     string `json:"name"`
	Type     string `json:"type"`
}

type role struct {
	AllAssetGroups bool     `json:"allAssetGroups"`
	AllSites       bool     `json:"allSites"`
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	Privileges     []string `json:"privileges"`
	Superuser      bool     `json:"superuser"`
}

type page struct {
	Resources []user `json:"resources"`
	Page      struct {
		Number         int64 `json:"number"`
		Size           int64 `json:"size"`
		TotalResources int64 `json:"totalResources"`
		TotalPages     int64 `json:"totalPages"`
	} `json:"page"`
	Links []link `json:"links"`
}

type newUser struct {
	Login, Name, Email, Password string
	Role                         struct {
		ID       string
		AllSites bool
	}
}

type newID struct {
	Links []link `json:"links"`
	ID    int64  `json:"id"`
}
