package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/mockserver"
)

type serveFlags struct {
	apis, editions, defects []string
	http, https             string
	fixtures, now           string
	seed                    uint64
	readyFile, token        string
	certDir                 string
}

func serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the mock",
		Long: `Serve the mock until it is interrupted. It prints a line for each listener and
API with base URL and the account to sign in with. Its control plane is under
/_rolecall/, for this machine only unless --control-token is given.`,
		Example: `  rolecall serve
  rolecall serve --api rapid7 --edition rapid7=console-6.6
  rolecall serve --http 127.0.0.1:0 --https off --ready-file ready.json
  rolecall serve --defect r7-built-in-deleted     # do your tests notice?

  curl -u nxadmin:nxpassword http://127.0.0.1:8780/api/3/users/1
  curl -u nxadmin:nxpassword -H 'Rolecall-Sandbox: mine' http://127.0.0.1:8780/api/3/users
  curl -u nxadmin:nxpassword -H 'Prefer: code=503' http://127.0.0.1:8780/api/3/users`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			slog.SetDefault(slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)))
			return serve(cmd.Context(), cmd.OutOrStdout(), f)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.apis, "api", nil, "APIs to serve; all unless given")
	flags.StringArrayVar(&f.editions, "edition", nil, "edition of an API, as in rapid7=console-6.6")
	flags.StringSliceVar(&f.defects, "defect", nil, "defects to switch on in every new sandbox")
	flags.StringVar(&f.http, "http", "127.0.0.1:8780", "address for HTTP; off for none; port 0 for a free one")
	flags.StringVar(&f.https, "https", "127.0.0.1:3780", "address for HTTPS; off for none; port 0 for a free one")
	flags.StringVar(&f.fixtures, "fixtures", "", "folder whose files replace embedded fixtures, as in DIR/rapid7/users.yaml")
	flags.StringVar(&f.now, "now", "", "where the clock stands still, as in 2026-01-31T12:00:00Z")
	flags.Uint64Var(&f.seed, "seed", 0, "what ids and keys are drawn from")
	flags.StringVar(&f.readyFile, "ready-file", "", "file to write base URLs and credentials to, as JSON, when ready")
	flags.StringVar(&f.token, "control-token", "", "bearer token that opens the control plane to other machines")
	flags.StringVar(&f.certDir, "cert-dir", "", "folder for the self-signed certificate; the user's cache unless given")
	return cmd
}

func (f *serveFlags) options() (o mockserver.Options, err error) {
	o = mockserver.Options{APIs: f.apis, Defects: f.defects, Seed: f.seed, Token: f.token}
	if o.Editions, err = embedded.Pairs("edition", f.editions); err != nil {
		return o, err
	}
	if o.Fixtures, err = embedded.FixturesFrom(f.fixtures); err != nil {
		return o, err
	}
	if f.now != "" {
		if o.Now, err = time.Parse(time.RFC3339, f.now); err != nil {
			return o, fmt.Errorf("--now is %q; write a time as in 2026-01-31T12:00:00Z", f.now)
		}
	}
	return o, nil
}

// A ready line is one API on one listener.
type ready struct {
	mockserver.Served
	URL string `json:"url"`
	CA  string `json:"ca,omitempty"` // the certificate to trust, of HTTPS
}

func serve(ctx context.Context, out io.Writer, f serveFlags) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	mock, err := mockserver.New(options)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var all []ready
	var serving sync.WaitGroup
	defer serving.Wait()
	defer stop()
	failed := make(chan error, 2)
	start := func(address, scheme, ca string, secure *tls.Config) error {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return fmt.Errorf("%w; choose another address with --%s, or port 0", err, scheme)
		}
		serving.Go(func() { failed <- mock.Serve(ctx, listener, secure) })
		for _, served := range mock.Served() {
			all = append(all, ready{served, scheme + "://" + listener.Addr().String() + served.BasePath, ca})
		}
		return nil
	}
	if f.https != "off" {
		cert, file, err := certificate(f.certDir)
		if err != nil {
			return err
		}
		secure := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}
		if err := start(f.https, "https", file, secure); err != nil {
			return err
		}
	}
	if f.http != "off" {
		if err := start(f.http, "http", "", nil); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		return fmt.Errorf("--http and --https are both off; there is nothing to serve on")
	}
	debug.FreeOSMemory() // what reading contracts and fixtures took
	if err := announce(out, f.readyFile, all); err != nil {
		return err
	}
	return <-failed
}

// announce prints a line for each API and listener, and writes the ready file
// whole: whoever waits for it never reads half of it.
func announce(out io.Writer, file string, all []ready) error {
	for _, r := range all {
		fmt.Fprintf(out, "%-10s  %-13s  %s", r.API, r.Edition, r.URL)
		for _, c := range r.Credentials {
			fmt.Fprintf(out, "  %s: %s", c.Role, c.Login)
			if c.Password != "" {
				fmt.Fprintf(out, " / %s", c.Password)
			}
			if c.Token != "" {
				fmt.Fprintf(out, "  token %s", c.Token)
			}
		}
		fmt.Fprintln(out)
	}
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file+".part", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".part", file)
}
