package devicehive

import (
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func getInfo(c *engine.Call) (engine.Response, error) {
	settings := stateOf(c).settings
	_, rest, _ := strings.Cut(c.Base, "://")
	host, _, _ := strings.Cut(rest, "/")
	return engine.OK(func(j *engine.JSON) {
		j.Open('{')
		j.Name("apiVersion").Text(settings.APIVersion)
		writeTime(j.Name("serverTimestamp"), c.Now())
		j.Name("webSocketServerUrl").Text("ws://", host, settings.WebSocketPath)
		j.Close('}')
	})
}

func getClusterConfig(c *engine.Call) (engine.Response, error) {
	settings := stateOf(c).settings
	return engine.OK(func(j *engine.JSON) {
		j.Open('{')
		j.Name("bootstrap.servers").Text(settings.BootstrapServers)
		j.Name("zookeeper.connect").Text(settings.ZookeeperConnect)
		j.Close('}')
	})
}

func getCacheInfo(c *engine.Call) (engine.Response, error) {
	return engine.OK(func(j *engine.JSON) {
		j.Open('{')
		writeTime(j.Name("serverTimestamp"), c.Now())
		j.Name("cacheStats").Text(stateOf(c).settings.CacheStats)
		j.Close('}')
	})
}

// listDevices is there for clients that ask before they reach a user; devices
// are no part of this mock.
func listDevices(*engine.Call) (engine.Response, error) {
	return engine.OK(func(j *engine.JSON) { j.Texts(nil) })
}
