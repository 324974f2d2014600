using System.CommandLine;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Cli.Machine;
using Netes.ControlPlane.Scheduling;
using Netes.Host;

namespace Netes.Cli.Commands;

/// <summary>netes server: a control plane (and, unless told not to, a node) on this machine.</summary>
internal static class Server
{
    public static Command Make(CommandContext context)
    {
        var flags = new NodeFlags();
        var name = new Option<string>("--cluster-name")
        {
            Description = "the cluster's name, part of the kubeconfig's context",
            DefaultValueFactory = _ => "default",
        };
        var port = new Option<int>("--port") { Description = "port of the API", DefaultValueFactory = _ => 6443 };
        var names = new Option<string[]>("--tls-san")
        {
            Description = "more names or addresses of the API's certificate",
        };
        var kubeconfig = new Option<string?>("--kubeconfig-out")
        {
            Description = "file for the administrator's kubeconfig",
        };
        var withoutAgent = new Option<bool>("--disable-agent") { Description = "run no pods on this machine" };
        var scheduler = new Option<FileInfo?>("--scheduler-config")
        {
            Description = "the scheduler's profiles: a KubeSchedulerConfiguration, kubescheduler.config.k8s.io/v1",
        };
        var apis = new ApiFlags();
        var command = new Command("server", "Runs a control plane on this machine")
        {
            name, port, names, kubeconfig, withoutAgent, scheduler,
        };
        flags.AddTo(command);
        apis.AddTo(command);
        command.SetAction((parsed, cancel) => context.RunAsync("server", async () =>
        {
            DatabaseLibrary.Load();
            using var loggers = flags.Loggers(parsed);
            var options = new ServerOptions
            {
                ClusterName = parsed.GetValue(name)!,
                DataFolder = flags.DataFolder(parsed),
                Port = parsed.GetValue(port),
                NodeAddress = flags.NodeAddress(parsed),
                ExtraNames = (parsed.GetValue(names) ?? []).ToValueList(),
                NodeName = flags.NodeName(parsed),
                NodeLabels = flags.Labels(parsed),
                NodeTaints = flags.Taints(parsed),
                Token = flags.Token(parsed),
                KubeconfigFile = parsed.GetValue(kubeconfig) ?? "",
                RunAgent = !parsed.GetValue(withoutAgent),
                ContainerdSocket = flags.Containerd(parsed),
                Network = flags.Network(parsed),
                Scheduler = Scheduler(parsed.GetValue(scheduler)),
                Features = apis.Features(parsed, loggers),
                RuntimeConfig = apis.RuntimeConfig(parsed),
            };
            await UntilStoppedAsync(async stop =>
            {
                if (options.RunAgent)
                {
                    await flags.PrepareRuntimeAsync(parsed, context.Time, loggers, stop);
                }

                await new ServerNode(options, context.Time, loggers).RunAsync(stop);
            }, cancel);
        }));
        return command;
    }

    private static SchedulerOptions Scheduler(FileInfo? file)
    {
        if (file is null)
        {
            return SchedulerOptions.Default;
        }

        var (options, errors) = SchedulerConfiguration.Parse(File.ReadAllBytes(file.FullName));
        return errors.Count == 0 ? options : throw new InvalidDataException(errors.Count == 1
            ? $"{file}: {errors[0]}"
            : $"{file}: [{string.Join(", ", errors)}]");
    }

    /// <summary>Being asked to stop is how these programs end well.</summary>
    public static async Task UntilStoppedAsync(Func<CancellationToken, Task> run, CancellationToken cancel)
    {
        try
        {
            await run(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // SIGTERM or SIGINT: everything has ended in order.
        }
    }
}
