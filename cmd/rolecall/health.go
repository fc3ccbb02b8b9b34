package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func healthCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "health [URL]",
		Short: "Ask a mock whether it is ready, for containers without a shell",
		Long: `Ask the mock at a URL, http://127.0.0.1:8780 unless given, whether it is ready,
with the control token of the variable ` + tokenVariable + ` if it is set.
Exits 0 if it is, 1 if it is not or does not answer.`,
		Example: "  rolecall health\n  rolecall health http://127.0.0.1:9000",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			url := append(args, "http://127.0.0.1:8780")[0]
			if err := ask(cmd, strings.TrimSuffix(url, "/")+"/_rolecall/ready"); err != nil {
				return &exitStatus{1, err}
			}
			return nil
		},
	}
}

func ask(cmd *cobra.Command, url string) error {
	r, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if token := os.Getenv(tokenVariable); token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	// No proxy: one would make the mock believe that somebody else asks.
	answer, err := (&http.Client{Timeout: 3 * time.Second, Transport: &http.Transport{}}).Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10)) // the status is what counts
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s: %s", url, answer.Status, said)
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), "ready")
	return err
}
