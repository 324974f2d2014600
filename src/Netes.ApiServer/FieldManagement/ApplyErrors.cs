using System.Text;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.FieldManagement;

/// <summary>How server-side apply refuses.</summary>
internal static class ApplyErrors
{
    /// <summary>Source: apimachinery pkg/util/managedfields/internal/conflict.go, NewConflictError.</summary>
    public static ApiException Conflict(IReadOnlyList<FieldConflict> conflicts) => new(new Status
    {
        StatusValue = "Failure",
        Message = Message(conflicts),
        Reason = StatusReason.Conflict,
        Code = 409,
        Details = new()
        {
            Causes =
            [
                .. conflicts.Select(static conflict => new StatusCause
                {
                    Type = CauseType.FieldManagerConflict,
                    Message = $"conflict with {Shown(conflict.Owner)}",
                    Field = conflict.Path,
                }),
            ],
        },
    });

    /// <summary>
    /// A configuration that is not as its schema. Go's error has no status, so it is a 500 without a reason.
    /// Source: apimachinery pkg/util/managedfields/internal/structuredmerge.go, Apply.
    /// </summary>
    public static ApiException Untyped(TreeMap config, string why)
    {
        var metadata = config.Get("metadata") as TreeMap;
        var (namespaceName, name) = (Text(metadata, "namespace"), Text(metadata, "name"));
        return new(new Status
        {
            StatusValue = "Failure",
            Message = $"failed to create typed patch object ({namespaceName}/{name}; {KindOf(config)}): {why}",
            Code = 500,
        });
    }

    /// <summary>E.g. <c>apps/v1, Kind=Deployment</c>.</summary>
    public static string KindOf(TreeMap config)
    {
        var version = Text(config, "apiVersion");
        return $"{(version.Contains('/', StringComparison.Ordinal) ? "" : "/")}{version}, Kind={Text(config, "kind")}";
    }

    public static string Text(TreeMap? map, string name) => map?.Get(name) is TreeText text ? text.Value : "";

    private static string Message(IReadOnlyList<FieldConflict> conflicts)
    {
        if (conflicts.Count == 1)
        {
            return $"Apply failed with 1 conflict: conflict with {Shown(conflicts[0].Owner)}: {conflicts[0].Path}";
        }

        var text = new StringBuilder($"Apply failed with {conflicts.Count} conflicts: ");
        var separator = "";
        foreach (var owner in conflicts.GroupBy(static conflict => Shown(conflict.Owner))
            .OrderBy(static owner => owner.First().Owner.Manager, StringComparer.Ordinal))
        {
            text.Append(separator).Append("conflicts with ").Append(owner.Key).Append(':');
            foreach (var conflict in owner)
            {
                text.Append("\n- ").Append(conflict.Path);
            }

            separator = "\n";
        }

        return text.ToString();
    }

    private static string Shown(ManagedFieldsEntry owner)
    {
        var shown = FieldError.Quote(owner.Manager);
        if (owner.Subresource.Length > 0)
        {
            shown += $" with subresource {FieldError.Quote(owner.Subresource)}";
        }

        return owner.Operation == ManagedEntries.Update ? $"{shown} using {owner.ApiVersion}" : shown;
    }
}
