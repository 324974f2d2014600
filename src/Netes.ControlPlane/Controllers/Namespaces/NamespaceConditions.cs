using System.Globalization;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>What is left of one resource in a namespace that ends.</summary>
internal sealed record RemainingContent(
    ResourceDefinition Resource, int Count, IReadOnlyDictionary<string, int> Finalizers);

/// <summary>
/// What the status of an ending namespace says. Pure. Source:
/// pkg/controller/namespace/deletion/status_condition_utils.go.
/// </summary>
internal static class NamespaceConditions
{
    /// <param name="current">The conditions so far.</param>
    /// <param name="remaining">What is left.</param>
    /// <param name="failures">What could not be deleted, in words.</param>
    /// <param name="now">The time.</param>
    public static ValueList<NamespaceCondition> Update(
        ValueList<NamespaceCondition> current, IReadOnlyList<RemainingContent> remaining,
        IReadOnlyList<string> failures, DateTimeOffset now)
    {
        current = Set(current, NamespaceConditionType.NamespaceDeletionDiscoveryFailure, false, "ResourcesDiscovered",
            "All resources successfully discovered", now);
        current = Set(current, NamespaceConditionType.NamespaceDeletionGroupVersionParsingFailure, false,
            "ParsedGroupVersions", "All legacy kube types successfully parsed", now);
        current = failures.Count == 0
            ? Set(current, NamespaceConditionType.NamespaceDeletionContentFailure, false, "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization", now)
            : Set(current, NamespaceConditionType.NamespaceDeletionContentFailure, true, "ContentDeletionFailed",
                string.Create(CultureInfo.InvariantCulture,
                    $"Failed to delete all resource types, {failures.Count} remaining: ")
                + string.Join(", ", failures.Order(StringComparer.Ordinal)), now);
        current = remaining.Count == 0
            ? Set(current, NamespaceConditionType.NamespaceContentRemaining, false, "ContentRemoved",
                "All content successfully removed", now)
            : Set(current, NamespaceConditionType.NamespaceContentRemaining, true, "SomeResourcesRemain",
                $"Some resources are remaining: {Counts(remaining)}", now);
        var finalizers = Finalizers(remaining);
        return finalizers.Length == 0
            ? Set(current, NamespaceConditionType.NamespaceFinalizersRemaining, false, "ContentHasNoFinalizers",
                "All content-preserving finalizers finished", now)
            : Set(current, NamespaceConditionType.NamespaceFinalizersRemaining, true, "SomeFinalizersRemain",
                $"Some content in the namespace has finalizers remaining: {finalizers}", now);
    }

    private static string Counts(IEnumerable<RemainingContent> remaining) => string.Join(", ", remaining
        .Select(content => string.Create(CultureInfo.InvariantCulture,
            $"{content.Resource.Plural}.{content.Resource.Group} has {content.Count} resource instances"))
        .Order(StringComparer.Ordinal));

    private static string Finalizers(IEnumerable<RemainingContent> remaining) => string.Join(", ", remaining
        .SelectMany(content => content.Finalizers)
        .GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
        .Select(group => string.Create(
            CultureInfo.InvariantCulture, $"{group.Key} in {group.Sum()} resource instances"))
        .Order(StringComparer.Ordinal));

    private static ValueList<NamespaceCondition> Set(
        ValueList<NamespaceCondition> conditions, string type, bool trouble, string reason, string message,
        DateTimeOffset now)
    {
        var next = new NamespaceCondition
        {
            Type = type,
            Status = trouble ? ConditionStatus.True : ConditionStatus.False,
            LastTransitionTime = Timestamp.From(now),
            Reason = reason,
            Message = message,
        };
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Type == type)
            {
                return conditions.SetItem(i, conditions[i].Status == next.Status
                    ? next with { LastTransitionTime = conditions[i].LastTransitionTime }
                    : next);
            }
        }

        return conditions.Add(next);
    }
}
