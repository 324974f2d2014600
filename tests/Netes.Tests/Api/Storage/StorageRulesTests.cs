using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Storage;

public sealed class StorageRulesTests
{
    private const string Volume =
        """{"metadata":{"name":"v","resourceVersion":"1"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/a"}}}""";

    [Fact]
    public void Volume_gets_its_defaults()
    {
        var volume = Created<PersistentVolume>(Volume);
        Assert.Equal(("Retain", "Filesystem", "Pending"),
            (volume.Spec.PersistentVolumeReclaimPolicy, volume.Spec.VolumeMode, volume.Status.Phase));
        CheckErrors<PersistentVolume>(Volume);
    }

    [Fact]
    public void Volume_keeps_its_source() => CheckUpdate<PersistentVolume>(Volume, Volume.Replace("\"/a\"", "\"/b\""),
        "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n"
        + "- hostPath.path: \"/a\"\n+ hostPath.path: \"/b\"\n");

    [Fact]
    public void Volume_has_a_type_and_a_size() => CheckErrors<PersistentVolume>(
        """{"metadata":{"name":"v"},"spec":{"accessModes":["ReadWriteOnce"]}}""",
        "spec.capacity: Required value",
        "spec.capacity: Unsupported value: {}: supported values: \"storage\"",
        "spec: Required value: must specify a volume type");

    [Fact]
    public void Bound_claim_may_grow_alone()
    {
        const string claim = """
            {"metadata":{"name":"c","namespace":"default","resourceVersion":"1"},
            "spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"s","resources":{"requests":{"storage":"1Gi"}},"volumeName":"v"},
            "status":{"phase":"Bound","capacity":{"storage":"1Gi"}}}
            """;
        var old = Read<PersistentVolumeClaim>(claim);
        var grown = Read<PersistentVolumeClaim>(
            claim.Replace("\"storage\":\"1Gi\"}},\"volumeName\"", "\"storage\":\"2Gi\"}},\"volumeName\""));
        Assert.Empty(PersistentVolumeClaim.Resource.CheckUpdate(grown, old));
        var moved = Read<PersistentVolumeClaim>(claim.Replace("\"s\"", "\"t\""));
        Assert.StartsWith("spec: Forbidden: spec is immutable after creation except resources.requests and "
            + "volumeAttributesClassName for bound claims\n",
                Assert.Single(PersistentVolumeClaim.Resource.CheckUpdate(moved, old)).Message);
    }

    [Fact]
    public void Class_keeps_what_its_volumes_were_made_with()
    {
        CheckUpdate<StorageClass>("""{"metadata":{"name":"s"},"provisioner":"a/b"}""",
            """{"metadata":{"name":"s","resourceVersion":"1"},"provisioner":"a/c","reclaimPolicy":"Retain"}""",
            "provisioner: Forbidden: updates to provisioner are forbidden.",
            "reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.");
        var made = Created<StorageClass>("""{"metadata":{"name":"s"},"provisioner":"p"}""");
        Assert.Equal(("Delete", "Immediate"), (made.ReclaimPolicy, made.VolumeBindingMode));
    }

    [Fact]
    public void Limits_default_to_the_maximum()
    {
        var item =
            Created<LimitRange>(
                """{"metadata":{"name":"l"},"spec":{"limits":[{"type":"Container","max":{"cpu":"2"},"min":{"memory":"1Mi"}}]}}""")
            .Spec.Limits[0];
        Assert.Equal("cpu=2", string.Join(',', item.Default.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("cpu=2,memory=1Mi",
            string.Join(',', item.DefaultRequest.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Contradicting_limits_are_named() => CheckErrors<LimitRange>(
        """{"metadata":{"name":"l","namespace":"default"},"spec":{"limits":[{"type":"Pod","max":{"cpu":"1"},"min":{"cpu":"2"}}]}}""",
        "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1");

    [Fact]
    public void Quota_counts_what_can_be_counted() => CheckErrors<ResourceQuota>(
        Named("""{"hard":{"pods":"1.5","storage":"1","x.io/y":"1"},"scopes":["Terminating","NotTerminating"]}"""),
        "spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
        "spec.hard[storage]: Invalid value: \"storage\": must be a standard resource for quota",
        "spec.scopes: Invalid value: [\"Terminating\",\"NotTerminating\"]: conflicting scopes");
}
