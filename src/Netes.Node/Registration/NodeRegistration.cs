using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Nodes.Machines;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Registration;

/// <summary>
/// Makes the node known and keeps its status true: at once when the runtime comes or goes or somebody else wrote, else
/// looked at with each lease renewal; what changed is patched, and every five minutes the heartbeat.
/// Source: pkg/kubelet/kubelet_node_status.go.
/// </summary>
internal sealed partial class NodeRegistration(
    NodeAgentOptions options, KubernetesClient client, Informer<Node> nodes, IContainerRuntime runtime,
    MachineReader machine, TimeProvider time, ILogger<NodeRegistration> logger)
{
    // Source: pkg/kubelet/kubelet.go, newRuntimeState(maxWaitForContainerRuntime).
    private static readonly TimeSpan RuntimePatience = TimeSpan.FromSeconds(30);
    private NodeStatusInput? answered;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim signal = new(0);
    private readonly TaskCompletionSource<Node> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset reportedAt;
    private Node? node;

    /// <summary>The node's object, once it exists.</summary>
    public Task<Node> RegisteredAsync(CancellationToken cancel) => registered.Task.WaitAsync(cancel);

    /// <summary>The node's object as last seen; null before it exists.</summary>
    public Node? Node => Volatile.Read(ref node);

    /// <summary>What the node offers, as last reported.</summary>
    public ValueMap<Quantity> Allocatable => Node?.Status.Allocatable ?? default;

    /// <summary>Something happened that the status shows.</summary>
    public void LookNow() => signal.Release();

    public async Task RunAsync(CancellationToken cancel)
    {
        nodes.AddHandler(See);
        while (!cancel.IsCancellationRequested)
        {
            // A node that is not ready, or could not say so, looks every second: others wait for it.
            var settled = false;
            try
            {
                await StepAsync(cancel);
                settled = node?.Status.Conditions.Any(each => each is { Type: "Ready", Status: "True" }) ?? false;
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                LogFailed(error, options.NodeName);
            }

            try
            {
                await WaitAsync(settled ? options.LeaseRenewal : TimeSpan.FromSeconds(1), cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(wait, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await signal.WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return; // the regular look
        }
    }

    private async Task StepAsync(CancellationToken cancel)
    {
        var input = await MeasureAsync(cancel);
        var current = Volatile.Read(ref node) ?? await RegisterAsync(input, cancel);
        var status = NodeStatuses.Build(input, current.Status);
        if (!NodeStatuses.SameButHeartbeat(status, current.Status)
            || input.Now - reportedAt >= options.NodeStatusReport)
        {
            current = await ReportAsync(current, status, cancel);
            reportedAt = input.Now;
        }

        Take(current);
        registered.TrySetResult(current);
    }

    private async Task<Node> ReportAsync(Node current, NodeStatus status, CancellationToken cancel)
    {
        if (StatusPatch.Between(current.Metadata.Uid, current.Status, status) is not { } patch)
        {
            return current;
        }

        try
        {
            return await client.PatchAsync<Node>("", options.NodeName, patch, "status", cancel);
        }
        catch (ApiException error) when (error.IsNotFound || error.IsConflict)
        {
            // Deleted by somebody, or made anew: a node that runs comes back.
            Volatile.Write(ref node, null);
            throw;
        }
    }

    /// <summary>The API's node changed: by us, or by somebody whose change may have to be undone.</summary>
    private void See(Change<Node> change)
    {
        if (change.Key.Name != options.NodeName)
        {
            return;
        }

        if (change.New is null)
        {
            Volatile.Write(ref node, null);
            signal.Release();
        }
        else if (Take(change.New) is { } before && before.Status != change.New.Status)
        {
            signal.Release();
        }
    }

    /// <summary>Takes the newer of what is known and what came; answers what was known.</summary>
    private Node? Take(Node next)
    {
        lock (gate)
        {
            var before = node;
            if (before is null || before.Metadata.Uid != next.Metadata.Uid
                || ResourceVersions.IsNewer(next.Metadata.ResourceVersion, before.Metadata.ResourceVersion))
            {
                Volatile.Write(ref node, next);
            }

            return before;
        }
    }

    private async Task<Node> RegisterAsync(NodeStatusInput input, CancellationToken cancel)
    {
        var wanted = new Node
        {
            Metadata = new ObjectMeta
            {
                Name = options.NodeName,
                Labels = Labels().ToValueMap(),
                Annotations = ValueMap.Of(("volumes.kubernetes.io/controller-managed-attach-detach", "true")),
            },
            Spec = new() { Taints = options.NodeTaints.ToValueList() },
            Status = NodeStatuses.Build(input, NodeStatus.Empty),
        };
        try
        {
            var created = await client.CreateAsync(wanted, cancel);
            LogRegistered(options.NodeName);
            return created;
        }
        catch (ApiException error) when (error.IsAlreadyExists)
        {
            var existing = await client.GetAsync<Node>("", options.NodeName, cancel);
            var missing = new JsonObject();
            foreach (var (name, value) in Labels().Where(label => existing.Metadata.Labels.Get(label.Key, "")
                != label.Value))
            {
                missing[name] = value;
            }

            if (missing.Count == 0)
            {
                return existing;
            }

            var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = missing } }.ToJsonString();
            return await client.PatchAsync<Node>("", options.NodeName, Client.Patch.Merge(patch), "", cancel);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Labels()
    {
        var architecture = NodeStatuses.Architecture();
        foreach (var (key, value) in options.NodeLabels)
        {
            yield return new(key, value);
        }

        yield return new("kubernetes.io/hostname", options.NodeName);
        yield return new("kubernetes.io/os", "linux");
        yield return new("kubernetes.io/arch", architecture);
        yield return new("beta.kubernetes.io/os", "linux");
        yield return new("beta.kubernetes.io/arch", architecture);
    }

    private async Task<NodeStatusInput> MeasureAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var input = new NodeStatusInput
        {
            Options = options, Machine = machine, Usage = machine.Usage(options.DataDirectory), Now = time.GetUtcNow(),
        };
        try
        {
            var version = await runtime.VersionAsync(cancel);
            var status = await runtime.StatusAsync(cancel);
            var problems = status.Status.Conditions.Where(condition => !condition.Status).Select(Explain);
            answered = input with
            {
                RuntimeVersion = $"{version.RuntimeName}://{version.RuntimeVersion.TrimEnd('~').Split('~')[0]}",
                NotReady = string.Join(", ", problems),
                Images = await runtime.ListImagesAsync(cancel),
            };
            return answered;
        }
        catch (RuntimeException) when (answered is not null && input.Now - answered.Now < RuntimePatience)
        {
            // A restart of the runtime touches no container: the node is as good as it was.
            return input with
            {
                RuntimeVersion = answered.RuntimeVersion, NotReady = answered.NotReady, Images = answered.Images,
            };
        }
        catch (RuntimeException)
        {
            return input with
            {
                NotReady = "container runtime is down",
                RuntimeVersion = node?.Status.NodeInfo.ContainerRuntimeVersion ?? "",
            };
        }
    }

    private static string Explain(Cri.RuntimeCondition condition) => condition.Type == "NetworkReady"
        ? $"container runtime network not ready: NetworkReady=false reason:{condition.Reason} "
            + $"message:{condition.Message}"
        : $"container runtime not ready: {condition.Type}=false reason:{condition.Reason} message:{condition.Message}";

    [LoggerMessage(Level = LogLevel.Information, Message = "registered Node {Name}")]
    private partial void LogRegistered(string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "status of Node {Name} not reported, trying again")]
    private partial void LogFailed(Exception error, string name);
}
