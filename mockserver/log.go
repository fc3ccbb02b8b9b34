package mockserver

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// A Log writes a line for each request. It holds lines back for a tenth of a
// second at most, unless people watch them come.
type Log struct {
	format func(to []byte, l *logLine) []byte
	live   bool // lines go out at once

	mu      sync.Mutex
	to      io.Writer
	held    []byte
	pending bool // a flush is on its way
}

// A logLine is one request, without secrets.
type logLine struct {
	engine.Entry
	sandbox string
	unread  []string
}

// LogFormats are the forms of a log: lines for people, and JSON.
var LogFormats = []string{"text", "json"}

// NewLog makes a log of one of the LogFormats. On a terminal each line goes out
// at once; colour is for text.
func NewLog(to io.Writer, format string, terminal, colour bool) (*Log, error) {
	l := &Log{to: to, live: terminal}
	switch format {
	case "text":
		l.format = func(to []byte, line *logLine) []byte { return line.text(to, colour) }
	case "json":
		l.format = func(to []byte, line *logLine) []byte { return append(append(to, engine.Render(line.json)...), '\n') }
	default:
		return nil, fmt.Errorf("there is no log format %q%s", format, schemas.Suggest(format, LogFormats))
	}
	return l, nil
}

const logDelay, logHeld = 100 * time.Millisecond, 32 << 10

func (l *Log) write(line *logLine) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = l.format(l.held, line)
	switch {
	case l.live || len(l.held) > logHeld:
		l.flush()
	case !l.pending:
		l.pending = true
		time.AfterFunc(logDelay, l.Flush)
	}
}

// Flush writes the lines that are held back.
func (l *Log) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending = false
	l.flush()
}

func (l *Log) flush() {
	_, _ = l.to.Write(l.held) // there is nowhere to say that a log cannot be written
	l.held = l.held[:0]
}

// colours of the classes of statuses; a request without an answer is as bad as
// one that failed.
var colours = [6]string{"\x1b[31m", "\x1b[36m", "\x1b[32m", "\x1b[36m", "\x1b[33m", "\x1b[31m"}

func (l *logLine) text(to []byte, colour bool) []byte {
	dim, plain, status := "", "", ""
	if colour {
		dim, plain, status = "\x1b[2m", "\x1b[0m", colours[min(l.Status/100, 5)]
	}
	to = append(append(to, dim...), time.Now().Format("15:04:05.000")...)
	to = append(append(append(to, plain...), ' ', ' '), status...)
	if l.Status == 0 {
		to = append(to, "---"...)
	} else {
		to = strconv.AppendInt(to, int64(l.Status), 10)
	}
	to = append(append(to, plain...), "  "...)
	to = append(append(to, l.Method...), "       "[min(len(l.Method), 6):]...)
	to = append(append(to, ' '), quotable(l.URL)...)
	if l.Operation != "" {
		to = append(append(to, "  "...), l.Operation...)
	}
	to = append(append(append(to, "  "...), dim...), took(l.Took)...)
	to = append(to, plain...)
	pair := func(name, value string) {
		if value != "" {
			to = append(append(append(append(to, "  "...), name...), '='), quotable(value)...)
		}
	}
	pair("rule", l.Rule)
	pair("unread", strings.Join(l.unread, ","))
	pair("sandbox", l.sandbox)
	return append(to, '\n')
}

// quotable keeps what a client writes from looking like something else.
func quotable(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == '"' || !strconv.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

func (l *logLine) json(j *engine.JSON) {
	text := func(name, value string) {
		if value != "" {
			j.Name(name).Text(value)
		}
	}
	j.Open('{')
	text("time", time.Now().UTC().Format(time.RFC3339Nano))
	text("method", l.Method)
	text("path", l.URL)
	j.Name("status").Int(int64(l.Status))
	text("api", l.API)
	text("operation", l.Operation)
	text("caller", l.Caller)
	text("rule", l.Rule)
	if len(l.unread) > 0 {
		j.Name("unread").Texts(l.unread)
	}
	text("sandbox", l.sandbox)
	text("took", took(l.Took))
	j.Close('}')
}

// took is a duration as the journal and the log show it.
func took(d time.Duration) string { return d.Round(time.Microsecond).String() }

// log has a line written for a call of an API; for anything else c is nil.
func (s *Server) log(c *engine.Call, e engine.Entry) {
	line := &logLine{Entry: e}
	known := s.apis[0].Contract.Redactor()
	if c != nil {
		known, line.sandbox, line.unread = c.API.Contract.Redactor(), c.Sandbox.Name, c.Unread()
	}
	line.URL = known.Target(e.URL)
	for i, name := range line.unread {
		line.unread[i] = known.Target(name)
	}
	s.options.Log.write(line)
}
