using System.Runtime.InteropServices;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Machines;

namespace Netes.Nodes.Registration;

/// <summary>All that a node's status rests on.</summary>
public sealed record NodeStatusInput
{
    public required NodeAgentOptions Options { get; init; }

    public required MachineReader Machine { get; init; }

    public required MachineUsage Usage { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>E.g. <c>containerd://1.6.20</c>.</summary>
    public string RuntimeVersion { get; init; } = "";

    /// <summary>Why the node cannot take pods; empty when it can.</summary>
    public string NotReady { get; init; } = "";

    public IReadOnlyList<Cri.Image> Images { get; init; } = [];
}

/// <summary>Builds a node's status. Pure. Source: pkg/kubelet/nodestatus/setters.go.</summary>
public static class NodeStatuses
{
    private const long EvictionMemoryBytes = 100L * 1024 * 1024;
    private const double EvictionDiskShare = 0.1;
    private const long EvictionProcesses = 100;
    private const int ImageLimit = 50;

    public static NodeStatus Build(NodeStatusInput input, NodeStatus old)
    {
        var (capacity, allocatable) = Resources(input);
        return old with
        {
            Capacity = capacity,
            Allocatable = allocatable,
            Conditions = Conditions(input, old.Conditions),
            Addresses = input.Options.NodeAddresses
                .Select(address => new NodeAddress { Type = NodeAddressType.InternalIP, Address = address.ToString() })
                .Append(new NodeAddress { Type = NodeAddressType.Hostname, Address = input.Options.NodeName })
                .ToValueList(),
            DaemonEndpoints = new() { KubeletEndpoint = new() { Port = input.Options.Port } },
            NodeInfo = Info(input),
            Images = input.Images.OrderByDescending(image => image.Size).Take(ImageLimit).Select(image =>
                new ContainerImage
                {
                    Names = image.RepoDigests.Concat(image.RepoTags).ToValueList(), SizeBytes = (long)image.Size,
                }).ToValueList(),
        };
    }

    /// <summary>Equal but for the times of heartbeats, which change each time.</summary>
    public static bool SameButHeartbeat(NodeStatus left, NodeStatus right) =>
        WithoutHeartbeat(left) == WithoutHeartbeat(right);

    private static NodeStatus WithoutHeartbeat(NodeStatus status) => status with
    {
        Conditions = ((IEnumerable<NodeCondition>)status.Conditions)
            .Select(condition => condition with { LastHeartbeatTime = null }).ToValueList(),
    };

    private static (ValueMap<Quantity> Capacity, ValueMap<Quantity> Allocatable) Resources(NodeStatusInput input)
    {
        var options = input.Options;
        var memory = options.MemoryBytes ?? input.Machine.MemoryBytes();
        var cpu = options.CpuMillis is { } millis
            ? Quantity.FromMillis(millis) : Quantity.FromValue(Environment.ProcessorCount);
        var pods = Quantity.FromValue(options.MaxPods);
        var disk = input.Usage.DiskCapacityBytes;
        var huge = Quantity.Zero;
        return (
            ValueMap.Of(
                ("cpu", cpu), ("memory", Quantity.FromBytes(memory)), ("pods", pods),
                ("ephemeral-storage", Quantity.FromBytes(disk)), ("hugepages-2Mi", huge), ("hugepages-1Gi", huge)),
            ValueMap.Of(
                ("cpu", cpu), ("memory", Quantity.FromBytes(Math.Max(0, memory - EvictionMemoryBytes))), ("pods", pods),
                ("ephemeral-storage", Quantity.FromValue((long)(disk * (1 - EvictionDiskShare)))),
                ("hugepages-2Mi", huge), ("hugepages-1Gi", huge)));
    }

    private static ValueList<NodeCondition> Conditions(NodeStatusInput input, ValueList<NodeCondition> old)
    {
        var usage = input.Usage;
        var memory = usage.MemoryAvailableBytes < EvictionMemoryBytes;
        var disk = usage.DiskAvailableBytes < usage.DiskCapacityBytes * EvictionDiskShare;
        var processes = usage.ProcessesFree < EvictionProcesses;
        NodeCondition[] conditions =
        [
            Condition(NodeConditionType.MemoryPressure, memory, memory
                ? ("KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
                : ("KubeletHasSufficientMemory", "kubelet has sufficient memory available")),
            Condition(NodeConditionType.DiskPressure, disk, disk
                ? ("KubeletHasDiskPressure", "kubelet has disk pressure")
                : ("KubeletHasNoDiskPressure", "kubelet has no disk pressure")),
            Condition(NodeConditionType.PIDPressure, processes, processes
                ? ("KubeletHasInsufficientPID", "kubelet has insufficient PID available")
                : ("KubeletHasSufficientPID", "kubelet has sufficient PID available")),
            Condition(NodeConditionType.Ready, input.NotReady.Length == 0, input.NotReady.Length == 0
                ? ("KubeletReady", "kubelet is posting ready status")
                : ("KubeletNotReady", input.NotReady)),
        ];
        var others = ((IEnumerable<NodeCondition>)old)
            .Where(condition => Array.TrueForAll(conditions, own => own.Type != condition.Type));
        return others.Concat(conditions.Select(condition =>
        {
            var before = ((IEnumerable<NodeCondition>)old).FirstOrDefault(item => item.Type == condition.Type);
            return condition with
            {
                LastHeartbeatTime = Timestamp.From(input.Now),
                LastTransitionTime = before?.Status == condition.Status
                    ? before.LastTransitionTime : Timestamp.From(input.Now),
            };
        })).ToValueList();
    }

    private static NodeCondition Condition(string type, bool holds, (string Reason, string Message) text) => new()
    {
        Type = type, Status = holds ? ConditionStatus.True : ConditionStatus.False,
        Reason = text.Reason, Message = text.Message,
    };

    private static NodeSystemInfo Info(NodeStatusInput input) => new()
    {
        MachineID = input.Machine.MachineId(),
        SystemUUID = input.Machine.SystemUuid(),
        BootID = input.Machine.BootId(),
        KernelVersion = input.Machine.KernelVersion(),
        OSImage = input.Machine.OperatingSystem(),
        ContainerRuntimeVersion = input.RuntimeVersion,
        KubeletVersion = NodeAgentOptions.KubernetesVersion,
        KubeProxyVersion = "",
        OperatingSystem = "linux",
        Architecture = Architecture(),
    };

    /// <summary>The processor's name in Go's words.</summary>
    internal static string Architecture() =>
        RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";
}
