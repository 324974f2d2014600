using Netes.Api;
using Netes.Api.Rbac;

namespace Netes.ApiServer.Authorization.Rbac;

/// <summary>
/// Whether rules that are held cover rules that are to be granted: each grant is split into single rights, and each of
/// them must be held by one rule. Source: component-helpers auth/rbac/validation/policy_comparator.go.
/// </summary>
internal static class RuleCoverage
{
    /// <summary>The single rights of <paramref name="granted"/> that <paramref name="held"/> does not cover.</summary>
    public static List<PolicyRule> FindMissing(IReadOnlyList<PolicyRule> held, IEnumerable<PolicyRule> granted) =>
        [.. granted.SelectMany(Split).Where(right => !held.Any(rule => Covers(rule, right))).Distinct()];

    /// <summary>
    /// Single rights in the fewest rules, for a message. Source: pkg/registry/rbac/validation/rule.go, compact.
    /// </summary>
    public static IEnumerable<PolicyRule> Compact(IEnumerable<PolicyRule> rights) =>
        rights
            .GroupBy(static right => right with { Verbs = [] })
            .Select(static group => group.Key with
            {
                Verbs = group.SelectMany(static right => right.Verbs.ToArray()).Distinct().ToValueList(),
            });

    private static IEnumerable<PolicyRule> Split(PolicyRule rule)
    {
        foreach (var verb in rule.Verbs.ToArray())
        {
            foreach (var group in rule.ApiGroups.ToArray())
            {
                foreach (var resource in rule.Resources.ToArray())
                {
                    var right = new PolicyRule { ApiGroups = [group], Resources = [resource], Verbs = [verb] };
                    if (rule.ResourceNames.IsEmpty)
                    {
                        yield return right;
                    }

                    foreach (var name in rule.ResourceNames.ToArray())
                    {
                        yield return right with { ResourceNames = [name] };
                    }
                }
            }

            foreach (var path in rule.NonResourceURLs.ToArray())
            {
                yield return new PolicyRule { NonResourceURLs = [path], Verbs = [verb] };
            }
        }
    }

    private static bool Covers(PolicyRule held, PolicyRule right) =>
        HasOrAll(held.Verbs, right.Verbs[0])
        && (right.NonResourceURLs.IsEmpty
            ? HasOrAll(held.ApiGroups, right.ApiGroups[0])
                && CoversResource(held.Resources, right.Resources[0])
                && CoversName(held, right)
            : CoversPath(held.NonResourceURLs, right.NonResourceURLs[0]));

    private static bool CoversResource(ValueList<string> held, string resource)
    {
        var slash = resource.IndexOf('/');
        return PolicyRules.MatchesResource(held, resource, slash < 0 ? "" : resource[(slash + 1)..]);
    }

    private static bool CoversName(PolicyRule held, PolicyRule right) =>
        held.ResourceNames.IsEmpty
        || (!right.ResourceNames.IsEmpty && held.ResourceNames.AsSpan().Contains(right.ResourceNames[0]));

    /// <summary>A pattern covers a pattern when it is a prefix of it: <c>/a/*</c> covers <c>/a/b/*</c>.</summary>
    private static bool CoversPath(ValueList<string> held, string path)
    {
        foreach (var pattern in held)
        {
            if (pattern == "*" || pattern == path
                || (pattern.EndsWith('*') && path.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOrAll(ValueList<string> values, string value) =>
        values.AsSpan().Contains("*") || values.AsSpan().Contains(value);
}
