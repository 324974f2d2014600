using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Rbac;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.Tests.ApiServer.Authorization;

public sealed class RbacTests
{
    private readonly MemoryObjects _objects = new();

    /// <summary>A rule (verbs|groups|resources[|names]) and a request (verb group resource namespace name).</summary>
    [Theory]
    [InlineData("get|core|pods", "get core pods default a", true)]
    [InlineData("get|core|pods", "list core pods default", false)]
    [InlineData("get|core|pods", "get apps pods default a", false)]
    [InlineData("get|core|pods", "get core pods/log default a", false)]
    [InlineData("get|core|pods/log", "get core pods/log default a", true)]
    [InlineData("get|core|pods/log", "get core pods default a", false)]
    [InlineData("get|core|*/log", "get core pods/log default a", true)]
    [InlineData("get|core|*/log", "get core pods/exec default a", false)]
    [InlineData("get|core|*/log", "get core log default a", false)]
    [InlineData("get|core|*", "get core pods/exec default a", true)]
    [InlineData("*|*|*", "escalate rbac.authorization.k8s.io roles default a", true)]
    [InlineData("get|*|deployments", "get apps deployments default a", true)]
    [InlineData("get|core|secrets|a,b", "get core secrets default b", true)]
    [InlineData("get|core|secrets|a,b", "get core secrets default c", false)]
    [InlineData("list|core|secrets|a", "list core secrets default", false)]
    [InlineData("deletecollection|core|pods", "delete core pods default a", false)]
    [InlineData("delete|core|pods", "deletecollection core pods default", false)]
    public async Task Rule_allowsWhatItNames(string rule, string request, bool allowed)
    {
        _objects.Add(Role("r", rule)).Add(Bind("b", "r", "bob"));
        Assert.Equal(allowed, (await DecideAsync(Request("bob", request))).IsAllowed);
    }

    [Theory]
    [InlineData("/healthz", "/healthz", true)]
    [InlineData("/healthz", "/healthz/ping", false)]
    [InlineData("/healthz/*", "/healthz/ping", true)]
    [InlineData("/healthz/*", "/healthz", false)]
    [InlineData("/heal*", "/healthz", true)]
    [InlineData("*", "/metrics", true)]
    public async Task PathRule_allowsWhatItNames(string pattern, string path, bool allowed)
    {
        _objects.Add(ClusterRole("r") with { Rules =
            [new PolicyRule { Verbs = ["get"], NonResourceURLs = [pattern] }] });
        _objects.Add(BindEverywhere("b", "r", new Subject { Kind = "Group", Name = "dev" }));
        var request = new AuthorizationAttributes
        {
            User = new UserIdentity { Name = "x", Groups = ["dev"] },
            Verb = "get",
            IsResourceRequest = false,
            Path = path,
        };
        Assert.Equal(allowed, (await DecideAsync(request)).IsAllowed);
    }

    [Fact]
    public async Task RoleBinding_givesAClusterRolesRulesInItsNamespaceOnly()
    {
        _objects.Add(ClusterRole("reader", "get|core|pods"));
        _objects.Add(Bind("b", "reader", "") with
        {
            Subjects = [new Subject { Kind = "ServiceAccount", Name = "app", Namespace = "default" }],
            RoleRef = new RoleRef { Kind = "ClusterRole", Name = "reader" },
        });
        const string account = "system:serviceaccount:default:app";
        var decision = await DecideAsync(Request(account, "get core pods default a"));
        Assert.True(decision.IsAllowed);
        Assert.Equal(
            "RBAC: allowed by RoleBinding \"b/default\" of ClusterRole \"reader\" to ServiceAccount \"app/default\"",
            decision.Reason);
        Assert.False((await DecideAsync(Request(account, "get core pods other a"))).IsAllowed);
        Assert.False((await DecideAsync(Request("system:serviceaccount:other:app", "get core pods default a")))
            .IsAllowed);
    }

    [Fact]
    public async Task MissingRole_isNamedInTheReason()
    {
        _objects.Add(BindEverywhere("b", "gone", new Subject { Kind = "User", Name = "bob" }));
        var decision = await DecideAsync(Request("bob", "get core pods default a"));
        Assert.Equal("RBAC: clusterrole.rbac.authorization.k8s.io \"gone\" not found", decision.Reason);
    }

    [Fact]
    public async Task RemovedBinding_countsForTheNextRequest()
    {
        _objects.Add(Role("r", "get|core|pods")).Add(Bind("b", "r", "bob"));
        using var rbac = new RbacAuthorizer(_objects);
        var request = Request("bob", "get core pods default a");
        Assert.True((await rbac.AuthorizeAsync(request, CancellationToken.None)).IsAllowed);
        _objects.Remove<RoleBinding>("default", "b");
        Assert.False((await rbac.AuthorizeAsync(request, CancellationToken.None)).IsAllowed);
    }

