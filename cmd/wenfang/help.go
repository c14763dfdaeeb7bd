package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newHelp returns the verb help, which explains another verb.
func newHelp(u *ui, root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help " + u.text("cli.help.args"),
		Short: u.text("cli.help.short"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			if err := checkVerb(u, root, args[0]); err != nil {
				return err
			}
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usage(u.text("cli.error.verb", "verb", strings.Join(args, " ")))
			}
			return cmd.Help()
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range root.Commands() {
				if len(args) == 0 && c.IsAvailableCommand() {
					names = append(names, c.Name()+"\t"+c.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// help prints the help of a command. It stands in place of cobra's templates, which speak
// English and pad by bytes.
func (u *ui) help(cmd *cobra.Command) {
	var b strings.Builder
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	b.WriteString(about + "\n\n" + u.text("cli.help.usage") + "\n")
	for _, line := range u.useLines(cmd) {
		b.WriteString("  " + line + "\n")
	}
	if rows := commandRows(cmd); len(rows) > 0 {
		b.WriteString("\n" + u.text("cli.help.commands") + "\n" + list(rows))
	}
	if rows := u.flagRows(cmd.NonInheritedFlags()); len(rows) > 0 {
		b.WriteString("\n" + u.text("cli.help.flags") + "\n" + list(rows))
	}
	if rows := u.flagRows(cmd.InheritedFlags()); len(rows) > 0 {
		b.WriteString("\n" + u.text("cli.help.global") + "\n" + list(rows))
	}
	if cmd.Example != "" {
		b.WriteString("\n" + u.text("cli.help.examples") + "\n" + indent(cmd.Example) + "\n")
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n" + u.text("cli.help.more", "command", cmd.CommandPath()) + "\n")
	}
	_, _ = u.out.Write([]byte(b.String()))
}

// useLines returns how the command, and each command below it, is called.
func (u *ui) useLines(cmd *cobra.Command) []string {
	if !cmd.HasParent() {
		return []string{cmd.Name() + " " + u.text("cli.help.command") + " " + u.text("cli.help.options")}
	}
	if !cmd.HasAvailableSubCommands() {
		return []string{u.useLine(cmd)}
	}
	var out []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			out = append(out, u.useLine(c))
		}
	}
	return out
}

// useLine returns how a command is called: its path, its options, its arguments.
func (u *ui) useLine(cmd *cobra.Command) string {
	_, args, _ := strings.Cut(cmd.Use, " ")
	line := cmd.CommandPath()
	if cmd.HasAvailableLocalFlags() {
		line += " " + u.text("cli.help.options")
	}
	return strings.TrimRight(line+" "+args, " ")
}

func commandRows(cmd *cobra.Command) [][2]string {
	var rows [][2]string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			rows = append(rows, [2]string{c.Name(), c.Short})
		}
	}
	return rows
}

func (u *ui) flagRows(flags *pflag.FlagSet) [][2]string {
	var rows [][2]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		if value := f.Annotations[valueKey]; len(value) > 0 {
			name += " " + value[0]
		}
		about := f.Usage
		switch f.DefValue {
		case "", "0", "0s", "false":
		default:
			about += u.text("cli.help.default", "value", f.DefValue)
		}
		rows = append(rows, [2]string{name, about})
	})
	return rows
}

// valueKey is the annotation of a flag with the name of its value.
const valueKey = "value"

// nameValues splits the words of every flag below cmd: the name of its value, which stands
// first in back quotes (a switch has none), becomes an annotation, and what the flag does is
// left for the help and for the shell.
func nameValues(cmd *cobra.Command) {
	split := func(f *pflag.Flag) {
		if rest, ok := strings.CutPrefix(f.Usage, "`"); ok {
			value, about, _ := strings.Cut(rest, "` ")
			f.Usage = about
			if f.Annotations == nil {
				f.Annotations = map[string][]string{}
			}
			f.Annotations[valueKey] = []string{value}
		}
	}
	cmd.LocalFlags().VisitAll(split)
	for _, c := range cmd.Commands() {
		nameValues(c)
	}
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(text, "\n", "\n  ")
}
