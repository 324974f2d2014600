using System.CommandLine;
using Netes.Cli.Doctors;

namespace Netes.Cli.Commands;

/// <summary>netes doctor: what is missing or wrong on this machine, each with the command that mends it.</summary>
internal static class Doctor
{
    public static Command Make(CommandContext context)
    {
        var command = new Command("doctor", "Checks whether this machine can run clusters");
        command.SetAction(async (_, cancel) =>
        {
            var findings = await Checks.RunAllAsync(context.Store.Paths, cancel);
            foreach (var finding in findings)
            {
                await context.Output.WriteLineAsync(finding.ToText());
            }

            return findings.Any(finding => finding.Severity == Severity.Error) ? 1 : 0;
        });
        return command;
    }

    /// <summary>Prints only what is wrong; for use after a failure.</summary>
    public static async Task TellProblemsAsync(CommandContext context, CancellationToken cancel)
    {
        foreach (var finding in await Checks.RunAllAsync(context.Store.Paths, cancel))
        {
            if (finding.Severity != Severity.Fine)
            {
                await context.Error.WriteLineAsync(finding.ToText());
            }
        }
    }
}
