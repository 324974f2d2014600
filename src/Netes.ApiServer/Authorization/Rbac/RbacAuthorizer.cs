using Netes.Api.Rbac;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Authorization.Rbac;

/// <summary>
/// Role-based access control. The index is built anew after a change, by the first request that needs it.
/// Source: plugin/pkg/auth/authorizer/rbac/rbac.go.
/// </summary>
public sealed class RbacAuthorizer : IAuthorizer, IDisposable
{
    private readonly IObjectReader _objects;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Lock _building = new();
    private long _version = 1;
    private Snapshot? _snapshot;

    public RbacAuthorizer(IObjectReader objects)
    {
        _objects = objects;
        _subscriptions.Add(objects.Subscribe<ClusterRole>((_, _) => Interlocked.Increment(ref _version)));
        _subscriptions.Add(objects.Subscribe<Role>((_, _) => Interlocked.Increment(ref _version)));
        _subscriptions.Add(objects.Subscribe<ClusterRoleBinding>((_, _) => Interlocked.Increment(ref _version)));
        _subscriptions.Add(objects.Subscribe<RoleBinding>((_, _) => Interlocked.Increment(ref _version)));
    }

    public ValueTask<AuthorizationDecision> AuthorizeAsync(
        AuthorizationAttributes attributes, CancellationToken cancel)
    {
        var errors = new List<string>();
        foreach (var grant in Index().Find(attributes.User, attributes.Namespace))
        {
            foreach (var rule in grant.Rules)
            {
                if (PolicyRules.Allows(rule, attributes))
                {
                    return new(new AuthorizationDecision(
                        AuthorizationVerdict.Allow, $"RBAC: allowed by {grant.Source}"));
                }
            }

            if (grant.Error.Length > 0 && !errors.Contains(grant.Error))
            {
                errors.Add(grant.Error);
            }
        }

        return new(errors.Count == 0
            ? AuthorizationDecision.NoOpinion
            : new AuthorizationDecision(AuthorizationVerdict.NoOpinion, $"RBAC: {Join(errors)}"));
    }

    /// <summary>
    /// Every rule that the user holds in the namespace, and cluster-wide; with what could not be read.
    /// </summary>
    public (IReadOnlyList<PolicyRule> Rules, string Error) RulesFor(UserIdentity user, string namespaceName)
    {
        var rules = new List<PolicyRule>();
        var errors = new List<string>();
        foreach (var grant in Index().Find(user, namespaceName))
        {
            rules.AddRange(grant.Rules);
            if (grant.Error.Length > 0 && !errors.Contains(grant.Error))
            {
                errors.Add(grant.Error);
            }
        }

        return (rules, Join(errors));
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private RbacIndex Index()
    {
        var version = Interlocked.Read(ref _version);
        var snapshot = Volatile.Read(ref _snapshot);
        if (snapshot is not null && snapshot.Version == version)
        {
            return snapshot.Index;
        }

        lock (_building)
        {
            version = Interlocked.Read(ref _version);
            if (_snapshot is null || _snapshot.Version != version)
            {
                // The version is read before the objects are: a change in between builds once more.
                Volatile.Write(ref _snapshot, new Snapshot(version, RbacIndex.Build(_objects)));
            }

            return _snapshot.Index;
        }
    }

    internal static string Join(List<string> errors) => errors.Count switch
    {
        0 => "",
        1 => errors[0],
        _ => $"[{string.Join(", ", errors)}]",
    };

    private sealed record Snapshot(long Version, RbacIndex Index);
}
