using System.Text;
using Netes.Api;
using Netes.Api.Rbac;

namespace Netes.ApiServer.Authorization.Rbac;

/// <summary>What a rule allows. Source: pkg/apis/rbac/v1/evaluation_helpers.go.</summary>
internal static class PolicyRules
{
    public static bool Allows(PolicyRule rule, AuthorizationAttributes attributes) =>
        attributes.IsResourceRequest
            ? HasOrAll(rule.Verbs, attributes.Verb)
                && HasOrAll(rule.ApiGroups, attributes.Group)
                && MatchesResource(rule.Resources, attributes.CombinedResource, attributes.Subresource)
                && (rule.ResourceNames.IsEmpty || rule.ResourceNames.AsSpan().Contains(attributes.Name))
            : HasOrAll(rule.Verbs, attributes.Verb) && MatchesPath(rule.NonResourceURLs, attributes.Path);

    public static bool MatchesPath(ValueList<string> patterns, string path)
    {
        foreach (var pattern in patterns)
        {
            if (pattern == "*" || pattern == path
                || (pattern.EndsWith('*') && path.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    public static bool MatchesResource(ValueList<string> resources, string combined, string subresource)
    {
        foreach (var resource in resources)
        {
            if (resource == "*" || resource == combined
                || (subresource.Length > 0 && resource.Length == subresource.Length + 2
                    && resource.StartsWith("*/", StringComparison.Ordinal)
                    && resource.EndsWith(subresource, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As Kubernetes' messages show a rule. Source: evaluation_helpers.go, CompactString.</summary>
    public static string Describe(PolicyRule rule)
    {
        var parts = new List<string>();
        void Add(string name, ValueList<string> values)
        {
            if (!values.IsEmpty)
            {
                parts.Add(new StringBuilder(name).Append(":[")
                    .AppendJoin(' ', values.Select(FieldError.Quote)).Append(']').ToString());
            }
        }

        Add("APIGroups", rule.ApiGroups);
        Add("Resources", rule.Resources);
        Add("NonResourceURLs", rule.NonResourceURLs);
        Add("ResourceNames", rule.ResourceNames);
        Add("Verbs", rule.Verbs);
        return $"{{{string.Join(", ", parts)}}}";
    }

    private static bool HasOrAll(ValueList<string> values, string value)
    {
        foreach (var one in values)
        {
            if (one == "*" || one == value)
            {
                return true;
            }
        }

        return false;
    }
}
