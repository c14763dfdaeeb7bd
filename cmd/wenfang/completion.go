package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

func newCompletion(u *ui) *cobra.Command {
	return &cobra.Command{
		Use:       "completion " + strings.Join(shells, "|"),
		Short:     u.text("cli.completion.short"),
		Long:      u.text("cli.completion.long"),
		Example:   u.text("cli.completion.example"),
		Args:      someArgs(u, 1, false),
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf(u, "SHELL", args[0], shells); err != nil {
				return err
			}
			return completion(cmd.Root(), args[0], u.out)
		},
	}
}

func completion(root *cobra.Command, shell string, w io.Writer) error {
	const descriptions = true
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, descriptions)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, descriptions)
	}
	return root.GenPowerShellCompletionWithDesc(w)
}
