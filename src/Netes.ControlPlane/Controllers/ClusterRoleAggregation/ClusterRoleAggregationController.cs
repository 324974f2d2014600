using Netes.Api;
using Netes.Api.Rbac;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Roles that are the sum of others. Source:
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
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
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
                await _context.Client.UpdateAsync(role with { Rules = rules }, cancel);
            }
        }

        return ReconcileResult.Done;
    }

    /// <summary>The rules of all selected roles, each once, in the order of the roles' names.</summary>
    internal static ValueList<PolicyRule> Sum(ClusterRole role, AggregationRule rule, IEnumerable<ClusterRole> all) =>
        all.Where(other => other.Metadata.Name != role.Metadata.Name
                && rule.ClusterRoleSelectors.Any(selector => Selectors.Matches(selector, other.Metadata.Labels)))
            .OrderBy(other => other.Metadata.Name, StringComparer.Ordinal)
            .SelectMany(other => other.Rules)
            .Distinct()
            .ToValueList();
}
