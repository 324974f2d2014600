using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.ControlPlane.Scheduling;
using Netes.Host;
using Netes.Tests.ControlPlane.Crashes;
using Patch = Netes.Client.Patch;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>
/// Goal: a device is nobody else's while it is not known whether it was given, and a claim is not taken from a pod that
/// was bound meanwhile.
/// </summary>
public sealed class LostAnswerTests
{
    [Fact]
    public async Task Allocation_whoseAnswerIsLost_isFoundAndThePodBound()
    {
        var way = new Way(HttpMethod.Put, "/resourceclaims/c/status", takesEffect: true);
        await using var cluster = await StartAsync(way);

        await CreatePodAsync(cluster);

        await BoundAsync(cluster);
        Assert.Equal(1, way.Hits);
        Assert.Equal(0, way.Told);
    }

    [Fact]
    public async Task Binding_thatFails_isTriedAgainWithTheClaimReserved()
    {
        var way = new Way(HttpMethod.Post, "/pods/p/binding", takesEffect: false);
        await using var cluster = await StartAsync(way);

        await CreatePodAsync(cluster);

        await BoundAsync(cluster);
        Assert.Equal(2, way.Hits);
        Assert.Equal(1, way.Told);
    }

    private static async Task<TestCluster> StartAsync(Way way)
    {
        var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n1"));
        await cluster.Client.PatchAsync<Node>(
            "", "n1", Patch.Merge("""{"spec":{"taints":null} }"""), "", TestCluster.Cancel);
        await cluster.Client.CreateAsync(Class("gpus"), TestCluster.Cancel);
        await cluster.Client.CreateAsync(Slice("n1", NewDevice("a")), TestCluster.Cancel);
        var claim = Claim("c");
        await cluster.Client.CreateAsync(
            claim with { Metadata = claim.Metadata with { Uid = "" } }, TestCluster.Cancel);
        var own = ControlPlaneParts.Client(cluster.Server, ControllerLife.Scheduler);
        way.Inner = own.Transport;
        var scheduler = new SchedulerService(
            SchedulerOptions.Default, new(way, ControllerLife.Scheduler) { Objects = own.Objects },
            TimeProvider.System, new Random(1), TestCluster.Loggers);
        cluster.Run(scheduler.RunAsync);
        return cluster;
    }

    private static Task CreatePodAsync(TestCluster cluster)
    {
        var pod = Pod("p");
        return cluster.Client.CreateAsync(
            pod with
            {
                Metadata = new() { Namespace = "default", Name = "p" },
                Spec = pod.Spec with { ResourceClaims = [new() { Name = "gpu", ResourceClaimName = "c" }] },
                Status = new(),
            },
            TestCluster.Cancel);
    }

    private static async Task BoundAsync(TestCluster cluster)
    {
        var pod = (await cluster.WaitForAsync<Pod>("default", "p", item => item is { Spec.NodeName.Length: > 0 }))!;
        var claim = await cluster.Client.GetAsync<ResourceClaim>("default", "c", TestCluster.Cancel);
        Assert.Equal("a", claim.Status.Allocation!.Devices.Results[0].Device);
        Assert.Equal(pod.Metadata.Uid, Assert.Single(claim.Status.ReservedFor.ToArray()).Uid);
    }

    /// <summary>Loses the first request of a kind, or its answer.</summary>
    private sealed class Way(HttpMethod method, string path, bool takesEffect) : IApiTransport
    {
        private int _hits;
        private int _told;

        public IApiTransport Inner { get; set; } = null!;

        /// <summary>How often such a request was sent.</summary>
        public int Hits => Volatile.Read(ref _hits);

        /// <summary>How often the pod was told that it failed.</summary>
        public int Told => Volatile.Read(ref _told);

        public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
        {
            if (Is(request, HttpMethod.Patch, "/pods/p/status"))
            {
                Interlocked.Increment(ref _told);
            }

            if (!Is(request, method, path) || Interlocked.Increment(ref _hits) > 1)
            {
                return await Inner.SendAsync(request, cancel);
            }

            if (takesEffect)
            {
                await (await Inner.SendAsync(request, cancel)).DisposeAsync();
            }

            throw new HttpRequestException("connection reset");
        }

        private static bool Is(ApiRequest request, HttpMethod method, string path) =>
            request.Method == method && request.PathAndQuery.Contains(path, StringComparison.Ordinal);
    }
}
