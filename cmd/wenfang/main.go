// Command wenfang turns a folder of Markdown into a handbook website.
//
// The package is the program's mouth: one file per verb, ui.go for how it speaks, and the
// exit codes. Everything else is decided in the packages below internal; nothing here knows
// how a page is made.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes, an interface: see the documentation of the command line.
const (
	exitDone    = 0
	exitContent = 1 // the content has errors; each was printed
	exitUsage   = 2 // the command line is wrong
	exitFailure = 3 // the machine failed
)

// errContent is returned by verbs that have printed errors of the content.
var errContent = errors.New("the content has errors")

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program whatever it does
	defer stop()
	early := scanArgs(args)
	u := newUI(os.Stdout, os.Stderr, language(early, os.Getenv))
	return u.exit(execute(ctx, u, early, args))
}

func execute(ctx context.Context, u *ui, early earlyArgs, args []string) error {
	root := newRoot(u)
	if err := checkLang(u, early); err != nil {
		return err
	}
	if err := checkVerb(u, root, early.verb); err != nil {
		return err
	}
	root.SetArgs(args)
	return root.ExecuteContext(ctx)
}

// newRoot returns the whole command line.
func newRoot(u *ui) *cobra.Command {
	cobra.EnableCommandSorting = false // the order is ours
	root := &cobra.Command{
		Use:               "wenfang",
		Short:             u.text("cli.short"),
		Long:              u.text("cli.long"),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              noArgs(u),
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	cobra.MousetrapHelpText = u.text("cli.mousetrap")
	root.SetOut(u.out)
	root.SetErr(u.err)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { u.help(cmd) })
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(u, cmd, err) })
	root.PersistentFlags().String("lang", "", u.text("cli.flag.lang"))
	root.PersistentFlags().BoolP("help", "h", false, u.text("cli.flag.help"))
	completeWith(root, "lang", languages()...)
	root.AddCommand(
		newBuild(u), newServe(u), newCheck(u), newSearch(u), newExport(u),
		newNew(u), newInit(u), newVersion(u), newCompletion(u),
	)
	root.SetHelpCommand(newHelp(u, root))
	nameValues(root)
	return root
}

// completeWith offers the values of a flag to the shell.
func completeWith(cmd *cobra.Command, flag string, values ...string) {
	err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag does not exist
	}
}
