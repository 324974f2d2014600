using System.Text.RegularExpressions;
using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Which API versions and resources are served: stable ones, and what <c>--runtime-config</c> says.
/// Source: apiserver pkg/server/resourceconfig/helpers.go, pkg/server/options/api_enablement.go.
/// </summary>
public sealed partial class RuntimeConfig
{
    private static readonly (string Key, Func<string, bool> Matches)[] Stages =
    [
        ("api/all", static _ => true),
        ("api/ga", static version => General().IsMatch(version)),
        ("api/beta", static version => Beta().IsMatch(version)),
        ("api/alpha", static version => Alpha().IsMatch(version)),
    ];

    // Of versions and of resources; of the rest the default is true.
    private readonly Dictionary<string, bool> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _resources = new(StringComparer.Ordinal);

    private RuntimeConfig()
    {
    }

    /// <summary>Stable versions, no others.</summary>
    public static RuntimeConfig Default { get; } = Parse("").Config;

    /// <summary>What is served, in the order of <see cref="Resources.Known"/>.</summary>
    public IReadOnlyList<ResourceDefinition> Served { get; private set; } = [];

    /// <summary>Whether requests for the resource are answered.</summary>
    public bool Serves(ResourceDefinition resource) =>
        _resources.TryGetValue($"{resource.ApiVersion}/{resource.Plural}", out var isServed)
            ? isServed
            : !_versions.TryGetValue(resource.ApiVersion, out isServed) || isServed;

    /// <summary>
    /// Reads <c>group/version[/resource]=bool,...</c>, and <c>api/all</c>, <c>api/ga</c>, <c>api/beta</c> and
    /// <c>api/alpha</c>. With an error, in Kubernetes' words, the configuration is not to be used.
    /// </summary>
    public static (RuntimeConfig Config, string? Error) Parse(string text)
    {
        Dictionary<string, string> wanted = new(StringComparer.Ordinal);
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            wanted[parts[0].Trim()] = parts.Length == 2 ? parts[1].Trim() : "";
        }

        var config = new RuntimeConfig();
        foreach (var resource in Resources.OnRequest)
        {
            config._versions[resource.ApiVersion] = false;
        }

        var error = FindUnknown(wanted) ?? config.ApplyStages(wanted) ?? config.ApplyNames(wanted);
        config.Served = [.. Resources.Known.Where(config.Serves)];
        return (config, error);
    }

    private static string? FindUnknown(Dictionary<string, string> wanted)
    {
        if (wanted.Count == 1 && wanted.GetValueOrDefault("api/all") == "false")
        {
            return "invalid key with only api/all=false";
        }

        List<string> unknown = [];
        foreach (var key in wanted.Keys.Where(IsName))
        {
            var parts = key.Split('/');
            if (parts.Length is not (2 or 3))
            {
                return $"runtime-config invalid key {key}";
            }

            if (!Resources.Known.Any(resource => resource.Group == parts[0]))
            {
                unknown.Add(parts[0]);
            }
        }

        return unknown.Count == 0 ? null : $"unknown api groups {string.Join(',', unknown)}";
    }

    private string? ApplyStages(Dictionary<string, string> wanted)
    {
        foreach (var (key, matches) in Stages)
        {
            if (!wanted.TryGetValue(key, out var value))
            {
                continue;
            }

            if (value is not ("true" or "false"))
            {
                return $"invalid value {key}={value}";
            }

            foreach (var resource in Resources.Known.Where(resource => matches(resource.Version)))
            {
                _versions[resource.ApiVersion] = value == "true";
            }
        }

        return null;
    }

    // Versions first: what is said of a resource counts more.
    private string? ApplyNames(Dictionary<string, string> wanted)
    {
        foreach (var (key, value) in wanted.Where(static pair => IsName(pair.Key)))
        {
            var parts = key.Split('/');
            var version = parts[0].Length == 0 ? parts[1] : $"{parts[0]}/{parts[1]}";
            if (!Resources.Known.Any(resource => resource.ApiVersion == version))
            {
                return $"group version {version} that has not been registered";
            }

            if ((value.Length == 0 ? true : GoValues.ParseBool(value)) is not { } isServed)
            {
                return $"invalid value of {key}: {value}, err: {GoValues.NotBool(value)}";
            }

            if (parts.Length == 2)
            {
                _versions[version] = isServed;
                continue;
            }

            if (parts[2] != parts[2].ToLowerInvariant())
            {
                return $"invalid key {key}: group/version/resource and resource is always lowercase plural, not "
                    + FieldError.Quote(parts[2]);
            }

            _resources[$"{version}/{parts[2]}"] = isServed;
        }

        return null;
    }

    private static bool IsName(string key) => !Array.Exists(Stages, stage => stage.Key == key);

    [GeneratedRegex(@"^v\d+$")]
    private static partial Regex General();

    [GeneratedRegex(@"^v\d+beta\d+$")]
    private static partial Regex Beta();

    [GeneratedRegex(@"^v\d+alpha\d+$")]
    private static partial Regex Alpha();
}
