using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Authorization.Nodes;

namespace Netes.Tests.ApiServer.Authorization;

public sealed class NodeAuthorizerTests : IDisposable
{
    private readonly MemoryObjects _objects = new();
    private readonly NodeAuthorizer _authorizer;

    public NodeAuthorizerTests()
    {
        _authorizer = new NodeAuthorizer(_objects);
        _objects.Add(PodOn("n1", "p1"));
        _objects.Add(PodOn("n2", "p2", secret: "others"));
        var stage = new SecretReference { Namespace = "storage", Name = "stage" };
        _objects.Add(new PersistentVolume
        {
            Metadata = new ObjectMeta { Name = "pv1" },
            Spec = new PersistentVolumeSpec
            {
                ClaimRef = new ObjectReference { Namespace = "default", Name = "claim" },
                PersistentVolumeSource = new() { CSI = new() { NodeStageSecretRef = stage } },
            },
        });
    }

    public void Dispose() => _authorizer.Dispose();

    [Theory]
    [InlineData("get core secrets default volume", true)]
    [InlineData("list core secrets default volume", true)]
    [InlineData("watch core secrets default volume", true)]
    [InlineData("get core secrets default env", true)]
    [InlineData("get core secrets default envfrom", true)]
    [InlineData("get core secrets default init", true)]
    [InlineData("get core secrets default debug", true)]
    [InlineData("get core secrets default pull", true)]
    [InlineData("get core secrets default projected", true)]
    [InlineData("get core secrets storage stage", true)]
    [InlineData("get core secrets default others", false)]
    [InlineData("get core secrets kube-system volume", false)]
    [InlineData("list core secrets default", false)]
    [InlineData("list core secrets", false)]
    [InlineData("update core secrets default volume", false)]
    [InlineData("delete core secrets default volume", false)]
    [InlineData("get core configmaps default settings", true)]
    [InlineData("get core configmaps default other", false)]
    [InlineData("get core persistentvolumeclaims default claim", true)]
    [InlineData("get core persistentvolumeclaims default other", false)]
    [InlineData("patch core persistentvolumeclaims/status default claim", true)]
    [InlineData("create core serviceaccounts/token default app", true)]
    [InlineData("create core serviceaccounts/token default other", false)]
    [InlineData("delete core serviceaccounts default app", false)]
    [InlineData("get core pods default p1", true)]
    [InlineData("get core pods default p2", false)]
    [InlineData("list core pods", false)]
    [InlineData("patch core pods/status default p1", true)]
    [InlineData("create core pods/eviction default p1", true)]
    [InlineData("create core pods/exec default p1", false)]
    [InlineData("get coordination.k8s.io leases kube-node-lease n1", true)]
    [InlineData("update coordination.k8s.io leases kube-node-lease n2", false)]
    [InlineData("get coordination.k8s.io leases kube-system n1", false)]
    [InlineData("create certificates.k8s.io certificatesigningrequests", true)]
    [InlineData("get storage.k8s.io csinodes", false)]
    [InlineData("delete core nodes", false)]
    [InlineData("list core services", true)]
    [InlineData("create core nodes", true)]
    [InlineData("create rbac.authorization.k8s.io clusterroles", false)]
    public async Task Node_mayWhatItsPodsNeed(string request, bool allowed) =>
        Assert.Equal(allowed, (await DecideAsync(Request(request))).IsAllowed);

    [Fact]
    public async Task Node_readsVolumesAndNodesByNameOnly()
    {
        Assert.True((await DecideAsync(Request("get core persistentvolumes") with { Name = "pv1" })).IsAllowed);
        Assert.False((await DecideAsync(Request("get core persistentvolumes") with { Name = "pv2" })).IsAllowed);
        Assert.True((await DecideAsync(Request("get core nodes") with { Name = "n1" })).IsAllowed);
        Assert.False((await DecideAsync(Request("get core nodes") with { Name = "n2" })).IsAllowed);
        Assert.True((await DecideAsync(Request("list core nodes") with { FieldSelector = "metadata.name=n1" }))
            .IsAllowed);
        Assert.False((await DecideAsync(Request("list core nodes"))).IsAllowed);
    }

    [Fact]
    public async Task Node_keepsItsOwnFoldersOfVolumes()
    {
        _objects.Add(LocalPath("kept", "n1"));
        _objects.Add(LocalPath("elsewhere", "n2"));
        foreach (var (request, allowed) in new[]
        {
            (Request("list core persistentvolumes") with { LabelSelector = "netes.io/local-path-node=n1" }, true),
            (Request("watch core persistentvolumes") with { LabelSelector = "netes.io/local-path-node=n2" }, false),
            (Request("watch core persistentvolumes"), false),
            (Request("update core persistentvolumes") with { Name = "kept" }, true),
            (Request("update core persistentvolumes") with { Name = "elsewhere" }, false),
            (Request("update core persistentvolumes") with { Name = "pv1" }, false),
            (Request("update core persistentvolumes/status") with { Name = "kept" }, false),
            (Request("delete core persistentvolumes") with { Name = "kept" }, false),
        })
        {
            Assert.Equal(allowed, (await DecideAsync(request)).IsAllowed);
        }
    }

