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
    public void Attributes_are_for_volumes_of_drivers() => CheckErrors<PersistentVolume>(
        Volume.Replace("\"hostPath\"", "\"volumeAttributesClassName\":\"gold\",\"hostPath\""),
        "spec.csi: Required value: has to be specified when using volumeAttributesClassName");

    [Fact]
    public void Driver_asks_for_tokens_within_limits()
    {
        CheckErrors<CSIDriver>(
            """
            {"metadata":{"name":"d"},"spec":{"nodeAllocatableUpdatePeriodSeconds":9,"tokenRequests":[
            {"audience":"a","expirationSeconds":599},{"audience":"b","expirationSeconds":4294967297},{"audience":"a"}]}}
            """,
            "spec.nodeAllocatableUpdatePeriodSeconds: Invalid value: 9: must be greater than or equal to 10 seconds",
            "spec.tokenRequests[0].expirationSeconds: Invalid value: 599: "
                + "may not specify a duration less than 10 minutes",
            "spec.tokenRequests[1].expirationSeconds: Invalid value: 4294967297: "
                + "may not specify a duration larger than 2^32 seconds",
            "spec.tokenRequests[2].audience: Duplicate value: \"a\"");
        CheckUpdate<CSIDriver>("""{"metadata":{"name":"d","resourceVersion":"1"},"spec":{"fsGroupPolicy":"File"}}""",
            """
            {"metadata":{"name":"d","resourceVersion":"1"},"spec":{"attachRequired":true,"podInfoOnMount":false,
            "storageCapacity":false,"fsGroupPolicy":"None","volumeLifecycleModes":["Persistent"]}}
            """);
    }

    [Fact]
    public void Driver_of_a_node_changes_its_limit_alone()
    {
        const string node = """
            {"metadata":{"name":"n","resourceVersion":"1"},
            "spec":{"drivers":[{"name":"d","nodeID":"i","topologyKeys":null,"allocatable":{"count":3}}]}}
            """;
        CheckUpdate<CSINode>(node, node.Replace("3", "4"));
        Assert.StartsWith("CSINodeDriver: Invalid value: ",
            Assert.Single(CSINode.Resource.CheckUpdate(
                Read<CSINode>(node.Replace("\"i\"", "\"j\"")), Read<CSINode>(node))).Message);
    }

    [Fact]
    public void Capacity_is_of_one_class_and_one_place()
    {
        CheckErrors<CSIStorageCapacity>(
            """{"metadata":{"name":"c","namespace":"default"},"storageClassName":"A","capacity":"-1"}""",
            "storageClassName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case "
                + "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. "
                + "'example.com', regex used for validation is "
                + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
            "capacity: Invalid value: \"-1\": must be greater than or equal to 0");
        const string item =
            """{"metadata":{"name":"c","namespace":"default","resourceVersion":"1"},"storageClassName":"a"}""";
        CheckUpdate<CSIStorageCapacity>(item, item.Replace("\"a\"", "\"b\""),
            "storageClassName: Invalid value: \"b\": field is immutable");
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
