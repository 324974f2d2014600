using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Admission;

namespace Netes.Tests.ApiServer.Admission;

public sealed class ResourceQuotaTests : IDisposable
{
    private readonly AdmissionFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task Pod_isBookedUntilTheQuotaIsFull()
    {
        AddQuota("pods=2,requests.cpu=1", "pods=0,requests.cpu=0");
        await _cluster.CreateAsync(PodWith("cpu=400m"));
        await _cluster.CreateAsync(PodWith("cpu=400m"));
        Assert.Equal(AdmissionFixture.Amounts("pods=2,requests.cpu=800m"), Quota().Status.Used);
        Assert.Equal(
            "pods \"p\" is forbidden: exceeded quota: q, requested: pods=1,requests.cpu=400m, used: "
                + "pods=2,requests.cpu=800m, "
            + "limited: pods=2,requests.cpu=1",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(PodWith("cpu=400m"))));
        Assert.Equal(AdmissionFixture.Amounts("pods=2,requests.cpu=800m"), Quota().Status.Used);
    }

    [Fact]
    public async Task OnlyWhatIsExceeded_isNamed()
    {
        AddQuota("pods=5,requests.cpu=1", "pods=1,requests.cpu=900m");
        Assert.Equal(
            "pods \"p\" is forbidden: exceeded quota: q, requested: requests.cpu=200m, used: requests.cpu=900m, "
            + "limited: requests.cpu=1",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(PodWith("cpu=200m"))));
    }

    [Fact]
    public async Task PodWithoutRequests_isRefusedWhereTheyAreLimited()
    {
        AddQuota("limits.memory=1Gi,requests.cpu=1", "limits.memory=0,requests.cpu=0");
        Assert.Equal(
            "pods \"p\" is forbidden: failed quota: q: must specify limits.memory for: a,b; requests.cpu for: b",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(AdmissionFixture.Pod(
                containers: [AdmissionFixture.Container("a", "cpu=1m"), AdmissionFixture.Container("b")]))));
    }

    [Fact]
    public async Task QuotaWithoutUsage_isUnknown()
    {
        AddQuota("pods=2", "");
        Assert.Equal(
            "pods \"p\" is forbidden: status unknown for quota: q, resources: pods",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(AdmissionFixture.Pod())));
    }

    [Fact]
    public async Task CountsOfOtherKinds_areBooked()
    {
        AddQuota("configmaps=1,count/deployments.apps=1", "configmaps=0,count/deployments.apps=0");
        var metadata = new ObjectMeta { Name = "x", Namespace = "default" };
        await _cluster.CreateAsync(new ConfigMap { Metadata = metadata });
        await _cluster.CreateAsync(new Netes.Api.Apps.Deployment { Metadata = metadata });
        Assert.StartsWith(
            "configmaps \"x\" is forbidden: exceeded quota: q,",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(new ConfigMap { Metadata = metadata })),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "deployments.apps \"x\" is forbidden: exceeded quota: q,",
            await AdmissionFixture.RefusalAsync(
                () => _cluster.CreateAsync(new Netes.Api.Apps.Deployment { Metadata = metadata })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_booksNothing()
    {
        AddQuota("pods=1", "pods=0");
        var attributes = AdmissionFixture.Attributes(AdmissionOperation.Create, AdmissionFixture.Pod(), null);
        await _cluster.AdmitAsync<Pod>(attributes with { DryRun = true });
        Assert.Equal(AdmissionFixture.Amounts("pods=0"), Quota().Status.Used);
    }

    [Theory]
    [InlineData("BestEffort", "", true)]
    [InlineData("BestEffort", "cpu=1", false)]
    [InlineData("NotBestEffort", "cpu=1", true)]
    [InlineData("NotTerminating", "", true)]
    [InlineData("Terminating", "", false)]
    [InlineData("PriorityClass", "", false)]
    public void Scope_choosesPods(string scope, string requests, bool matches) => Assert.Equal(
        matches, QuotaScopes.Match(new ResourceQuotaSpec { Scopes = [scope] }, PodWith(requests)));

    [Fact]
    public void EndedPod_usesItsCountOnly()
    {
        var pod = PodWith("cpu=1") with { Status = new PodStatus { Phase = "Succeeded" } };
        Assert.Equal(
            AdmissionFixture.Amounts("count/pods=1"), QuotaUsage.Of("", "pods", pod, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void ServicesAndClaims_useMoreThanTheirCount()
    {
        var service = new Service { Spec = new ServiceSpec { Type = "LoadBalancer", Ports = [new(), new()] } };
        Assert.Equal(
            AdmissionFixture.Amounts("count/services=1,services=1,services.loadbalancers=1,services.nodeports=2"),
            QuotaUsage.Of("", "services", service, default));
        var claim = new PersistentVolumeClaim
        {
            Spec = new PersistentVolumeClaimSpec
            {
                StorageClassName = "fast",
                Resources = new VolumeResourceRequirements { Requests = AdmissionFixture.Amounts("storage=1Gi") },
            },
        };
        Assert.Equal(
            AdmissionFixture.Amounts(
                "count/persistentvolumeclaims=1,persistentvolumeclaims=1,requests.storage=1Gi,"
                + "fast.storageclass.storage.k8s.io/requests.storage=1Gi,"
                + "fast.storageclass.storage.k8s.io/persistentvolumeclaims=1"),
            QuotaUsage.Of("", "persistentvolumeclaims", claim, default));
    }

    private static Pod PodWith(string requests) =>
        AdmissionFixture.Pod(containers: [AdmissionFixture.Container("a", requests)]);

    private void AddQuota(string hard, string used) => _cluster.Objects.Add(new ResourceQuota
    {
        Metadata = new ObjectMeta { Name = "q", Namespace = "default" },
        Spec = new ResourceQuotaSpec { Hard = AdmissionFixture.Amounts(hard) },
        Status = new ResourceQuotaStatus
        {
            Hard = AdmissionFixture.Amounts(hard),
            Used = AdmissionFixture.Amounts(used),
        },
    });

    private ResourceQuota Quota() => _cluster.Objects.Get<ResourceQuota>("default", "q")!;
}
