using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Rbac;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization.Bootstrap;

namespace Netes.Tests.ApiServer.Authorization;

/// <summary>
/// Every resource, verb and scope that is served, asked for by users of every sort, against a model that knows only the
/// lists of roles and bindings and tries them one by one.
/// </summary>
public sealed class CrawlTests
{
    private static readonly (string Verb, string Method, bool Named)[] Verbs =
    [
        ("get", "GET", true), ("list", "GET", false), ("create", "POST", false), ("update", "PUT", true),
        ("patch", "PATCH", true), ("delete", "DELETE", true), ("deletecollection", "DELETE", false),
    ];

    [Fact]
    public async Task EveryRequestWithoutCredential_is401()
    {
        await using var server = await RunningServer.StartAsync();
        var paths = Requests().Select(static request => (request.Method, request.Path)).Concat(
        [
            ("GET", "/"), ("GET", "/api"), ("GET", "/apis"), ("GET", "/openapi/v2"), ("GET", "/openapi/v3"),
            ("GET", "/metrics"), ("GET", "/openid/v1/jwks"), ("GET", "/logs"), ("GET", "/debug/pprof/"),
        ]);
        foreach (var (method, path) in paths)
        {
            var (code, _) = await server.CallAsync(new ApiCall { Method = method, Path = path });
            Assert.True(code == 401, $"{method} {path}: {code}");
        }

        foreach (var path in new[] { "/healthz", "/livez", "/readyz", "/version" })
        {
            Assert.Equal(200, (await server.CallAsync(new ApiCall { Method = "GET", Path = path })).Code);
        }
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("viewer", "view")]
    [InlineData("editor", "edit")]
    [InlineData("admin", "admin")]
    [InlineData("system:kube-scheduler")]
    [InlineData("system:kube-controller-manager")]
    [InlineData("system:serviceaccount:kube-system:namespace-controller")]
    [InlineData("system:serviceaccount:kube-system:node-controller")]
    public async Task EveryAnswer_isWhatTheRolesSay(string user, string role = "")
    {
        await using var server = await RunningServer.StartAsync();
        var bindings = new List<RoleBinding>();
        if (role.Length > 0)
        {
            var binding = RbacTests.Bind("b", role, user) with
            {
                RoleRef = new RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = role },
                Subjects = [new Subject { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = user }],
            };
            bindings.Add(binding);
            await server.CreateAsync(binding);
        }

        var identity = new UserIdentity { Name = user, Groups = ["system:authenticated"] };
        foreach (var request in Requests())
        {
            var expected = Model(identity, bindings, request);
            var path = request.Method == "DELETE" ? $"{request.Path}?dryRun=All" : request.Path;
            var (code, text) = await server.CallAsync(identity, request.Method, path);
            var refused = code == 403 && text.Contains($"cannot {request.Verb} resource", StringComparison.Ordinal);
            Assert.True(expected != refused,
                $"{user}: {request.Method} {request.Path}: expected {expected}, got {code} {text}");
            Assert.True(expected || code == 403, $"{user}: {request.Method} {request.Path}: {code}");
        }
    }

    private static IEnumerable<Request> Requests()
    {
        foreach (var resource in Resources.All)
        {
            var root = resource.Group.Length == 0 ? "/api/v1" : $"/apis/{resource.ApiVersion}";
            foreach (var space in resource.Namespaced ? new[] { "default", "kube-system" } : [""])
            {
                var path = space.Length == 0 ? $"{root}/{resource.Plural}"
                    : $"{root}/namespaces/{space}/{resource.Plural}";
                foreach (var (verb, method, named) in Verbs.Where(one => resource.Verbs.Contains(one.Verb)))
                {
                    // A namespace's own name is its namespace in authorization.
                    var inSpace = resource is { Plural: "namespaces", Group: "" } && named ? "x" : space;
                    yield return new Request(
                        verb, method, named ? $"{path}/x" : path, resource.Group, resource.Plural, inSpace,
                        named ? "x" : "");
                }
            }
        }
    }

    /// <summary>Every binding in turn, without any index.</summary>
    private static bool Model(UserIdentity user, List<RoleBinding> bindings, Request request)
    {
        bool IsFor(Subject subject) => subject.Kind switch
        {
            "User" => subject.Name == user.Name,
            "Group" => user.Groups.Contains(subject.Name),
            _ => user.Name == $"system:serviceaccount:{subject.Namespace}:{subject.Name}",
        };

        var rules = BootstrapRoles.ClusterRoleBindings
            .Where(binding => binding.Subjects.Any(IsFor)).SelectMany(static binding => RulesOf(binding.RoleRef.Name))
            .Concat(bindings.Where(binding =>
                binding.Metadata.Namespace == request.Namespace && binding.Subjects.Any(IsFor))
                .SelectMany(static binding => RulesOf(binding.RoleRef.Name)))
            .Concat(BootstrapRoles.RoleBindings
                .Where(binding => binding.Metadata.Namespace == request.Namespace && binding.Subjects.Any(IsFor))
                .SelectMany(binding => BootstrapRoles.Roles.Single(role => role.Metadata.Name == binding.RoleRef.Name
                    && role.Metadata.Namespace == binding.Metadata.Namespace).Rules.ToArray()));
        return rules.Any(rule => Has(rule.Verbs, request.Verb) && Has(rule.ApiGroups, request.Group)
            && Has(rule.Resources, request.Resource)
            && (rule.ResourceNames.IsEmpty || rule.ResourceNames.Contains(request.Name)));
    }

    private static IEnumerable<PolicyRule> RulesOf(string name)
    {
        var role = BootstrapRoles.ClusterRoles.Single(role => role.Metadata.Name == name);
        IEnumerable<PolicyRule> rules = role.Rules;
        foreach (var label in role.AggregationRule?.ClusterRoleSelectors.SelectMany(static one => one.MatchLabels)
            ?? [])
        {
            rules = rules.Concat(BootstrapRoles.ClusterRoles
                .Where(other => other.Metadata.Labels.Get(label.Key, "") == label.Value)
                .SelectMany(static other => RulesOf(other.Metadata.Name)));
        }

        return rules;
    }

    private static bool Has(ValueList<string> values, string value) => values.Contains("*") || values.Contains(value);

    private sealed record Request(
        string Verb, string Method, string Path, string Group, string Resource, string Namespace, string Name);
}
