package mockserver

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// metrics are what a monitoring system reads of the mock. None has a label for
// the sandbox: there may be one for every test that ever ran.
func (s *Server) metrics() http.Handler {
	calls := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "rolecall_calls_total", Help: "Calls by API, operation (none: no operation has the path) and status.",
	}, []string{"api", "operation", "status"})
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "rolecall_call_seconds", Help: "How long calls took, delays by faults included.",
		Buckets: prometheus.ExponentialBuckets(25e-6, 4, 9), // up to 1.6 s
	}, []string{"api"})
	type labels struct {
		api, operation string
		status         int
	}
	counters := engine.NewMemo[labels, prometheus.Counter]() // finding one by its labels costs more than all else here
	seconds := engine.NewMemo[string, prometheus.Observer]()
	s.front.Watch = func(c *engine.Call, e engine.Entry) {
		counters.Get(labels{e.API, e.Operation, e.Status}, func(l labels) prometheus.Counter {
			return calls.WithLabelValues(l.api, l.operation, strconv.Itoa(l.status))
		}).Inc()
		seconds.Get(e.API, func(api string) prometheus.Observer { return took.WithLabelValues(api) }).Observe(e.Took.Seconds())
		if s.options.Log != nil {
			s.log(c, e)
		}
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	all := prometheus.NewRegistry()
	all.MustRegister(calls, took, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("rolecall_sandboxes", "Sandboxes in memory, the one without a name included.", func() float64 {
			return float64(len(s.sandboxes.list()))
		}),
		gauge("rolecall_journal_bytes", "Bytes that the journals of all sandboxes hold.", func() (held float64) {
			for _, x := range s.sandboxes.list() {
				held += float64(x.Journal.Bytes())
			}
			return held
		}),
		gauge("rolecall_ready", "1 until the mock is told to stop, then 0.", func() float64 {
			return number(!s.stopping.Load())
		}),
		gauge("rolecall_fixtures_stale", "1 while the latest fixtures cannot be used, and the last good ones are.", func() float64 {
			return number(s.stale.Load() != nil)
		}),
	)
	return promhttp.HandlerFor(all, promhttp.HandlerOpts{DisableCompression: true})
}

func number(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
