using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.EndpointSlices;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class EndpointSlicePlanTests
{
    private static readonly Service Web = new()
    {
        Metadata = new() { Namespace = "default", Name = "web", Uid = "uid-web", Labels = ValueMap.Of(("team", "a")) },
        Spec = new()
        {
            ClusterIP = "10.96.0.5",
            IPFamilies = ["IPv4"],
            Selector = ValueMap.Of(("app", "web")),
            Ports = [new ServicePort { Name = "http", Protocol = "TCP", Port = 80, TargetPort = 8000 }],
        },
    };

    [Fact]
    public void FirstTime_OneSliceHasAllPods()
    {
        var plan = Make(
            Web, [Pod("a", "n1", ip: "10.244.0.2"), Pod("b", ready: false, ip: "10.244.0.3"), Pod("c")], []);
        var slice = Assert.Single(plan.Create);
        Assert.Equal("web-", slice.Metadata.GenerateName);
        Assert.Equal("web", slice.Metadata.Labels["kubernetes.io/service-name"]);
        Assert.Equal(
            "endpointslice-controller.k8s.io", slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.Equal("a", slice.Metadata.Labels["team"]);
        Assert.Equal("Service", Assert.Single(slice.Metadata.OwnerReferences).Kind);
        Assert.Equal(("http", 8000, "TCP"), (slice.Ports[0].Name, slice.Ports[0].Port, slice.Ports[0].Protocol));
        Assert.Equal(["10.244.0.2", "10.244.0.3"], slice.Endpoints.Select(endpoint => endpoint.Addresses[0]));
        Assert.Equal(["n1", null], slice.Endpoints.Select(endpoint => endpoint.NodeName));
        Assert.Equal([(true, true, false), (false, false, false)], slice.Endpoints.Select(Conditions));
    }

    [Fact]
    public void NothingChanged_NothingIsWritten()
    {
        Pod[] pods = [Pod("a", "n1", ip: "10.244.0.2")];
        var existing = Named(Make(Web, pods, []).Create[0]);
        var plan = Make(Web, pods, [existing]);
        Assert.Empty(plan.Create);
        Assert.Empty(plan.Update);
        Assert.Empty(plan.Delete);
    }

    [Fact]
    public void PodIsDeleted_ServesButIsNotReady()
    {
        var dying = Pod("a", "n1", ip: "10.244.0.2");
        dying = dying with { Metadata = dying.Metadata with { DeletionTimestamp = Timestamp.From(Now) } };
        Assert.Equal((false, true, true), Conditions(Make(Web, [dying], []).Create[0].Endpoints[0]));
        var anyway = Web with { Spec = Web.Spec with { PublishNotReadyAddresses = true } };
        Assert.Equal((true, true, true), Conditions(Make(anyway, [dying], []).Create[0].Endpoints[0]));
    }

    [Fact]
    public void NoPods_OneEmptySliceSaysSo()
    {
        var plan = Make(Web, [], []);
        var slice = Assert.Single(plan.Create);
        Assert.Empty(slice.Endpoints);
        Assert.Empty(slice.Ports);
    }

    [Fact]
    public void Headless_HasTheLabel()
    {
        var headless = Web with { Spec = Web.Spec with { ClusterIP = "None" } };
        Assert.Equal("", Make(headless, [], []).Create[0].Metadata.Labels["service.kubernetes.io/headless"]);
    }

    [Fact]
    public void ManyPods_ComeInSlicesAndFillGaps()
    {
        var pods = Enumerable.Range(0, 7).Select(i => Pod($"p{i}", ip: $"10.244.0.{i + 2}")).ToList();
        var created = Make(Web, pods, [], max: 3).Create.Select((slice, i) => Named(slice, $"web-{i}")).ToList();
        Assert.Equal([3, 3, 1], created.Select(slice => slice.Endpoints.Count));
        var next = pods.Skip(1).Append(Pod("p9", ip: "10.244.0.99")).ToList();
        var plan = Make(Web, next, created, max: 3);
        var updated = Assert.Single(plan.Update);
        Assert.Equal("web-0", updated.Metadata.Name);
        Assert.Contains(updated.Endpoints, endpoint => endpoint.Addresses[0] == "10.244.0.99");
        Assert.Empty(plan.Create);
    }

    [Fact]
    public void NamedPortsDifferFromPodToPod_SlicesDiffer()
    {
        var named = Web with
        {
            Spec = Web.Spec with
            {
                Ports = [new ServicePort { Name = "http", Protocol = "TCP", Port = 80, TargetPort = "web" }],
            },
        };
        var plan = Make(named, [WithPort("a", 8000, "10.244.0.2"), WithPort("b", 9000, "10.244.0.3")], []);
        Assert.Equal([8000, 9000], plan.Create.Select(slice => slice.Ports[0].Port).Order());
    }

    [Fact]
    public void PodOfAnUnknownNode_isLeftOutUnlessAllArePublished()
    {
        Pod[] pods = [Pod("a", "n1", ip: "10.244.0.2"), Pod("b", "gone", ip: "10.244.0.3")];
        Node? Find(string name) => name == "n1" ? MakeNode(name) : null;
        var plan = EndpointSlicePlan.Make(Web, pods, [], Find, 100);
        Assert.Equal(["10.244.0.2"], plan.Create[0].Endpoints.Select(endpoint => endpoint.Addresses[0]));
        Assert.Equal("b", Assert.Single(plan.WithoutNode).Metadata.Name);
        var anyway = Web with { Spec = Web.Spec with { PublishNotReadyAddresses = true } };
        plan = EndpointSlicePlan.Make(anyway, pods, [], Find, 100);
        Assert.Equal(2, plan.Create[0].Endpoints.Count);
        Assert.Empty(plan.WithoutNode);
    }

    [Fact]
    public void FirstAndLastPod_changeTheSliceThatIsThere()
    {
        var empty = Named(Make(Web, [], []).Create[0]);
        var first = Make(Web, [Pod("a", "n1", ip: "10.244.0.2")], [empty]);
        Assert.Empty(first.Create.Concat(first.Delete));
        var filled = Assert.Single(first.Update);
        Assert.Equal(
            ("web-x", "1", 8000), (filled.Metadata.Name, filled.Metadata.ResourceVersion, filled.Ports[0].Port));
        var last = Make(Web, [], [filled]);
        Assert.Empty(last.Create.Concat(last.Delete));
        Assert.Empty(Assert.Single(last.Update).Ports);
        var still = Make(Web, [], last.Update);
        Assert.Empty(still.Create.Concat(still.Update).Concat(still.Delete));
    }

    [Fact]
    public void SliceOfAnEarlierServiceOfTheName_goesAndIsNotReused()
    {
        var old = Named(Make(Web, [Pod("a", "n1", ip: "10.244.0.2")], []).Create[0]);
        var next = Web with { Metadata = Web.Metadata with { Uid = "uid-next" } };
        var plan = Make(next, [Pod("a", "n1", ip: "10.244.0.2")], [old]);
        Assert.Equal(old, Assert.Single(plan.Delete));
        Assert.Empty(plan.Update);
        Assert.Equal("uid-next", Assert.Single(plan.Create).Metadata.OwnerReferences[0].Uid);
    }

    [Fact]
    public void WhatIsMoreThanASlice_fillsNewOnesAndTheRestGoesWhereItFits()
    {
        var existing = Named(Make(Web, [Pod("a", "n1", ip: "10.244.0.2")], [], max: 3).Create[0]);
        var pods = Enumerable.Range(0, 5).Select(i => Pod($"p{i}", "n1", ip: $"10.244.1.{i}"))
            .Prepend(Pod("a", "n1", ip: "10.244.0.2")).ToList();
        var plan = Make(Web, pods, [existing], max: 3);
        Assert.Equal(3, Assert.Single(plan.Create).Endpoints.Count);
        Assert.Equal(3, Assert.Single(plan.Update).Endpoints.Count);
        Assert.Equal((5, 0), (plan.Added, plan.Removed));
        Assert.Equal(new SliceTotals(6, 2, 2), plan.Totals);
    }

    [Fact]
    public void PodThatIsMadeAnewUnderItsNameAndAddress_changesItsEndpoint()
    {
        var existing = Named(Make(Web, [Pod("a", "n1", ip: "10.244.0.2")], []).Create[0]);
        var anew = Pod("a", "n1", ip: "10.244.0.2");
        anew = anew with { Metadata = anew.Metadata with { Uid = "another" } };
        var plan = Make(Web, [anew], [existing]);
        Assert.Equal("another", Assert.Single(plan.Update).Endpoints[0].TargetRef!.Uid);
        Assert.Equal((0, 0), (plan.Added, plan.Removed));
    }

    private static Pod WithPort(string name, int port, string ip)
    {
        var pod = Pod(name, ip: ip);
        var container = pod.Spec.Containers[0] with
        {
            Ports = [new ContainerPort { Name = "web", Protocol = "TCP", ContainerPortValue = port }],
        };
        return pod with { Spec = pod.Spec with { Containers = [container] } };
    }

    private static (bool?, bool?, bool?) Conditions(Endpoint endpoint) =>
        (endpoint.Conditions.Ready, endpoint.Conditions.Serving, endpoint.Conditions.Terminating);

    private static EndpointSlicePlan Make(
        Service service, IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing, int max = 100) =>
        EndpointSlicePlan.Make(service, pods, existing, name => MakeNode(name), max);

    private static EndpointSlice Named(EndpointSlice slice, string name = "web-x") =>
        slice with { Metadata = slice.Metadata with { Name = name, ResourceVersion = "1" } };
}
