using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Meta;
using Netes.Tests.ControlPlane.ResourceClaims;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ApiServer.Admission;

/// <summary>
/// What claims of devices use: by class, and, where the class stands for a resource, by the resource's two names.
/// </summary>
public sealed class DeviceQuotaTests
{
    private const string Gpu = "example.com/gpu";
    private const string OfClass = "gpus.deviceclass.resource.k8s.io/devices";
    private const string Implicit = "requests.deviceclass.resource.kubernetes.io/gpus";

    private readonly List<Netes.Api.DynamicResources.ResourceClaim> _claims = [];
    private DeviceClass _class = Class("gpus", Gpu);
    private Pod? _pod;

    [Fact]
    public void Claim_usesWhatItMayGetAtMost()
    {
        _class = Class("gpus");
        var all = Request("b");
        var claim = Claim(
            "c", Request("a", 2), all with
            {
                Exactly = all.Exactly! with { AllocationMode = DeviceAllocationMode.All, Count = 0 },
            },
            new()
            {
                Name = "d",
                FirstAvailable =
                [
                    new() { DeviceClassName = "gpus", AllocationMode = DeviceAllocationMode.ExactCount, Count = 3 },
                    new() { DeviceClassName = "gpus", AllocationMode = DeviceAllocationMode.ExactCount, Count = 4 },
                    new() { DeviceClassName = "nics", AllocationMode = DeviceAllocationMode.ExactCount, Count = 1 },
                ],
            });
        Assert.Equal($"{OfClass}=38 nics.deviceclass.resource.k8s.io/devices=1", Usage(claim));
    }

    [Fact]
    public void ClaimOfAUser_usesTheResourceOfItsClass() =>
        Assert.Equal($"{OfClass}=2 {Implicit}=2 requests.{Gpu}=2", Usage(Claim("c", Request("a", 2))));

    [Theory]
    [InlineData(Gpu, 2, Implicit + "=2")]
    [InlineData(Gpu, 1, Implicit + "=2 requests." + Gpu + "=1")]
    [InlineData("deviceclass.resource.kubernetes.io/gpus", 2, "requests." + Gpu + "=2")]
    public void ClaimForAPod_doesNotUseWhatThePodUses(string resource, long asked, string left)
    {
        _pod = Owner(resource, asked);
        Assert.Equal($"{OfClass}=2 {left}", Usage(Made("c", seconds: 1)));
    }

    [Fact]
    public void SecondClaimForAPod_usesAll()
    {
        _pod = Owner(Gpu, 2);
        var all = $"{OfClass}=2 {Implicit}=2 requests.{Gpu}=2";
        _claims.Add(Made("b", seconds: 1));
        Assert.Equal(all, Usage(Made("c", seconds: 1)));
        Assert.Equal(all, Usage(Made("a", seconds: 2)));
        Assert.NotEqual(all, Usage(Made("a", seconds: 1)));

        // What the pod itself says is the truth.
        _pod = _pod with { Status = new() { ExtendedResourceClaimStatus = new() { ResourceClaimName = "c" } } };
        Assert.Equal($"{OfClass}=2 {Implicit}=2", Usage(Made("c", seconds: 2)));
        Assert.Equal(all, Usage(Made("b", seconds: 1)));

        // As is its uid.
        _pod = _pod with { Metadata = _pod.Metadata with { Uid = "other" } };
        Assert.Equal(all, Usage(Made("c", seconds: 2)));
    }

    [Fact]
    public async Task ClaimOverTheQuota_isRefused()
    {
        using var cluster = new AdmissionFixture();
        cluster.Objects.Add(_class);
        cluster.Objects.Add(new ResourceQuota
        {
            Metadata = new ObjectMeta { Name = "q", Namespace = "default" },
            Spec = new() { Hard = AdmissionFixture.Amounts(OfClass + "=3") },
            Status = new()
            {
                Hard = AdmissionFixture.Amounts(OfClass + "=3"), Used = AdmissionFixture.Amounts(OfClass + "=0"),
            },
        });
        await cluster.CreateAsync(Claim("c", Request("a", 2)));
        Assert.Equal(
            $"resourceclaims.resource.k8s.io \"d\" is forbidden: exceeded quota: q, requested: {OfClass}=2, "
            + $"used: {OfClass}=2, limited: {OfClass}=3",
            await AdmissionFixture.RefusalAsync(() => cluster.CreateAsync(Claim("d", Request("a", 2)))));
    }

    private string Usage(Netes.Api.DynamicResources.ResourceClaim claim)
    {
        var quota = new DeviceQuota(
            name => name == "gpus" ? _class : null, (_, name) => name == _pod?.Metadata.Name ? _pod : null,
            _ => _claims);
        return string.Join(' ', quota.Of(claim, DateTimeOffset.UnixEpoch)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
    }

    private static Pod Owner(string resource, long asked) =>
        AdmissionFixture.Pod(containers: [AdmissionFixture.Container("a")]).Asking(resource, asked) is var pod
            ? pod with { Metadata = pod.Metadata with { Uid = "uid" } }
            : pod;

    /// <summary>As the scheduler makes it.</summary>
    private static Netes.Api.DynamicResources.ResourceClaim Made(string name, long seconds)
    {
        var claim = Claim(name, Request("container-0-request-0", 2));
        return claim with
        {
            Metadata = claim.Metadata with
            {
                CreationTimestamp = Timestamp.From(DateTimeOffset.FromUnixTimeSeconds(seconds)),
                Annotations = ValueMap.Of(("resource.kubernetes.io/extended-resource-claim", "true")),
                OwnerReferences =
                [
                    new() { ApiVersion = "v1", Kind = "Pod", Name = "p", Uid = "uid", Controller = true },
                ],
            },
        };
    }
}
