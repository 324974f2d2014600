using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Tests.Client.Typed;

/// <summary>A patch of a status leads exactly from the one to the other and names nothing else.</summary>
public sealed class StatusPatchTests
{
    private static readonly PodStatus Old = new()
    {
        Phase = PodPhase.Pending,
        HostIP = "10.0.0.1",
        Message = "waiting",
        PodIPs = [new() { IP = "10.244.0.4" }],
        Conditions =
        [
            new() { Type = "PodScheduled", Status = "True" },
            new() { Type = "Ready", Status = "False", Reason = "ContainersNotReady" },
            new() { Type = "example.com/gate", Status = "True" },
        ],
        ContainerStatuses = [new() { Name = "c", State = new() { Waiting = new() { Reason = "ContainerCreating" } } }],
    };

    [Fact]
    public void Between_LeadsFromOneStatusToTheOther()
    {
        var next = Old with
        {
            Phase = PodPhase.Running,
            Message = "",
            PodIPs = [new() { IP = "10.244.0.5" }],
            Conditions = [Old.Conditions[0], new() { Type = "Ready", Status = "True" }, Old.Conditions[2]],
            ContainerStatuses = [new() { Name = "c", Ready = true, State = new() { Running = new() } }],
        };

        var patch = StatusPatch.Between("u", Old, next)!;

        Assert.Equal(next, Applied(Old, patch));
        Assert.DoesNotContain("example.com/gate", Encoding.UTF8.GetString(patch.Body.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("hostIP", Encoding.UTF8.GetString(patch.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Between_LeavesWhatAnotherWriterChangedMeanwhile()
    {
        var patch = StatusPatch.Between("u", Old, Old with { Phase = PodPhase.Running })!;
        var meanwhile = Old with { NominatedNodeName = "n2" };

        Assert.Equal(meanwhile with { Phase = PodPhase.Running }, Applied(meanwhile, patch));
    }

    [Fact]
    public void Between_EqualStatuses_IsNothing() => Assert.Null(StatusPatch.Between("u", Old, Old with { }));

    [Fact]
    public void Between_AddressesOfANodeAreReplaced()
    {
        var old = new NodeStatus { Addresses = [Address("10.0.0.1"), Address("10.0.0.2")] };
        var next = old with { Addresses = [Address("10.0.0.2")] };
        var node = new Netes.Api.Core.Node { Metadata = new() { Name = "n", Uid = "u" }, Status = old };

        var patch = StatusPatch.Between("u", old, next)!;
        var result = StrategicMergePatch.Apply(Netes.Api.Core.Node.WireSchema, JsonCodec.Encode(node), patch.Body.Span);

        Assert.Equal(next, JsonCodec.Decode<Netes.Api.Core.Node>(result.Value).Value!.Status);
    }

    private static NodeAddress Address(string address) => new() { Type = "InternalIP", Address = address };

    private static PodStatus Applied(PodStatus status, Netes.Client.Patch patch)
    {
        var pod = new Pod { Metadata = new() { Name = "p", Namespace = "default", Uid = "u" }, Status = status };
        var result = StrategicMergePatch.Apply(Pod.WireSchema, JsonCodec.Encode(pod), patch.Body.Span);
        return JsonCodec.Decode<Pod>(result.Value).Value!.Status;
    }
}
