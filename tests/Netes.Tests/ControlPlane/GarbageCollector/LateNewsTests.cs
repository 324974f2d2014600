using System.Runtime.CompilerServices;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.ControlPlane;
using Netes.Host;

namespace Netes.Tests.ControlPlane.GarbageCollector;

/// <summary>A collector whose watches do not tell it of everything (yet), on a real API server.</summary>
public sealed class LateNewsTests
{
    [Fact]
    public async Task DependentNotHeardOf_IsSetFreeBeforeItsOwnerGoes()
    {
        await using var cluster = await TestCluster.StartAsync();
        await StartAsync(cluster, new Hearing(cluster, "late"));
        var owner = await MapAsync(cluster, "owner");
        await MapAsync(cluster, "late", owner);
        await DeleteAsync(cluster, "owner", DeletionPropagation.Orphan);
        await cluster.WaitForAsync<ConfigMap>("default", "owner", map => map is null);
        var late = await cluster.Client.GetAsync<ConfigMap>("default", "late", TestCluster.Cancel);
        Assert.Empty(late.Metadata.OwnerReferences);
    }

    [Fact]
    public async Task OwnerThatCameAndWentUnheard_TakesItsDependentsAlong()
    {
        await using var cluster = await TestCluster.StartAsync();
        var hearing = new Hearing(cluster, "owner");
        await StartAsync(cluster, hearing);
        var owner = await MapAsync(cluster, "owner");
        await MapAsync(cluster, "owned", owner);
        await hearing.Asked.WaitAsync(TimeSpan.FromSeconds(60), TestCluster.Cancel);
        await DeleteAsync(cluster, "owner", DeletionPropagation.Background);
        await cluster.WaitForAsync<ConfigMap>("default", "owned", map => map is null);
    }

    [Fact]
    public async Task OwnerOfAKindThatIsNotServed_NothingIsDone()
    {
        await using var cluster = await TestCluster.StartAsync();
        await StartAsync(cluster, new Hearing(cluster));
        var none = new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "gone", Uid = "gone" };
        var unknown = new OwnerReference { ApiVersion = "acme.io/v1", Kind = "Herd", Name = "h", Uid = "h" };
        await MapAsync("kept", none, unknown);
        foreach (var later in new[] { "first", "second" })
        {
            await MapAsync(later, none);
            await cluster.WaitForAsync<ConfigMap>("default", later, map => map is null);
        }

        var kept = await cluster.Client.GetAsync<ConfigMap>("default", "kept", TestCluster.Cancel);
        Assert.Equal(2, kept.Metadata.OwnerReferences.Count);

        Task MapAsync(string name, params OwnerReference[] owners) => cluster.Client.CreateAsync(
            new ConfigMap { Metadata = new() { Namespace = "default", Name = name, OwnerReferences = [.. owners] } },
            TestCluster.Cancel);
    }

    [Fact]
    public async Task DependentInAnotherNamespace_TakesNobodysOwnerAway()
    {
        await using var cluster = await TestCluster.StartAsync();
        await StartAsync(cluster, new Hearing(cluster));
        var owner = await MapAsync(cluster, "owner");
        var other = await MapAsync(cluster, "other");
        await MapAsync(cluster, "kube-system/stray", owner);
        await cluster.WaitForAsync<ConfigMap>("kube-system", "stray", map => map is null);
        await MapAsync(cluster, "kept", owner, other);
        await DeleteAsync(cluster, "other", DeletionPropagation.Background);
        var kept = await cluster.WaitForAsync<ConfigMap>(
            "default", "kept", map => map is null or { Metadata.OwnerReferences.Count: 1 });
        Assert.Equal("owner", Assert.Single(kept!.Metadata.OwnerReferences).Name);
    }

    /// <summary>Runs the collector alone, and waits until it has collected something.</summary>
    private static async Task StartAsync(TestCluster cluster, Hearing hearing)
    {
        var client = new KubernetesClient(hearing, "collector") { Objects = hearing };
        var context = new ControllerContext(
            client, new ControllerOptions(), TimeProvider.System, new Random(1), TestCluster.Loggers);
        cluster.Run(new Netes.ControlPlane.GarbageCollector(context).RunAsync);
        await MapAsync(cluster, "garbage", new ConfigMap { Metadata = new() { Name = "none", Uid = "none" } });
        await cluster.WaitForAsync<ConfigMap>("default", "garbage", map => map is null);
    }

    private static Task DeleteAsync(TestCluster cluster, string name, string propagation) =>
        cluster.Client.DeleteAsync<ConfigMap>(
            "default", name, new DeleteOptions { PropagationPolicy = propagation }, TestCluster.Cancel);

    private static Task<ConfigMap> MapAsync(TestCluster cluster, string name, params ConfigMap[] owners)
    {
        var parts = name.Split('/');
        return cluster.Client.CreateAsync(
            new ConfigMap
            {
                Metadata = new()
                {
                    Namespace = parts.Length > 1 ? parts[0] : "default",
                    Name = parts[^1],
                    OwnerReferences = owners.Select(owner => new OwnerReference
                    {
                        ApiVersion = "v1", Kind = "ConfigMap", Name = owner.Metadata.Name, Uid = owner.Metadata.Uid,
                    }).ToValueList(),
                },
            },
            TestCluster.Cancel);
    }

    /// <summary>The collector's way to the server. Its watches are silent about one name.</summary>
    private sealed class Hearing(TestCluster cluster, string unheard = "") : IObjectSource, IApiTransport
    {
        private readonly KubernetesClient _own =
            ControlPlaneParts.AccountClient(cluster.Server, "generic-garbage-collector");

        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when the collector asked for the object of that name and was told that it is there.</summary>
        public Task Asked => _asked.Task;

        public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
        {
            var response = await _own.Transport.SendAsync(request, cancel);
            if (request.Method == HttpMethod.Get && response.StatusCode == 200
                && request.PathAndQuery.EndsWith("/" + unheard, StringComparison.Ordinal))
            {
                _asked.TrySetResult();
            }

            return response;
        }

        public Task<ResourceList<T>> ListAsync<T>(
            ResourceDefinition resource, string ns, ListParameters? parameters, CancellationToken cancel)
            where T : class, IKubernetesObject, IApiType<T> =>
            _own.Objects.ListAsync<T>(resource, ns, parameters, cancel);

        public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
            ResourceDefinition resource, string ns, WatchParameters parameters,
            [EnumeratorCancellation] CancellationToken cancel)
            where T : class, IKubernetesObject, IApiType<T>
        {
            await foreach (var change in _own.Objects.WatchAsync<T>(resource, ns, parameters, cancel))
            {
                if (change.Object.Metadata.Name != unheard)
                {
                    yield return change;
                }
            }
        }
    }
}
