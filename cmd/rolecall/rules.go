package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

func rulesCommand() *cobra.Command {
	var apis []string
	var defects bool
	cmd := &cobra.Command{
		Use:     "rules",
		Short:   "List the rules, with level, source and number of scenarios",
		Example: "  rolecall rules --api rapid7\n  rolecall rules --defects",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownAPIs(apis); err != nil {
				return err
			}
			if defects {
				return listDefects(cmd, apis)
			}
			return listRules(cmd, apis)
		},
	}
	cmd.Flags().StringSliceVar(&apis, "api", nil, "APIs whose rules to list")
	cmd.Flags().BoolVar(&defects, "defects", false, "list the defects that the mock can be started with instead")
	return cmd
}

func knownAPIs(apis []string) error {
	for _, name := range apis {
		if !slices.Contains(schemas.APIs(), name) {
			return fmt.Errorf("there is no API %q%s", name, schemas.Suggest(name, schemas.APIs()))
		}
	}
	return nil
}

func listRules(cmd *cobra.Command, apis []string) error {
	catalogue, err := features.Catalogue()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "RULE\tLEVEL\tSCENARIOS\tTITLE\tSOURCE")
	for _, rule := range catalogue.Rules {
		if len(apis) == 0 || slices.Contains(apis, rule.API.Name) {
			fmt.Fprintf(table, "%s\t%s\t%d\t%s\t%s\n", rule.ID, rule.Level, len(rule.Scenarios), rule.Title, rule.Source)
		}
	}
	return table.Flush()
}

func listDefects(cmd *cobra.Command, apis []string) error {
	mock, err := mockserver.New(mockserver.Options{APIs: apis})
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "DEFECT\tBREAKS\tWHAT THE MOCK THEN DOES WRONG")
	for _, d := range mock.Defects() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", d.ID, d.Breaks, d.Summary)
	}
	return table.Flush()
}

// wordOf is a parameter in a sentence.
var wordOf = regexp.MustCompile(`\{(\w+)\}`)

func stepsCommand() *cobra.Command {
	var apis []string
	cmd := &cobra.Command{
		Use:     "steps",
		Short:   "List the sentences that features may use, with what they mean and an example",
		Example: "  rolecall steps --api rapid7",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownAPIs(apis); err != nil {
				return err
			}
			catalogue, err := features.Catalogue()
			if err != nil {
				return err
			}
			for _, api := range catalogue.APIs {
				if len(apis) > 0 && !slices.Contains(apis, api.Name) {
					continue
				}
				fmt.Fprintln(cmd.OutOrStdout(), api.Name)
				words := map[string]bool{}
				for _, step := range api.Vocabulary() {
					fmt.Fprintf(cmd.OutOrStdout(), "  %-5s %s\n        %s: %s\n", step.Keyword, step.Expression, step.Meaning, step.Example)
					for _, word := range wordOf.FindAllStringSubmatch(step.Expression, -1) {
						words[word[1]] = true
					}
				}
				for _, word := range slices.Sorted(maps.Keys(words)) {
					fmt.Fprintf(cmd.OutOrStdout(), "  %-14s %s\n", "{"+word+"}", steps.Meaning(word))
				}
			}
			return nil
		},
	}
	cmd.Flags().StringSliceVar(&apis, "api", nil, "APIs whose steps to list")
	return cmd
}
