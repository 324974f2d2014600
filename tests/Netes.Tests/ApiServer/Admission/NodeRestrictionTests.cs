using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Authentication;

namespace Netes.Tests.ApiServer.Admission;

using Node = Netes.Api.Core.Node;

public sealed class NodeRestrictionTests : IDisposable
{
    private static readonly UserIdentity N1 = new() { Name = "system:node:n1", Groups = ["system:nodes"] };

    private readonly AdmissionFixture _cluster = new();

    public NodeRestrictionTests() => _cluster.Objects.Add(NodeNamed("n1"));

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task NewNode_isNotReadyAndMayOnlyBeItself()
    {
        var node = await _cluster.CreateAsync(
            NodeNamed("n1", "kubernetes.io/hostname", "topology.kubernetes.io/zone", "mine"), N1);
        Assert.Equal("node.kubernetes.io/not-ready", Assert.Single(node.Spec.Taints.ToArray()).Key);
        Assert.Equal(
            "nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(NodeNamed("n2"), N1)));
    }

    [Theory]
    [InlineData("node-role.kubernetes.io/control-plane", true)]
    [InlineData("node-restriction.kubernetes.io/x", true)]
    [InlineData("a.node-restriction.kubernetes.io/x", true)]
    [InlineData("k8s.io/x", true)]
    [InlineData("node.kubernetes.io/x", false)]
    [InlineData("kubelet.kubernetes.io/x", false)]
    [InlineData("example.com/x", false)]
    public async Task Label_thatSteersWorkloadsIsNotTheNodesToSet(string label, bool forbidden)
    {
        var onCreate = await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(NodeNamed("n1", label), N1));
        var onUpdate = await AdmissionFixture.RefusalAsync(
            () => _cluster.UpdateAsync(NodeNamed("n1"), NodeNamed("n1", label), N1));
        Assert.Equal(
            forbidden ? $"nodes \"n1\" is forbidden: node \"n1\" is not allowed to set the following labels: {label}"
                : "",
            onCreate);
        Assert.Equal(
            forbidden ? $"nodes \"n1\" is forbidden: is not allowed to modify labels: {label}" : "", onUpdate);
    }

