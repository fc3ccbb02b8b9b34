package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/schemas"
)

func targetCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "target",
		Short: "Write a target file to start from, or its JSON Schema",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("there is no command \"target %s\"%s", args[0], schemas.Suggest(args[0], []string{"init", "schema"}))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var apis []string
	init := &cobra.Command{
		Use:     "init",
		Short:   "Print a commented target file",
		Example: "  rolecall target init --api rapid7 > target.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownAPIs(apis); err != nil {
				return err
			}
			catalogue, err := features.Catalogue()
			if err != nil {
				return err
			}
			return target.WriteTemplate(cmd.OutOrStdout(), catalogue.Targets(apis...))
		},
	}
	init.Flags().StringSliceVar(&apis, "api", nil, "APIs that the target has")
	schema := &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of target files, for editors",
		Example: "  rolecall target schema > target.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			catalogue, err := features.Catalogue()
			if err != nil {
				return err
			}
			return target.WriteSchema(cmd.OutOrStdout(), catalogue.Targets())
		},
	}
	cmd.AddCommand(init, schema)
	return cmd
}
