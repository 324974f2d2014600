using System.ComponentModel;
using Netes.Cli.Clusters;
using Netes.Cli.Machine;
using Netes.Store;
using Spectre.Console;

namespace Netes.Cli;

/// <summary>What every command works with: the machine's clusters, the clock, and the user's terminal.</summary>
internal sealed record CommandContext(
    ClusterStore Store, TimeProvider Time, TextWriter Output, TextWriter Error, Func<string, string?> Environment)
{
    public static CommandContext FromEnvironment() => new(
        new ClusterStore(ClusterPaths.FromEnvironment()), TimeProvider.System, Console.Out, Console.Error,
        System.Environment.GetEnvironmentVariable);

    /// <summary>Runs a command; a failure that the user can understand is told in one line, with exit code 1.</summary>
    /// <param name="what">What failed, as in "failed to create cluster"; empty for none.</param>
    /// <param name="run">The command.</param>
    public async Task<int> RunAsync(string what, Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception error) when (error is ToolException or IOException or Win32Exception
            or UnauthorizedAccessException or StoreException)
        {
            await Error.WriteLineAsync($"ERROR: {(what.Length > 0 ? what + ": " : "")}{error.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Error.WriteLineAsync("ERROR: interrupted");
            return 130;
        }
    }

    /// <summary>
    /// Runs work that reports its steps: a spinner and a tick for each on a terminal, plain lines otherwise. Steps go
    /// to standard error, as kind's do, so that output can be piped.
    /// </summary>
    public async Task StepsAsync(Func<IProgress<string>, Task> work)
    {
        if (Console.IsErrorRedirected || Error != Console.Error)
        {
            await work(new PlainSteps(Error));
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        await console.Status().StartAsync("...", async status =>
        {
            var steps = new SpinnerSteps(console, status);
            try
            {
                await work(steps);
                steps.End("[green]✓[/]");
            }
            catch (Exception)
            {
                steps.End("[red]✗[/]");
                throw;
            }
        });
    }

    private sealed class PlainSteps(TextWriter output) : IProgress<string>
    {
        public void Report(string value) => output.WriteLine($" • {value} ...");
    }

    private sealed class SpinnerSteps(IAnsiConsole console, StatusContext status) : IProgress<string>
    {
        private string? current;

        public void Report(string value)
        {
            End("[green]✓[/]");
            current = value;
            status.Status(Markup.Escape(value) + " ...");
        }

        public void End(string sign)
        {
            if (current is not null)
            {
                console.MarkupLine($" {sign} {Markup.Escape(current)}");
            }

            current = null;
        }
    }
}
