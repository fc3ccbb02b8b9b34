package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

func contractCommand() *cobra.Command {
	var list bool
	var edition, format string
	cmd := &cobra.Command{
		Use:   "contract API",
		Short: "Print an API's OpenAPI document, or its operations",
		Long: `Prints the contract of an API as one OpenAPI 3.1 document that refers to no
other file: with schemas, examples that work on the mock's fixtures, and what
any path may answer (marked x-protocol). A mock serves the same document under
/_rolecall/openapi/API, with its own address as the first server.`,
		Example: "  rolecall contract rapid7 > openapi.yaml\n  rolecall contract socotra --edition openapi-2026 --format json\n  rolecall contract rapid7 --operations",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := knownAPIs(args); err != nil {
				return err
			}
			if list {
				return listOperations(cmd, args[0])
			}
			mock, err := mockserver.New(mockserver.Options{APIs: args, Editions: map[string]string{args[0]: edition}})
			if err != nil {
				return err
			}
			return mock.OpenAPI(cmd.OutOrStdout(), args[0], format, "")
		},
	}
	cmd.Flags().StringVar(&edition, "edition", "documented", "the edition to print")
	cmd.Flags().StringVar(&format, "format", "yaml", "yaml or json")
	cmd.Flags().BoolVar(&list, "operations", false, "list operations and documented statuses as JSON lines instead")
	return cmd
}

func listOperations(cmd *cobra.Command, name string) error {
	contract, err := schemas.Load(name)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(cmd.OutOrStdout())
	for _, op := range contract.Operations {
		if err := lines.Encode(map[string]any{
			"operation": op.ID, "method": op.Method, "path": contract.BasePaths[0] + op.Path,
			"statuses": op.Statuses(), "support": op.Support, "documents": op.Documents,
		}); err != nil {
			return err
		}
	}
	return nil
}
