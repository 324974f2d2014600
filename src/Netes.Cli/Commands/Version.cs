using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Netes.Cli.Clusters.Images;

namespace Netes.Cli.Commands;

/// <summary>netes version</summary>
internal static class VersionCommand
{
    public const string Kubernetes = "v1.36.0";

    public static Command Make(CommandContext context)
    {
        var quiet = new Option<bool>("--quiet", "-q") { Description = "print the version only" };
        var command = new Command("version", "Prints the netes CLI version") { quiet };
        command.SetAction((parsed, _) => context.RunAsync("", async () =>
        {
            var own = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion.Split('+')[0];
            await context.Output.WriteLineAsync(parsed.GetValue(quiet)
                ? own
                : $"netes v{own} Kubernetes {Kubernetes} {RuntimeInformation.FrameworkDescription} " +
                  $"linux/{ArchiveImages.ThisArchitecture}");
        }));
        return command;
    }
}
