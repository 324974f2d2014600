using System.CommandLine;
using System.CommandLine.Help;
using Netes.Cli.Commands;

namespace Netes.Cli;

/// <summary>The list of commands: what is not here does not exist.</summary>
internal static class CommandList
{
    private static readonly Func<CommandContext, Command>[] All =
    [
        Create.Make, Delete.Make, Get.Make, Export.Make, Load.Make, Start.Make, Stop.Make, Server.Make, Agent.Make,
        Doctor.Make, VersionCommand.Make, Completion.Make, .. NodeSteps.All,
    ];

    public static RootCommand Root(CommandContext context)
    {
        var root = new RootCommand("netes creates and manages local Kubernetes clusters on this machine");
        foreach (var make in All)
        {
            root.Add(make(context));
        }

        // Answers to these stay; they are not offered, since nobody types them here.
        var help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Remove("/h");
        help.Aliases.Remove("/?");
        return root;
    }
}
