namespace Netes.Api;

/// <summary>The features that can be switched. Source: apiserver pkg/features/kube_features.go.</summary>
public static class Feature
{
    /// <summary>Each API server holds a lease that says that it is there.</summary>
    public const string APIServerIdentity = "APIServerIdentity";

    /// <summary>Each API server writes down in which versions it stores what.</summary>
    public const string StorageVersionAPI = "StorageVersionAPI";
}

/// <summary>
/// Which features are on. Source: component-base featuregate/feature_gate.go. What Netes always does, or never, has no
/// gate here, except for those that Kubernetes 1.36 itself has locked.
/// </summary>
public sealed class FeatureGates
{
    private const string AllAlpha = "AllAlpha";
    private const string AllBeta = "AllBeta";
    private const string Component = "kube";

    private static readonly Dictionary<string, Gate> Gates = new(StringComparer.Ordinal)
    {
        [AllAlpha] = new(Stage.Alpha, IsOn: false),
        [AllBeta] = new(Stage.Beta, IsOn: false),
        [Feature.APIServerIdentity] = new(Stage.Beta, IsOn: true),
        [Feature.StorageVersionAPI] = new(Stage.Alpha, IsOn: false),
        ["AuthorizeWithSelectors"] = Gate.Locked,
        ["BtreeWatchCache"] = Gate.Locked,
        ["ConsistentListFromCache"] = Gate.Locked,
        ["ResilientWatchCacheInitialization"] = Gate.Locked,
        ["RetryGenerateName"] = Gate.Locked,
        ["StreamingCollectionEncodingToJSON"] = Gate.Locked,
        ["StreamingCollectionEncodingToProtobuf"] = Gate.Locked,
    };

    private readonly Dictionary<string, bool> _set;

    private FeatureGates(Dictionary<string, bool> set) => _set = set;

    private enum Stage
    {
        Alpha,
        Beta,
        General,
    }

    /// <summary>As Kubernetes 1.36 has them when nobody says anything.</summary>
    public static FeatureGates Default { get; } = new([]);

    /// <summary>What the API servers store is written down, which needs that they have identities.</summary>
    public bool RecordStorageVersions => IsOn(Feature.StorageVersionAPI) && IsOn(Feature.APIServerIdentity);

    /// <param name="feature">One of <see cref="Feature"/>.</param>
    public bool IsOn(string feature) => _set.TryGetValue(feature, out var on) ? on : Gates[feature].IsOn;

    /// <summary>
    /// Reads <c>Key=bool,...</c>, as <c>--feature-gates</c> has it; a key may begin with <c>kube:</c>. With errors, the
    /// gates are the default ones.
    /// </summary>
    public static ParsedFeatureGates Parse(string text)
    {
        Dictionary<string, bool> wanted = new(StringComparer.Ordinal);
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(pair, wanted) is { } error)
            {
                return ParsedFeatureGates.Failed(error);
            }
        }

        return Apply(wanted);
    }

    private static string? Read(string pair, Dictionary<string, bool> wanted)
    {
        var parts = pair.Split('=', 2);
        var key = parts[0].Trim();
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && key[..colon] != Component)
        {
            return $"component not registered: {key[..colon]}";
        }

        key = key[(colon + 1)..];
        if (parts.Length == 1)
        {
            return $"missing bool value for {key}";
        }

        if (GoValues.ParseBool(parts[1].Trim()) is not { } value)
        {
            return $"invalid value of {key}={parts[1].Trim()}, err: {GoValues.NotBool(parts[1].Trim())}";
        }

        wanted[key] = value;
        return null;
    }

    private static ParsedFeatureGates Apply(Dictionary<string, bool> wanted)
    {
        List<string> errors = [], warnings = [];
        Dictionary<string, bool> set = new(StringComparer.Ordinal);
        foreach (var (key, value) in wanted)
        {
            if (!Gates.TryGetValue(key, out var gate))
            {
                return ParsedFeatureGates.Failed([.. errors, $"unrecognized feature gate: {key}"]);
            }

            if (gate.IsLocked && gate.IsOn != value)
            {
                errors.Add($"cannot set feature gate {key} to {GoValues.Show(value)}, feature is locked to "
                    + GoValues.Show(gate.IsOn));
                continue;
            }

            set[key] = value;
            if (gate.Stage == Stage.General)
            {
                warnings.Add(
                    $"Setting GA feature gate {key}={GoValues.Show(value)}. It will be removed in a future release.");
            }
        }

        // What is said of a single gate counts more than what is said of all of its stage.
        foreach (var (all, stage) in ((string, Stage)[])[(AllAlpha, Stage.Alpha), (AllBeta, Stage.Beta)])
        {
            if (set.TryGetValue(all, out var value))
            {
                foreach (var (key, _) in Gates.Where(gate =>
                    gate.Value.Stage == stage && gate.Key is not (AllAlpha or AllBeta)))
                {
                    set.TryAdd(key, value);
                }
            }
        }

        return errors.Count > 0 ? ParsedFeatureGates.Failed([.. errors]) : new(new(set), [], warnings.ToValueList());
    }

    private sealed record Gate(Stage Stage, bool IsOn, bool IsLocked = false)
    {
        public static Gate Locked { get; } = new(Stage.General, IsOn: true, IsLocked: true);
    }
}

/// <summary>What came of <c>--feature-gates</c>.</summary>
/// <param name="Gates">To be used when there are no errors.</param>
/// <param name="Errors">In Kubernetes' words; empty: all is well.</param>
/// <param name="Warnings">To be logged.</param>
public sealed record ParsedFeatureGates(FeatureGates Gates, ValueList<string> Errors, ValueList<string> Warnings)
{
    internal static ParsedFeatureGates Failed(params ValueList<string> errors) => new(FeatureGates.Default, errors, []);
}