    [Fact]
    public async Task AggregatedRole_holdsTheRulesOfWhatItSelects()
    {
        var selector = new LabelSelector { MatchLabels = ValueMap.Of(("part", "yes")) };
        _objects.Add(ClusterRole("all") with { AggregationRule =
            new AggregationRule { ClusterRoleSelectors = [selector] } });
        _objects.Add(ClusterRole("part", "get|core|pods") with
        {
            Metadata = new ObjectMeta { Name = "part", Labels = ValueMap.Of(("part", "yes")) },
        });
        _objects.Add(BindEverywhere("b", "all", new Subject { Kind = "User", Name = "bob" }));
        Assert.True((await DecideAsync(Request("bob", "get core pods default a"))).IsAllowed);
    }

    [Theory]
    [InlineData("get core pods default a",
        "pods \"a\" is forbidden: User \"bob\" cannot get resource \"pods\" in API group \"\" in the namespace "
            + "\"default\"")]
    [InlineData("list core pods default",
        "pods is forbidden: User \"bob\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"")]
    [InlineData("list core nodes",
        "nodes is forbidden: User \"bob\" cannot list resource \"nodes\" in API group \"\" at the cluster scope")]
    [InlineData("create apps deployments default",
        "deployments.apps is forbidden: User \"bob\" cannot create resource \"deployments\" in API group \"apps\" in "
            + "the "
        + "namespace \"default\"")]
    [InlineData("get core pods/log default a",
        "pods \"a\" is forbidden: User \"bob\" cannot get resource \"pods/log\" in API group \"\" in the namespace "
            + "\"default\"")]
    public void Refusal_saysWhoMayNotWhat(string request, string message)
    {
        var failure = ForbiddenErrors.Create(Request("bob", request), "");
        Assert.Equal(message, failure.Message);
        Assert.Equal(403, failure.Code);
    }

    [Fact]
    public void RefusalOfAPath_saysWhichPath()
    {
        var request = new AuthorizationAttributes
        {
            User = UserIdentity.Anonymous,
            Verb = "get",
            IsResourceRequest = false,
            Path = "/metrics",
        };
        Assert.Equal(
            "forbidden: User \"system:anonymous\" cannot get path \"/metrics\": why",
            ForbiddenErrors.Create(request, "why").Message);
    }

    [Fact]
    public async Task Masters_mayEverything()
    {
        var chain = new AuthorizerChain(new PrivilegedGroupAuthorizer());
        Assert.True((await chain.AuthorizeAsync(
            Request("x", "delete core nodes", "system:masters"), CancellationToken.None)).IsAllowed);
        Assert.False((await chain.AuthorizeAsync(
            Request("system:masters", "delete core nodes"), CancellationToken.None)).IsAllowed);
    }

    internal static AuthorizationAttributes Request(string user, string request, params ValueList<string> groups)
    {
        var words = request.Split(' ');
        var resource = words[2].Split('/');
        return new AuthorizationAttributes
        {
            User = new UserIdentity { Name = user, Groups = groups },
            Verb = words[0],
            Group = words[1] == "core" ? "" : words[1],
            Version = "v1",
            Resource = resource[0],
            Subresource = resource.Length > 1 ? resource[1] : "",
            Namespace = words.Length > 3 ? words[3] : "",
            Name = words.Length > 4 ? words[4] : "",
        };
    }

    internal static PolicyRule Rule(string text)
    {
        var parts = text.Split('|');
        return new PolicyRule
        {
            Verbs = parts[0].Split(',').ToValueList(),
            ApiGroups = parts[1].Split(',').Select(static group => group == "core" ? "" : group).ToValueList(),
            Resources = parts[2].Split(',').ToValueList(),
            ResourceNames = parts.Length > 3 ? parts[3].Split(',').ToValueList() : default,
        };
    }

    internal static Role Role(string name, params string[] rules) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Rules = rules.Select(Rule).ToValueList(),
    };

    internal static ClusterRole ClusterRole(string name, params string[] rules) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Rules = rules.Select(Rule).ToValueList(),
    };

    internal static RoleBinding Bind(string name, string role, string user) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Subjects = [new Subject { Kind = "User", Name = user }],
        RoleRef = new RoleRef { Kind = "Role", Name = role, ApiGroup = "rbac.authorization.k8s.io" },
    };

    internal static ClusterRoleBinding BindEverywhere(string name, string role, Subject subject) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Subjects = [subject],
        RoleRef = new RoleRef { Kind = "ClusterRole", Name = role, ApiGroup = "rbac.authorization.k8s.io" },
    };

    private async Task<AuthorizationDecision> DecideAsync(AuthorizationAttributes request)
    {
        using var rbac = new RbacAuthorizer(_objects);
        return await rbac.AuthorizeAsync(request, CancellationToken.None);
    }
}