    [Fact]
    public async Task VolumeOfTheNode_losesItsFinalizerWhenItsDataIsToGoAndNothingElse()
    {
        const string Refusal = "persistentvolumes \"pvc-1\" is forbidden: node \"n1\" is only allowed to take the "
            + "finalizer \"netes.io/local-path\" from a volume whose data is to go";
        var bound = new PersistentVolume
        {
            Metadata = new ObjectMeta
            {
                Name = "pvc-1",
                Annotations = ValueMap.Of((LocalPathVolumes.ProvisionedBy, LocalPathVolumes.Provisioner)),
                Finalizers = [LocalPathVolumes.Finalizer, "kubernetes.io/pv-protection"],
            },
            Spec = new()
            {
                PersistentVolumeReclaimPolicy = "Delete",
                PersistentVolumeSource = new() { Local = new() { Path = "/data" } },
            },
            Status = new() { Phase = "Bound" },
        };
        var released = bound with
        {
            Metadata = bound.Metadata with { DeletionTimestamp = Timestamp.From(DateTimeOffset.UnixEpoch) },
            Status = new() { Phase = "Released" },
        };
        Assert.Equal("", await TryAsync(released, ["kubernetes.io/pv-protection"]));
        Assert.Equal(Refusal, await TryAsync(released, []));
        Assert.Equal(Refusal, await TryAsync(released, [LocalPathVolumes.Finalizer]));
        Assert.Equal(Refusal, await TryAsync(bound, ["kubernetes.io/pv-protection"]));
        var moved = released with
        {
            Metadata = released.Metadata with { Finalizers = ["kubernetes.io/pv-protection"] },
            Spec = released.Spec with { PersistentVolumeReclaimPolicy = "Retain" },
        };
        Assert.Equal(Refusal, await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(released, moved, N1)));
    }

    private Task<string> TryAsync(PersistentVolume volume, ValueList<string> finalizers) =>
        AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(
            volume, volume with { Metadata = volume.Metadata with { Finalizers = finalizers } }, N1));

    [Fact]
    public async Task TaintsAndOwners_areNotTheNodesToChange()
    {
        var old = NodeNamed("n1");
        var tainted = old with { Spec = new NodeSpec { Taints = [new Taint { Key = "x", Effect = "NoSchedule" }] } };
        Assert.EndsWith(
            "is not allowed to modify taints",
            await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(tainted, old, N1)),
                StringComparison.Ordinal);
        var owner = new OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "gone", Uid = "u" };
        var owned = old with { Metadata = old.Metadata with { OwnerReferences = [owner] } };
        Assert.EndsWith(
            "is not allowed to modify ownerReferences",
            await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(old, owned, N1)), StringComparison.Ordinal);
        Assert.EndsWith(
            "is not allowed to modify ownerReferences",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(owned, N1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "does not have \"kubernetes.io/config.mirror\" annotation, node \"n1\" can only create "
        + "mirror pods")]
    [InlineData("elsewhere", "node \"n1\" can only create pods with spec.nodeName set to itself")]
    [InlineData("ownerless", "node \"n1\" can only create pods with an owner reference set to itself")]
    [InlineData("uncontrolled", "node \"n1\" can only create pods with a controller owner reference set to itself")]
    [InlineData("blocking", "node \"n1\" must not set blockOwnerDeletion on an owner reference")]
    [InlineData("account", "node \"n1\" can not create pods that reference a service account")]
    [InlineData("secret", "node \"n1\" can not create pods that reference secrets")]
    [InlineData("claims", "node \"n1\" can not create pods that reference resourceclaims")]
    [InlineData("token", "a mirror pod may not use ServiceAccountToken volume projections")]
    [InlineData("good", "")]
    public async Task Node_createsItsOwnHarmlessMirrorPodsOnly(string change, string refusal)
    {
        var actual = await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(Mirror(change), N1));
        Assert.EndsWith(refusal, actual, StringComparison.Ordinal);
        Assert.Equal(refusal.Length == 0, actual.Length == 0);
    }

    [Fact]
    public async Task PodsOfOthers_areLeftAlone()
    {
        var own = PodOn("n1");
        var other = PodOn("n2");
        _cluster.Objects.Add(other);
        Assert.EndsWith(
            "can only delete pods with spec.nodeName set to itself",
            await AdmissionFixture.RefusalAsync(() => _cluster.DeleteAsync(other, N1)), StringComparison.Ordinal);
        Assert.EndsWith(
            "can only update pod status for pods with spec.nodeName set to itself",
            await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(other, other, N1, "status")),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "unexpected pod subresource \"exec\", only 'status' and 'eviction' are allowed",
            await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(own, own, N1, "exec")),
                StringComparison.Ordinal);
        var relabelled = own with { Metadata = own.Metadata with { Labels = ValueMap.Of(("a", "b")) } };
        Assert.EndsWith(
            "cannot update labels through pod status",
            await AdmissionFixture.RefusalAsync(() => _cluster.UpdateAsync(own, relabelled, N1, "status")),
            StringComparison.Ordinal);
        await _cluster.UpdateAsync(own, own, N1, "status");
    }

    [Theory]
    [InlineData("", "u", "", "node requested token not bound to a pod")]
    [InlineData("p", "", "", "node requested token with a pod binding without a uid")]
    [InlineData("p", "old", "",
        "the UID in the bound object reference (old) does not match the UID in record. The object might have been "
            + "deleted and "
        + "then recreated")]
    [InlineData("other", "u", "", "node requested token bound to a pod scheduled on a different node")]
    [InlineData("p", "u", "vault", "audience \"vault\" not found in pod spec volume")]
    [InlineData("p", "u", "", "")]
    public async Task Tokens_areForPodsOnTheNode(string pod, string uid, string audience, string refusal)
    {
        var own = PodOn("n1");
        _cluster.Objects.Add(own with { Metadata = own.Metadata with { Uid = "u" } });
        _cluster.Objects.Add(own with
        {
            Metadata = own.Metadata with { Name = "other", Uid = "u" },
            Spec = own.Spec with { NodeName = "n2" },
        });
        var request = new TokenRequest
        {
            Spec = new TokenRequestSpec
            {
                Audiences = audience.Length == 0 ? default : [audience],
                BoundObjectRef = new BoundObjectReference { ApiVersion = "v1", Kind = "Pod", Name = pod, Uid = uid },
            },
        };
        var attributes = AdmissionFixture.Attributes(
            AdmissionOperation.Create, new ServiceAccount { Metadata = new() { Name = "app", Namespace = "default" } },
                null, N1)
            with
        { Subresource = "token", Object = request };
        var actual = await AdmissionFixture.RefusalAsync(() => _cluster.AdmitAsync<TokenRequest>(attributes));
        Assert.EndsWith(refusal, actual, StringComparison.Ordinal);
        Assert.Equal(refusal.Length == 0, actual.Length == 0);
    }

    [Theory]
    [InlineData("kube-node-lease", "n1", "")]
    [InlineData("kube-node-lease", "n2", "can only access node lease with the same name as the requesting node")]
    [InlineData("kube-system", "n1", "can only access leases in the \"kube-node-lease\" system namespace")]
    public async Task Lease_isTheNodesOwn(string space, string name, string refusal)
    {
        _cluster.Objects.Add(AdmissionFixture.Space("kube-node-lease"));
        var lease = new Lease { Metadata = new ObjectMeta { Name = name, Namespace = space } };
        Assert.EndsWith(
            refusal, await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(lease, N1)),
                StringComparison.Ordinal);
    }

    private static Node NodeNamed(string name, params string[] labels) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Uid = $"{name}-uid",
            Labels = labels.Select(static label => KeyValuePair.Create(label, "v")).ToValueMap(),
        },
    };

    private static Pod PodOn(string node)
    {
        var pod = AdmissionFixture.Pod();
        return pod with { Spec = pod.Spec with { NodeName = node } };
    }

    private static Pod Mirror(string change)
    {
        var owner = new OwnerReference
        {
            ApiVersion = "v1",
            Kind = "Node",
            Name = "n1",
            Uid = "n1-uid",
            Controller = change == "uncontrolled" ? null : true,
            BlockOwnerDeletion = change == "blocking" ? true : null,
        };
        var pod = PodOn(change == "elsewhere" ? "n2" : "n1");
        VolumeSource source = change switch
        {
            "secret" => new() { Secret = new() { SecretName = "s" } },
            "token" => new() { Projected = new() { Sources = [new() { ServiceAccountToken = new() { Path = "t" } }] } },
            _ => new() { EmptyDir = new() },
        };
        return pod with
        {
            Metadata = pod.Metadata with
            {
                Annotations = change == "plain" ? default : ValueMap.Of(("kubernetes.io/config.mirror", "x")),
                OwnerReferences = change == "ownerless" ? default : [owner],
            },
            Spec = pod.Spec with
            {
                ServiceAccountName = change == "account" ? "app" : "",
                ResourceClaims = change == "claims" ? [new PodResourceClaim { Name = "c" }] : default,
                Volumes = [new Volume { Name = "v", VolumeSource = source }],
            },
        };
    }
}
