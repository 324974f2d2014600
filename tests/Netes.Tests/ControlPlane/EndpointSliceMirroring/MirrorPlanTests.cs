using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.EndpointSliceMirroring;

public sealed class MirrorPlanTests
{
    [Fact]
    public void Subsets_becomeASliceForEachFamilyAndPorts()
    {
        var plan = MirrorPlan.Make(Endpoints(), []);
        Assert.Equal(["IPv4", "IPv6"], plan.Create.Select(slice => slice.AddressType).Order());
        var slice = plan.Create.Single(slice => slice.AddressType == "IPv4");
        Assert.Equal(["10.0.0.1", "10.0.0.2"], slice.Endpoints.Select(endpoint => endpoint.Addresses[0]));
        Assert.Equal([true, false], slice.Endpoints.Select(endpoint => endpoint.Conditions.Ready));
        Assert.Equal("web", slice.Metadata.Labels["kubernetes.io/service-name"]);
        Assert.Equal("endpointslicemirroring-controller.k8s.io",
            slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.Equal("kept", slice.Metadata.Annotations["own"]);
        Assert.False(slice.Metadata.Annotations.ContainsKey("endpoints.kubernetes.io/last-change-trigger-time"));
        Assert.Equal("Endpoints", Assert.Single(slice.Metadata.OwnerReferences).Kind);
        Assert.Equal((1, 1), (plan.Invalid, plan.Skipped));
        Assert.Equal((3, 0, 0), (plan.Added, plan.Updated, plan.Removed));
    }

    [Fact]
    public void WhatIsRight_isNotWritten()
    {
        var existing = MirrorPlan.Make(Endpoints(), []).Create;
        var plan = MirrorPlan.Make(Endpoints(), existing);
        Assert.Empty(plan.Create.Concat(plan.Update).Concat(plan.Delete));
        var empty = MirrorPlan.Make(Endpoints() with { Subsets = [] }, existing);
        Assert.Equal(2, empty.Delete.Count);
    }

    [Fact]
    public void NewPorts_takeTheSliceOfTheOldOnes()
    {
        var existing = MirrorPlan.Make(Endpoints(), []).Create.ConvertAll(
            slice => slice with { Metadata = slice.Metadata with { Name = $"web-{slice.AddressType}" } });
        var next = Endpoints() with
        {
            Subsets =
            [
                Endpoints().Subsets[0] with { Ports = [new() { Name = "http", Port = 9090, Protocol = "TCP" }] },
            ],
        };
        var plan = MirrorPlan.Make(next, existing);
        Assert.Empty(plan.Create.Concat(plan.Delete));
        Assert.Equal(["web-IPv4 9090", "web-IPv6 9090"], plan.Update
            .Select(slice => $"{slice.Metadata.Name} {slice.Ports[0].Port}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SubsetsOfTheSamePorts_areOneOfAThousandAddresses()
    {
        var addresses = Enumerable.Range(0, 1002).Select(i => new EndpointAddress { IP = $"10.{i / 250}.0.{i % 250}" })
            .ToList();
        var plan = MirrorPlan.Make(
            Endpoints() with
            {
                Subsets =
                [
                    new() { Addresses = addresses.Take(600).ToValueList(), Ports = [new() { Port = 80 }] },
                    new() { Addresses = addresses.Skip(600).ToValueList(), Ports = [new() { Port = 80 }] },
                ],
            },
            []);
        Assert.Equal(1000, Assert.Single(plan.Create).Endpoints.Count);
        Assert.Equal((0, 2), (plan.Invalid, plan.Skipped));
    }

    [Fact]
    public void AddressThatIsReadyAndNot_isNot()
    {
        var plan = MirrorPlan.Make(
            Endpoints() with
            {
                Subsets =
                [
                    new()
                    {
                        Addresses = [new() { IP = "10.0.0.1" }],
                        NotReadyAddresses = [new() { IP = "10.0.0.1" }],
                        Ports = [new() { Port = 80 }],
                    },
                ],
            },
            []);
        Assert.False(Assert.Single(Assert.Single(plan.Create).Endpoints).Conditions.Ready);
    }

    [Fact]
    public void SkipLabelAndLeaderAnnotation_areNotMirrored()
    {
        var metadata = Endpoints().Metadata;
        Assert.True(MirrorPlan.IsMirrored(Endpoints()));
        Assert.False(MirrorPlan.IsMirrored(Endpoints() with
        {
            Metadata = metadata with { Labels = ValueMap.Of(("endpointslice.kubernetes.io/skip-mirror", "true")) },
        }));
        Assert.False(MirrorPlan.IsMirrored(Endpoints() with
        {
            Metadata = metadata with { Annotations = ValueMap.Of(("control-plane.alpha.kubernetes.io/leader", "")) },
        }));
    }

    [Fact]
    public async Task EndpointsOfAServiceWithoutSelector_areMirroredUntilTheyGo()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Spec = new() { Ports = [new ServicePort { Port = 80 }] },
            },
            TestCluster.Cancel);
        var made = await cluster.Client.CreateAsync(Endpoints() with
        {
            Subsets = [new() { Addresses = [new() { IP = "10.0.0.1" }], Ports = [new() { Port = 8080 }] }],
        }, TestCluster.Cancel);
        await cluster.WaitForListAsync<EndpointSlice>("default", slices =>
            slices.Any(slice => slice.Endpoints.Any(endpoint => endpoint.Addresses[0] == "10.0.0.1")));
        await cluster.Client.UpdateAsync(made with
        {
            Subsets = [new() { Addresses = [new() { IP = "10.0.0.9" }], Ports = [new() { Port = 8080 }] }],
        }, TestCluster.Cancel);
        await cluster.WaitForListAsync<EndpointSlice>("default", slices =>
            slices.Count(slice => slice.Metadata.Labels.Get("kubernetes.io/service-name") == "web") == 1
            && slices.Any(slice => slice.Endpoints.Any(endpoint => endpoint.Addresses[0] == "10.0.0.9")));
        await cluster.Client.DeleteAsync<Service>("default", "web", null, TestCluster.Cancel);
        await cluster.WaitForListAsync<EndpointSlice>("default", slices =>
            slices.All(slice => slice.Metadata.Labels.Get("kubernetes.io/service-name") != "web"));
    }

    private static Netes.Api.Core.Endpoints Endpoints() => new()
    {
        Metadata = new()
        {
            Namespace = "default",
            Name = "web",
            Annotations = ValueMap.Of(
                ("own", "kept"), ("endpoints.kubernetes.io/last-change-trigger-time", "2026-01-01T00:00:00Z")),
        },
        Subsets =
        [
            new()
            {
                Addresses = [new() { IP = "10.0.0.1" }, new() { IP = "fd00::1" }, new() { IP = "no address" }],
                NotReadyAddresses = [new() { IP = "10.0.0.2" }],
                Ports = [new() { Name = "http", Port = 8080, Protocol = "TCP" }],
            },
        ],
    };
}
