using System.CommandLine;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Configs;
using Netes.Cli.Clusters.Kubeconfigs;
using Netes.Cli.Machine;

namespace Netes.Cli.Commands;

/// <summary>netes create cluster</summary>
internal static class Create
{
    public static Command Make(CommandContext context)
    {
        var name = CommonOptions.Name(context);
        var config = new Option<string?>("--config")
        {
            Description = "path to a cluster configuration file, \"-\" for standard input",
        };
        var workers = new Option<int?>("--workers")
        {
            Description = "number of worker nodes, instead of a configuration file's nodes",
        };
        var wait = new Option<string>("--wait")
        {
            Description = "wait for all nodes to be ready (default 0s)",
            DefaultValueFactory = _ => "0s",
        };
        var kubeconfig = CommonOptions.Kubeconfig();
        var retain = new Option<bool>("--retain")
        {
            Description = "retain nodes for debugging when cluster creation fails",
        };
        var image = new Option<string?>("--image")
        {
            Description = "has no effect: there is no node image",
            Hidden = true,
        };
        var bare = new Option<bool>("--without-kubernetes") { Hidden = true };
        var cluster = new Command("cluster", "Creates a local Kubernetes cluster")
        {
            name, config, workers, wait, kubeconfig, retain, image, bare,
        };
        cluster.SetAction((parsed, cancel) => context.RunAsync("failed to create cluster", async () =>
        {
            CommonOptions.RequireRoot();
            var options = await OptionsAsync(
                context, parsed.GetValue(config), parsed.GetResult(name)?.Implicit == false
                    || context.Environment("NETES_CLUSTER_NAME") is { Length: > 0 } ? parsed.GetValue(name) : null,
                parsed.GetValue(workers), cancel);
            var patience = GoDuration.Parse(parsed.GetValue(wait)!)
                ?? throw new ToolException($"invalid duration \"{parsed.GetValue(wait)}\": expected e.g. 30s or 2m");
            await RunAsync(context, options with { RunKubernetes = !parsed.GetValue(bare) }, new()
            {
                Patience = patience, Kubeconfig = parsed.GetValue(kubeconfig), Retain = parsed.GetValue(retain),
            }, cancel);
        }));
        return new Command("create", "Creates one of [cluster]") { cluster };
    }

    private sealed record Wishes
    {
        public required TimeSpan Patience { get; init; }
        public required string? Kubeconfig { get; init; }
        public required bool Retain { get; init; }
    }

    private static async Task<ClusterOptions> OptionsAsync(
        CommandContext context, string? file, string? name, int? workers, CancellationToken cancel)
    {
        var options = ClusterOptions.Default(ClusterConfig.DefaultName);
        IReadOnlyList<string> errors = [];
        if (file is not null)
        {
            var text = file == "-"
                ? await Console.In.ReadToEndAsync(cancel)
                : await File.ReadAllTextAsync(file, cancel);
            var parsed = ClusterConfig.Parse(text);
            options = parsed.Options;
            errors = parsed.Errors;
            foreach (var warning in parsed.Warnings)
            {
                await context.Error.WriteLineAsync($"WARNING: {warning}");
            }
        }

        options = options with { Name = name ?? options.Name, Egress = EgressOf(context) };
        if (workers is { } count)
        {
            options = options with { Nodes = [.. options.Nodes.Where(n => n.Role == "control-plane"),
                .. Enumerable.Repeat(NodeOptions.Default("worker"), count)] };
        }

        errors = [.. errors, .. ClusterConfig.Check(options).Except(errors)];
        return errors.Count == 0
            ? options
            : throw new ToolException($"invalid configuration:\n  {string.Join("\n  ", errors)}");
    }

    // A proxy of the user's is passed on; NETES_EGRESS=none keeps the nodes to themselves.
    private static string EgressOf(CommandContext context)
    {
        var text = context.Environment("NETES_EGRESS") ?? context.Environment("HTTPS_PROXY")
            ?? context.Environment("https_proxy");
        return text switch
        {
            null or "" => ClusterOptions.EgressDirect,
            ClusterOptions.EgressDirect or ClusterOptions.EgressNone => text,
            _ when Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme == "http" => text,
            _ => throw new ToolException($"the proxy \"{text}\" is not of the form http://host:port"),
        };
    }

    private static async Task RunAsync(
        CommandContext context, ClusterOptions options, Wishes wishes, CancellationToken cancel)
    {
        await context.Error.WriteLineAsync($"Creating cluster \"{options.Name}\" ...");
        var ready = true;
        try
        {
            await context.StepsAsync(async steps =>
            {
                var state = await new ClusterCreator(context.Store, context.Time)
                    .CreateAsync(options, wishes.Retain, steps, cancel);
                if (options.RunKubernetes)
                {
                    ready = await FinishAsync(context, state, wishes, steps, cancel);
                }
            });
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // First what is wrong with the machine, if anything; the failure itself follows.
            await Doctor.TellProblemsAsync(context, cancel);
            throw;
        }

        if (!ready)
        {
            await context.Error.WriteLineAsync(
                $" • WARNING: Timed out waiting for Ready ({wishes.Patience.TotalSeconds} s)");
        }

        var entry = KubeconfigEntry.ContextOf(options.Name);
        await context.Output.WriteLineAsync(!options.RunKubernetes ? "" :
            $"Set kubectl context to \"{entry}\"\nYou can now use your cluster with:\n\n" +
            $"kubectl cluster-info --context {entry}\n");
    }

    private static async Task<bool> FinishAsync(
        CommandContext context, ClusterState state, Wishes wishes, IProgress<string> steps, CancellationToken cancel)
    {
        var access = new ClusterAccess(context.Store, context.Time);
        var file = KubeconfigFile.ForMerge(KubeconfigFile.Candidates(wishes.Kubeconfig, context.Environment));
        KubeconfigFile.Merge(file, access.Entry(state, inside: false));
        if (wishes.Patience == TimeSpan.Zero)
        {
            return true;
        }

        steps.Report($"Waiting ≤ {wishes.Patience.TotalSeconds} s for all nodes to be Ready");
        return await access.WaitForNodesAsync(state, wishes.Patience, cancel);
    }
}
