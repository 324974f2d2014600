using Netes.Api;
using Netes.Api.Rbac;

namespace Netes.ApiServer.Authorization.Bootstrap;

/// <summary>
/// Roles as text: a name, then indented rules <c>verbs | groups | resources [| names]</c> or <c>verbs @ paths</c>; a
/// line that is indented further goes on with the rule before. <c>read</c> is get, list, watch; <c>write</c> the five
/// that change;
/// <c>core</c> the group without a name.
/// </summary>
internal static class RoleText
{
    private static readonly string[] ReadVerbs = ["get", "list", "watch"];
    private static readonly string[] WriteVerbs = ["create", "delete", "deletecollection", "patch", "update"];

    public static IReadOnlyList<(string Name, ValueList<PolicyRule> Rules)> Parse(string text)
    {
        var roles = new List<(string Name, List<string> Lines)>();
        foreach (var line in text.Split('\n'))
        {
            var depth = line.Length - line.TrimStart(' ').Length;
            if (depth == 0)
            {
                roles.Add((line, []));
            }
            else if (depth == 2)
            {
                roles[^1].Lines.Add(line.Trim());
            }
            else
            {
                roles[^1].Lines[^1] += " " + line.Trim();
            }
        }

        return [.. roles.Select(static role => (role.Name, role.Lines.Select(ParseRule).ToValueList()))];
    }

    private static PolicyRule ParseRule(string line)
    {
        var paths = line.Split(" @ ");
        if (paths.Length == 2)
        {
            return new PolicyRule { Verbs = Verbs(paths[0]), NonResourceURLs = paths[1].Split(' ').ToValueList() };
        }

        var parts = line.Split(" | ");
        return new PolicyRule
        {
            Verbs = Verbs(parts[0]),
            ApiGroups = parts[1].Split(',').Select(static group => group == "core" ? "" : group).ToValueList(),
            Resources = parts[2].Split(' ').ToValueList(),
            ResourceNames = parts.Length == 4 ? parts[3].Split(' ').ToValueList() : default,
        };
    }

    private static ValueList<string> Verbs(string text) => text.Split(',')
        .SelectMany(static verb => verb switch { "read" => ReadVerbs, "write" => WriteVerbs, _ => [verb] })
        .ToValueList();
}
