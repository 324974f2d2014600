using System.CommandLine;

namespace Netes.Cli.Commands;

/// <summary>
/// netes completion bash|zsh|fish: the shell asks the program itself, so the answers are always true.
/// </summary>
internal static class Completion
{
    private const string Bash =
        """
        # bash completion for netes; use it with: source <(netes completion bash)
        _netes() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(netes "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _netes netes
        """;

    private const string Zsh =
        """
        #compdef netes
        # zsh completion for netes; use it with: source <(netes completion zsh)
        _netes() {
            local -a answers
            answers=("${(@f)$(netes "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a answers
        }
        compdef _netes netes
        """;

    private const string Fish =
        """
        # fish completion for netes; use it with: netes completion fish | source
        function __netes_complete
            set -l line (commandline -cp)
            netes "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c netes -f -a '(__netes_complete)'
        """;

    public static Command Make(CommandContext context) =>
        new("completion", "Outputs shell completion code for the specified shell (bash, zsh or fish)")
        {
            Shell(context, "bash", Bash), Shell(context, "zsh", Zsh), Shell(context, "fish", Fish),
        };

    private static Command Shell(CommandContext context, string name, string script)
    {
        var command = new Command(name, $"Output shell completions for {name}");
        command.SetAction((_, _) => context.RunAsync("", () => context.Output.WriteLineAsync(script)));
        return command;
    }
}
