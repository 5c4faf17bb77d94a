package main

import (
	"fmt"

	uiserver "github.com/temporalio/ui-server/v2/server"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/server_options"
)

// startUI serves the web UI in the background, or returns nil where none is wanted.
func startUI(s settings) *uiserver.Server {
	if s.uiPort == 0 {
		return nil
	}
	ui := uiserver.NewServer(server_options.WithConfigProvider(&uiconfig.Config{
		TemporalGRPCAddress: local(s.frontendPort),
		Host:                "127.0.0.1",
		Port:                s.uiPort,
		EnableUI:            true,
		DefaultNamespace:    s.namespace,
		// The UI is plain HTTP on the loopback address, so its cookie can't ask for TLS.
		CORS: uiconfig.CORS{CookieInsecure: true},
		// Nothing is asked of the internet: no news, no look for a newer version.
		DisableNewsFetch:   true,
		NotifyOnNewVersion: false,
		HideLogs:           true,
	}))
	go func() {
		if err := ui.Start(); err != nil {
			fmt.Println("web UI:", err)
		}
	}()
	return ui
}
