package devicehive

import (
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type serverInfo struct {
	APIVersion         string `json:"apiVersion"`
	ServerTimestamp    any    `json:"serverTimestamp"`
	WebSocketServerURL string `json:"webSocketServerUrl"`
}

func getInfo(c *engine.Call) (engine.Response, error) {
	settings := stateOf(c).settings
	_, rest, _ := strings.Cut(c.Base, "://")
	host, _, _ := strings.Cut(rest, "/")
	return engine.OK(serverInfo{settings.APIVersion, timestamp(c.Now()), "ws://" + host + settings.WebSocketPath})
}

type clusterConfig struct {
	BootstrapServers string `json:"bootstrap.servers"`
	ZookeeperConnect string `json:"zookeeper.connect"`
}

func getClusterConfig(c *engine.Call) (engine.Response, error) {
	settings := stateOf(c).settings
	return engine.OK(clusterConfig{settings.BootstrapServers, settings.ZookeeperConnect})
}

type cacheInfo struct {
	ServerTimestamp any    `json:"serverTimestamp"`
	CacheStats      string `json:"cacheStats"`
}

func getCacheInfo(c *engine.Call) (engine.Response, error) {
	return engine.OK(cacheInfo{timestamp(c.Now()), stateOf(c).settings.CacheStats})
}

// listDevices is there for clients that ask before they reach a user; devices
// are no part of this mock.
func listDevices(*engine.Call) (engine.Response, error) { return engine.OK([]struct{}{}) }
