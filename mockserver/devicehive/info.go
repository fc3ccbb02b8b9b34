package devicehive

import (
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type info struct {
	APIVersion         string `json:"apiVersion"`
	ServerTimestamp    any    `json:"serverTimestamp"`
	WebSocketServerURL string `json:"webSocketServerUrl"`
}

func getInfo(c *engine.Call) (engine.Response, error) {
	if _, err := identify(c); err != nil {
		return engine.Response{}, err
	}
	settings := stateOf(c).settings
	_, rest, _ := strings.Cut(c.Base, "://")
	host, _, _ := strings.Cut(rest, "/")
	return engine.OK(info{settings.APIVersion, timestamp(c.Now()), "ws://" + host + settings.WebSocketPath})
}

type clusterConfig struct {
	BootstrapServers string `json:"bootstrap.servers"`
	ZookeeperConnect string `json:"zookeeper.connect"`
}

func getClusterConfig(c *engine.Call) (engine.Response, error) {
	if _, err := identify(c); err != nil {
		return engine.Response{}, err
	}
	settings := stateOf(c).settings
	return engine.OK(clusterConfig{settings.BootstrapServers, settings.ZookeeperConnect})
}

type cacheInfo struct {
	ServerTimestamp any    `json:"serverTimestamp"`
	CacheStats      string `json:"cacheStats"`
}

func getCacheInfo(c *engine.Call) (engine.Response, error) {
	if _, err := identify(c); err != nil {
		return engine.Response{}, err
	}
	return engine.OK(cacheInfo{timestamp(c.Now()), "no cache"})
}

// listDevices is there for clients that ask before they reach a user; devices
// are no part of this mock.
func listDevices(*engine.Call) (engine.Response, error) { return engine.OK([]struct{}{}) }