    private static PersistentVolume LocalPath(string name, string node) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Labels = ValueMap.Of((LocalPathVolumes.NodeLabel, node)),
            Annotations = ValueMap.Of((LocalPathVolumes.ProvisionedBy, LocalPathVolumes.Provisioner)),
        },
        Spec = new() { PersistentVolumeSource = new() { Local = new() { Path = "/data" } } },
    };

    [Theory]
    [InlineData("spec.nodeName=n1", true)]
    [InlineData("spec.nodeName==n1", true)]
    [InlineData("status.phase!=Failed,spec.nodeName=n1", true)]
    [InlineData("spec.nodeName=n2", false)]
    [InlineData("spec.nodeName!=n1", false)]
    [InlineData("", false)]
    public async Task Node_listsItsOwnPods(string selector, bool allowed)
    {
        foreach (var verb in new[] { "list", "watch" })
        {
            var request = Request($"{verb} core pods") with { FieldSelector = selector };
            Assert.Equal(allowed, (await DecideAsync(request)).IsAllowed);
        }
    }

    [Fact]
    public async Task DeletedPod_takesItsRightsAlong()
    {
        _objects.Add(PodOn("n1", "p3"));
        _objects.Remove<Pod>("default", "p1");
        Assert.True((await DecideAsync(Request("get core secrets default volume"))).IsAllowed);
        _objects.Remove<Pod>("default", "p3");
        var decision = await DecideAsync(Request("get core secrets default volume"));
        Assert.False(decision.IsAllowed);
        Assert.Equal("no relationship found between node 'n1' and this object", decision.Reason);
    }

    [Fact]
    public async Task MirrorPod_givesItsNodeNothing()
    {
        var mirror = PodOn("n1", "mirror", secret: "stolen");
        var annotations = ValueMap.Of(("kubernetes.io/config.mirror", "x"));
        _objects.Add(mirror with { Metadata = mirror.Metadata with { Annotations = annotations } });
        Assert.False((await DecideAsync(Request("get core secrets default stolen"))).IsAllowed);
        Assert.True((await DecideAsync(Request("get core pods default mirror"))).IsAllowed);
    }

    [Fact]
    public async Task OthersThanNodes_getNoOpinion()
    {
        foreach (var (user, groups) in new (string, ValueList<string>)[]
        {
            ("system:node:n1", default), ("n1", ["system:nodes"]), ("system:node:", ["system:nodes"]),
        })
        {
            Assert.False((await DecideAsync(RbacTests.Request(user, "get core secrets default volume", groups)))
                .IsAllowed);
        }
    }

    private async Task<AuthorizationDecision> DecideAsync(AuthorizationAttributes request) =>
        await _authorizer.AuthorizeAsync(request, CancellationToken.None);

    private static AuthorizationAttributes Request(string request) =>
        RbacTests.Request("system:node:n1", request, "system:nodes");

    private static Pod PodOn(string node, string name, string secret = "volume")
    {
        static LocalObjectReference Named(string name) => new() { Name = name };
        static EnvFromSource FromSecret(string name) =>
            new() { SecretRef = new() { LocalObjectReference = Named(name) } };
        static Volume VolumeOf(VolumeSource source) => new() { VolumeSource = source };
        var variable = new EnvVar { ValueFrom =
            new() { SecretKeyRef = new() { LocalObjectReference = Named("env") } } };
        var projection = new VolumeProjection { Secret = new() { LocalObjectReference = Named("projected") } };
        return new()
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = name },
            Spec = new PodSpec
            {
                NodeName = node,
                ServiceAccountName = "app",
                ImagePullSecrets = [Named("pull")],
                Containers = [new Container { EnvFrom = [FromSecret("envfrom")], Env = [variable] }],
                InitContainers = [new Container { EnvFrom = [FromSecret("init")] }],
                EphemeralContainers = [new() { EphemeralContainerCommon = new() { EnvFrom = [FromSecret("debug")] } }],
                Volumes =
                [
                    VolumeOf(new() { Secret = new() { SecretName = secret } }),
                    VolumeOf(new() { ConfigMap = new() { LocalObjectReference = Named("settings") } }),
                    VolumeOf(new() { PersistentVolumeClaim = new() { ClaimName = "claim" } }),
                    VolumeOf(new() { Projected = new() { Sources = [projection] } }),
                ],
            },
        };
    }
}
