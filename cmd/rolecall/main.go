// Command rolecall serves mocks of user-management APIs and holds servers to
// their documents.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole command, with everything it touches as arguments, and
// returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var status *exitStatus
	switch {
	case err == nil:
		return report.ExitConformant
	case errors.As(err, &status):
		if status.err != nil {
			fmt.Fprintln(stderr, "rolecall:", status.err)
		}
		return status.code
	}
	fmt.Fprintln(stderr, "rolecall:", err)
	return report.ExitUsage
}

// exitStatus is the error of a command that worked and says no. Any other
// error is wrong usage or configuration.
type exitStatus struct {
	code int
	err  error // for standard error; nil when the report said it
}

func (e *exitStatus) Error() string { return fmt.Sprintf("exit status %d", e.code) }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "rolecall",
		Short: "Mock user-management APIs, and hold servers to their documents",
		Long: `Rolecall mocks the user-management APIs of three vendors as they document
them, and holds any server, the mock or a real one, to the same documents.

Exit statuses of verify:
  0 conformant            3 target unreachable, or it refused the credentials
  1 not conformant        4 nothing was selected, or nothing could be judged
  2 wrong usage           5 something was left behind on the target
  6 interrupted           7 conformant, but a report could not be written
Where several apply, the first of 2, 5, 6, 3, 1, 4, 7.`,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			var names []string
			for _, c := range cmd.Commands() {
				names = append(names, c.Name())
			}
			return fmt.Errorf("there is no command %q%s", args[0], schemas.Suggest(args[0], names))
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(suggestFlag)
	root.AddCommand(serveCommand(), healthCommand(), verifyCommand(), rulesCommand(), stepsCommand(), auditCommand(), contractCommand(), reportCommand(), targetCommand(), sweepCommand())
	return root
}

// suggestFlag names the flag that was probably meant.
func suggestFlag(cmd *cobra.Command, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !ok {
		return fmt.Errorf("%w; \"%s --help\" shows how it is used", err, cmd.CommandPath())
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
	return fmt.Errorf("there is no flag --%s%s", name, schemas.Suggest("--"+name, known))
}

// version is the module's, as the Go toolchain stamped it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
