using Netes.Api.Core;

namespace Netes.Api.Scheduling;

/// <summary>Source: SetDefaults_PriorityClass and ValidatePriorityClass under pkg/apis/scheduling.</summary>
internal static class PriorityClassRules
{
    private const int HighestOfUsers = 1_000_000_000;
    private const string SystemPrefix = "system-";

    // Kubernetes' own classes, with the values they must have.
    private static readonly Dictionary<string, int> System = new(StringComparer.Ordinal)
    {
        ["system-cluster-critical"] = 2_000_000_000,
        ["system-node-critical"] = 2_000_001_000,
    };

    public static PriorityClass Default(PriorityClass item) =>
        item with { PreemptionPolicy = item.PreemptionPolicy ?? PreemptionPolicy.PreemptLowerPriority };

    public static List<FieldError> Validate(PriorityClass item)
    {
        List<FieldError> errors = [];
        var name = item.Metadata.Name;
        if (name.StartsWith(SystemPrefix, StringComparison.Ordinal))
        {
            var problem = !System.TryGetValue(name, out var value) ? $"{name} is not a known system priority class"
                : value != item.Value ? $"value of {name} PriorityClass must be {value}"
                : item.GlobalDefault ? $"globalDefault of {name} PriorityClass must be false"
                : "";
            if (problem.Length > 0)
            {
                errors.Forbidden(FieldPath.Of("metadata").Child("name"),
                    $"priority class names with '{SystemPrefix}' prefix are reserved for system use only. "
                    + $"error: {problem}");
            }
        }
        else if (item.Value > HighestOfUsers)
        {
            errors.Forbidden(FieldPath.Of("value"),
                $"maximum allowed value of a user defined priority is {HighestOfUsers}");
        }

        if (item.PreemptionPolicy is { } policy)
        {
            errors.RequiredOneOf(FieldPath.Of("preemptionPolicy"), policy,
                PreemptionPolicy.PreemptLowerPriority, PreemptionPolicy.Never);
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(PriorityClass next, PriorityClass old)
    {
        List<FieldError> errors = [];
        if (next.Value != old.Value)
        {
            errors.Forbidden(FieldPath.Of("value"), "may not be changed in an update.");
        }

        errors.Immutable(FieldPath.Of("preemptionPolicy"), next.PreemptionPolicy ?? "", old.PreemptionPolicy ?? "");
        return errors;
    }
}
