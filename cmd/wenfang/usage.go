package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wenfang/internal/diag"
)

// usageError is a wrong command line: what is wrong, and what was probably meant.
type usageError struct {
	message string
	advice  string
}

func (e *usageError) Error() string { return e.message }

func usage(message string) error { return &usageError{message: message} }

// checkVerb refuses a verb that does not exist before its flags are looked at: their
// meaning depends on it.
func checkVerb(u *ui, root *cobra.Command, verb string) error {
	if verb == "" || isCompletion(verb) {
		return nil
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	names = append(names, "help")
	for _, name := range names {
		if name == verb {
			return nil
		}
	}
	return &usageError{
		message: u.text("cli.error.verb", "verb", verb),
		advice:  u.advice(diag.Nearest(verb, names), root),
	}
}

// isCompletion reports whether the shell is asking for completions: the rest of the command
// line is then what the user has typed so far.
func isCompletion(verb string) bool { return strings.HasPrefix(verb, cobra.ShellCompRequestCmd) }

// advice names what was probably meant, else where the help is.
func (u *ui) advice(near string, cmd *cobra.Command) string {
	if near != "" {
		return u.text("cli.advice.near", "near", near)
	}
	return u.helpAdvice(cmd)
}

func (u *ui) helpAdvice(cmd *cobra.Command) string {
	return u.text("cli.advice.help", "command", cmd.CommandPath()+" --help")
}

// flagError says in words what is wrong with a flag.
func flagError(u *ui, cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(u, cmd, unknown)
	case errors.As(err, &bare):
		return &usageError{u.text("cli.error.flag-bare", "flag", "--"+bare.GetSpecifiedName()), u.helpAdvice(cmd)}
	case errors.As(err, &invalid):
		return &usageError{
			u.text("cli.error.flag-value", "flag", "--"+invalid.GetFlag().Name, "value", invalid.GetValue()),
			u.helpAdvice(cmd),
		}
	}
	return &usageError{u.text("cli.error.flag-syntax", "detail", err), u.helpAdvice(cmd)}
}

func unknownFlag(u *ui, cmd *cobra.Command, err *pflag.NotExistError) error {
	if err.GetSpecifiedShortnames() != "" {
		return &usageError{u.text("cli.error.flag", "flag", "-"+err.GetSpecifiedName()), u.helpAdvice(cmd)}
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := diag.Nearest(err.GetSpecifiedName(), names)
	if near != "" {
		near = "--" + near
	}
	return &usageError{u.text("cli.error.flag", "flag", "--"+err.GetSpecifiedName()), u.advice(near, cmd)}
}

// noArgs refuses every argument.
func noArgs(u *ui) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return &usageError{u.text("cli.error.extra", "command", cmd.Name(), "arg", args[0]), u.helpAdvice(cmd)}
	}
}

// someArgs wants exactly n arguments, or at least n if more are allowed.
func someArgs(u *ui, n int, more bool) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < n:
			return &usageError{u.text("cli.error.missing", "command", cmd.Name(), "use", u.useLine(cmd)), u.helpAdvice(cmd)}
		case len(args) > n && !more:
			return &usageError{u.text("cli.error.extra", "command", cmd.Name(), "arg", args[n]), u.helpAdvice(cmd)}
		}
		return nil
	}
}

// oneOf refuses a value that is none of the known ones.
func oneOf(u *ui, name, value string, known []string) error {
	for _, k := range known {
		if k == value {
			return nil
		}
	}
	return &usageError{
		message: u.text("cli.error.choice", "name", name, "value", value, "known", strings.Join(known, u.text("cli.or"))),
		advice:  u.near(value, known),
	}
}

// near names what was probably meant, if anything.
func (u *ui) near(value string, known []string) string {
	if near := diag.Nearest(value, known); near != "" {
		return u.text("cli.advice.near", "near", near)
	}
	return ""
}
