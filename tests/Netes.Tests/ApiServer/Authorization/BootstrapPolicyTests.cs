using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Rbac;
using Netes.Api.Scheduling;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Authorization.Bootstrap;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.Tests.ApiServer.Authorization;

public sealed class BootstrapPolicyTests
{
    private readonly MemoryObjects _objects = new();

    [Fact]
    public async Task EmptyCluster_getsAllAndASecondRunChangesNothing()
    {
        await ReconcileAsync();
        var revision = _objects.Revision;
        Assert.NotNull(_objects.Get<Namespace>("", "kube-node-lease"));
        Assert.Equal(2_000_001_000, _objects.Get<PriorityClass>("", "system-node-critical")!.Value);
        Assert.True(_objects.List<ClusterRole>("").Count > 65);
        await ReconcileAsync();
        Assert.Equal(revision, _objects.Revision);
    }

    [Fact]
    public async Task EveryBinding_refersToARoleThatIsThere()
    {
        await ReconcileAsync();
        Assert.All(_objects.List<ClusterRoleBinding>(""),
            binding => Assert.NotNull(_objects.Get<ClusterRole>("", binding.RoleRef.Name)));
        Assert.All(_objects.List<RoleBinding>(""),
            binding => Assert.NotNull(_objects.Get<Role>(binding.Metadata.Namespace, binding.RoleRef.Name)));
    }

    [Fact]
    public async Task RemovedRule_comesBackAndAnAddedOneStays()
    {
        await ReconcileAsync();
        var role = _objects.Get<ClusterRole>("", "system:auth-delegator")!;
        _objects.Add(role with { Rules = [RbacTests.Rule("get|core|pods")] });
        await ReconcileAsync();
        var rules = _objects.Get<ClusterRole>("", "system:auth-delegator")!.Rules;
        Assert.Equal(RbacTests.Rule("get|core|pods"), rules[0]);
        Assert.Equal(3, rules.Count);
    }

    [Fact]
    public async Task RoleWithoutAutoupdate_isLeftAlone()
    {
        await ReconcileAsync();
        var role = _objects.Get<ClusterRole>("", "system:auth-delegator")!;
        var annotations = ValueMap.Of(("rbac.authorization.kubernetes.io/autoupdate", "false"));
        _objects.Add(role with { Rules = default, Metadata = role.Metadata with { Annotations = annotations } });
        await ReconcileAsync();
        Assert.True(_objects.Get<ClusterRole>("", "system:auth-delegator")!.Rules.IsEmpty);
    }

    [Theory]
    [InlineData("view", "get core pods default a", true)]
    [InlineData("view", "get core secrets default a", false)]
    [InlineData("view", "create core pods default", false)]
    [InlineData("view", "get core pods/log default a", true)]
    [InlineData("edit", "create apps deployments default", true)]
    [InlineData("edit", "get core secrets default a", true)]
    [InlineData("edit", "create core pods/exec default a", true)]
    [InlineData("edit", "create core endpoints default", false)]
    [InlineData("edit", "create rbac.authorization.k8s.io roles default", false)]
    [InlineData("edit", "update core services/status default a", false)]
    [InlineData("admin", "create rbac.authorization.k8s.io roles default", true)]
    [InlineData("admin", "update core resourcequotas default a", false)]
    [InlineData("admin", "get core pods default a", true)]
    public async Task UsersRole_allowsWhatKubernetesDoes(string role, string request, bool allowed)
    {
        await ReconcileAsync();
        _objects.Add(RbacTests.Bind("b", role,
            "bob") with { RoleRef = new RoleRef { Kind = "ClusterRole", Name = role } });
        using var rbac = new RbacAuthorizer(_objects);
        Assert.Equal(
            allowed, (await rbac.AuthorizeAsync(RbacTests.Request("bob", request), CancellationToken.None)).IsAllowed);
    }

    [Theory]
    [InlineData("system:kube-scheduler", "create core pods/binding default a", true)]
    [InlineData("system:kube-scheduler", "get core secrets default a", false)]
    [InlineData("system:kube-scheduler", "create resource.k8s.io resourceclaims default", true)]
    [InlineData("system:kube-scheduler", "delete resource.k8s.io resourceclaims default a", true)]
    [InlineData("system:kube-controller-manager", "list apps replicasets default", true)]
    [InlineData("system:kube-controller-manager", "create apps replicasets default", false)]
    [InlineData("system:serviceaccount:kube-system:deployment-controller", "create apps replicasets default", true)]
    [InlineData("system:serviceaccount:kube-system:deployment-controller", "create core pods default", false)]
    [InlineData("system:serviceaccount:kube-system:replicaset-controller", "create core pods default", true)]
    [InlineData("system:serviceaccount:kube-system:certificate-controller",
        "approve certificates.k8s.io signers  kubernetes.io/kubelet-serving", true)]
    [InlineData("system:serviceaccount:kube-system:token-cleaner", "delete core secrets kube-system x", true)]
    [InlineData("system:serviceaccount:kube-system:token-cleaner", "delete core secrets default x", false)]
    [InlineData("nobody", "list core pods default", false)]
    [InlineData("nobody", "create authorization.k8s.io selfsubjectaccessreviews", true)]
    public async Task ComponentsUser_mayWhatHisWorkTakes(string user, string request, bool allowed)
    {
        await ReconcileAsync();
        using var rbac = new RbacAuthorizer(_objects);
        var attributes = RbacTests.Request(user, request, "system:authenticated");
        Assert.Equal(allowed, (await rbac.AuthorizeAsync(attributes, CancellationToken.None)).IsAllowed);
    }

    [Fact]
    public async Task RulesReview_listsWhatTheUserHolds()
    {
        await ReconcileAsync();
        using var rbac = new RbacAuthorizer(_objects);
        var reviews = new AuthorizationReviews(rbac, rbac);
        var answer = reviews.Review(
            new() { Spec = new() { Namespace = "default" } },
                RbacTests.Request("x", "get core pods", "system:authenticated").User);
        Assert.Contains(answer.Status.ResourceRules.ToArray(), static rule =>
            rule.Resources.Contains("selfsubjectaccessreviews"));
        Assert.Contains(answer.Status.NonResourceRules.ToArray(), static rule =>
            rule.NonResourceURLs.Contains("/api/*"));
        Assert.False(answer.Status.Incomplete);
    }

    [Theory]
    [InlineData("", false, "spec.user: Invalid value: \"\": at least one of user or group must be specified")]
    [InlineData("bob", true,
        "spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes "
            + "must be specified")]
    public async Task IncompleteReview_isInvalid(string user, bool isEmpty, string message)
    {
        using var rbac = new RbacAuthorizer(_objects);
        var failure = await Assert.ThrowsAsync<ApiException>(
            async () => await new AuthorizationReviews(rbac, rbac).ReviewAsync(
            new Netes.Api.Authorization.SubjectAccessReview
            {
                Spec = new() { User = user, ResourceAttributes = isEmpty ? null
                    : new() { Verb = "get", Resource = "pods" } },
            },
            CancellationToken.None));
        Assert.EndsWith(message, failure.Message, StringComparison.Ordinal);
    }

    private Task ReconcileAsync() => new BootstrapPolicy(_objects, _objects, FeatureGates.Default)
        .ReconcileAsync(CancellationToken.None);
}
