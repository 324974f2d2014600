using System.Text;
using Netes.Api;
using Netes.Api.Rbac;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Roles that are the sum of others: it owns their rules, and nothing else of them. Source:
/// pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go.
/// </summary>
internal sealed class ClusterRoleAggregationController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<ClusterRole> _roles;
    private readonly KeyedController<ObjectKey> _keyed;

    public ClusterRoleAggregationController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, queue: new("ClusterRoleAggregator"));
        var roles = context.Informers.Get<ClusterRole>();
        _roles = roles.Cache;
        var sums = roles.Cache.AddIndex(role => role.AggregationRule is null ? [] : ["sum"]);
        roles.AddHandler(_ =>
        {
            foreach (var sum in sums.Get("sum"))
            {
                _keyed.Queue.Add(ObjectKey.Of(sum));
            }
        });
    }

    public string Name => "clusterrole-aggregation-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_roles.TryGet(key, out var role) && role.AggregationRule is { } rule)
        {
            var rules = Sum(role, rule, _roles.List());
            if (rules != role.Rules)
            {
                var patch = Patch.Apply(Wanted(key.Name, rules), Name, force: true);
                await _context.Client.PatchAsync<ClusterRole>("", key.Name, patch, "", cancel);
            }
        }

        return ReconcileResult.Done;
    }

    /// <summary>The rules of all selected roles, each once: selector by selector, by the roles' names.</summary>
    internal static ValueList<PolicyRule> Sum(ClusterRole role, AggregationRule rule, IEnumerable<ClusterRole> all)
    {
        var others = all.Where(other => other.Metadata.Name != role.Metadata.Name)
            .OrderBy(static other => other.Metadata.Name, StringComparer.Ordinal).ToList();
        return rule.ClusterRoleSelectors
            .SelectMany(selector => others.Where(other => Selectors.Matches(selector, other.Metadata.Labels)))
            .SelectMany(static other => other.Rules)
            .Distinct()
            .ToValueList();
    }

    /// <summary>
    /// What is applied. Without rules it owns none: those that somebody else wrote into the role stay then.
    /// </summary>
    private static string Wanted(string name, ValueList<PolicyRule> rules)
    {
        var role = new ClusterRole { Metadata = new() { Name = name }, Rules = rules };
        var (version, kind) = (ClusterRole.Resource.ApiVersion, ClusterRole.Resource.Kind);
        return rules.IsEmpty
            ? $$"""{"apiVersion":"{{version}}","kind":"{{kind}}","metadata":{"name":"{{name}}"} }"""
            : Encoding.UTF8.GetString(JsonCodec.Encode(role));
    }
}
