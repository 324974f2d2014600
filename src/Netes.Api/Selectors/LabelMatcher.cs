namespace Netes.Api;

/// <summary>A compiled label selector: all requirements must match. Immutable; may be shared.</summary>
public sealed record LabelMatcher
{
    private LabelMatcher(ValueList<LabelRequirement> requirements, bool matchesNothing) =>
        (Requirements, MatchesNothing) = (requirements, matchesNothing);

    /// <summary>Matches every object: the empty selector.</summary>
    public static LabelMatcher Everything { get; } = new(default, false);

    /// <summary>Matches no object: the absent selector.</summary>
    public static LabelMatcher Nothing { get; } = new(default, true);

    /// <summary>In the order of their keys.</summary>
    public ValueList<LabelRequirement> Requirements { get; }

    public bool MatchesNothing { get; }

    public bool MatchesEverything => !MatchesNothing && Requirements.IsEmpty;

    public static LabelMatcher Of(IEnumerable<LabelRequirement> requirements) =>
        new(requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal).ToValueList(), false);

    public bool Matches(ValueMap<string> labels)
    {
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return !MatchesNothing;
    }

    /// <summary>The one value that <paramref name="key"/> must have, if the selector says so.</summary>
    public string? ExactMatch(string key) => Requirements
        .Where(requirement => requirement.Key == key && requirement.Values.Count == 1 && requirement.Operator
            is LabelOperator.Equals or LabelOperator.DoubleEquals or LabelOperator.In)
        .Select(requirement => requirement.Values[0])
        .FirstOrDefault();

    public override string ToString() => string.Join(",", Requirements);
}
