using System.CommandLine;
using Netes.Cli.Machine;
using Netes.Host;

namespace Netes.Cli.Commands;

/// <summary>netes agent: this machine joins a cluster and runs its pods.</summary>
internal static class Agent
{
    public static Command Make(CommandContext context)
    {
        var flags = new NodeFlags();
        var server = new Option<string>("--server")
        {
            Description = "URL of the control plane, https://address:6443",
            Required = true,
        };
        var authority = new Option<string?>("--ca-file")
        {
            Description = "the cluster's authority, for a token that does not carry its hash",
        };
        var command = new Command("agent", "Runs this machine as a node of a cluster") { server, authority };
        flags.AddTo(command);
        command.SetAction((parsed, cancel) => context.RunAsync("agent", async () =>
        {
            using var loggers = flags.Loggers(parsed);
            var url = Uri.TryCreate(parsed.GetValue(server), UriKind.Absolute, out var read) && read.Scheme == "https"
                ? read
                : throw new ToolException($"--server: \"{parsed.GetValue(server)}\" is not an https URL");
            var options = new AgentOptions
            {
                Server = url,
                Token = flags.Token(parsed)
                    ?? throw new ToolException("--token is required: the server keeps it in /var/lib/netes/join-token"),
                AuthorityFile = parsed.GetValue(authority) ?? "",
                NodeName = flags.NodeName(parsed),
                NodeAddress = flags.NodeAddress(parsed),
                NodeLabels = flags.Labels(parsed),
                NodeTaints = flags.Taints(parsed),
                DataFolder = flags.DataFolder(parsed),
                ContainerdSocket = flags.Containerd(parsed),
                Network = flags.Network(parsed),
            };
            await Server.UntilStoppedAsync(async stop =>
            {
                await flags.PrepareRuntimeAsync(parsed, context.Time, loggers, stop);
                await new AgentNode(options, context.Time, loggers).RunAsync(stop);
            }, cancel);
        }));
        return command;
    }
}
