package rapid7

import "github.com/rolecall/rolecall/mockserver/engine"

func defects() []engine.Defect { return nil }
