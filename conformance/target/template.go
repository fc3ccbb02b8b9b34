package target

import (
	"fmt"
	"io"
	"strings"
)

// WriteTemplate writes a commented target file: what can be said of a target,
// with what it means.
func WriteTemplate(w io.Writer, apis []*API) error {
	var b strings.Builder
	b.WriteString(`# A target of "rolecall verify --target". Unknown keys are refused.
# Secrets are better kept out of this file: {env: NAME} or {file: PATH}.
timeout: 10s          # of one request
rate: 20              # requests a second at most
# proxy: http://gateway.example.com:3128
tls: {}
#   ca: ca.pem          # PEM file of the authority to trust; paths are relative to this file
#   insecure: true      # take any certificate; for test systems
#   certificate: client.pem
#   key: client.key
apis:
`)
	for _, api := range apis {
		fmt.Fprintf(&b, "  %s:\n    url: https://server.example.com%s   # with the base path\n", api.Name, api.Contract.BasePaths[0])
		b.WriteString("    # edition: name it for the report\n    # mock: true        # it is our mock: use its sandboxes and control plane\n    # settle: 2s        # its views may take so long to agree after a change\n    credentials:\n")
		for i, role := range api.Roles {
			from, comment := "ROLECALL_"+strings.ToUpper(api.Name+"_"+role), ""
			if i > 0 {
				comment = "# "
			}
			fmt.Fprintf(&b, "      %s%s:\n", comment, role)
			for _, part := range []string{"login", "password", "token"} {
				needed := comment
				if c := api.Mock.Credentials[role]; part == "token" && c.Token == "" || part != "token" && c.Login == "" && c.Token != "" {
					needed = "# "
				}
				fmt.Fprintf(&b, "      %s  %s: {env: %s_%s}\n", needed, part, from, strings.ToUpper(part))
			}
		}
		b.WriteString("    facts:              # what is not given is skipped, with the reason in the report\n")
		for _, f := range api.Facts {
			fmt.Fprintf(&b, "      # %s\n      # %s: %s\n", f.Meaning, f.Name, f.Example)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
