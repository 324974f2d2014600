namespace Netes.Api.ApiServerInternal;

/// <summary>
/// Whether the API servers store a resource in the same version. Pure.
/// Source: apiserver pkg/storageversion/updater.go.
/// </summary>
public static class StorageVersionAgreement
{
    /// <summary>
    /// The object with what one server says of itself in the place of what it said before; with the common version and
    /// the condition that follow. An unchanged condition keeps its time.
    /// </summary>
    public static StorageVersion WithServer(StorageVersion item, ServerStorageVersion server, Timestamp now)
    {
        var servers = item.Status.StorageVersions;
        var isKnown = servers.Any(other => other.APIServerID == server.APIServerID);
        return WithServers(
            item,
            isKnown
                ? servers.Select(other => other.APIServerID == server.APIServerID ? server : other).ToValueList()
                : servers.Add(server),
            now);
    }

    /// <summary>The object with these servers, and the common version and the condition that follow.</summary>
    public static StorageVersion WithServers(
        StorageVersion item, ValueList<ServerStorageVersion> servers, Timestamp now)
    {
        var (before, common) = (item.Status.CommonEncodingVersion, CommonVersion(servers));
        var condition = new StorageVersionCondition
        {
            Type = StorageVersionConditionType.AllEncodingVersionsEqual,
            Status = common is null ? "False" : "True",
            ObservedGeneration = item.Metadata.Generation,
            LastTransitionTime = now,
            Reason = common is null ? "CommonEncodingVersionUnset" : "CommonEncodingVersionSet",
            Message = common is null ? "Common encoding version unset" : "Common encoding version set",
        };

        // Another common version is a transition, too, although the status stays True.
        var isTransition = before is not null && common is not null && before != common;
        return item with
        {
            Status = item.Status with
            {
                StorageVersions = servers,
                CommonEncodingVersion = common,
                Conditions = With(item.Status.Conditions, condition, isTransition),
            },
        };
    }

    /// <summary>The version in which all of them store; null: they differ, or there are none.</summary>
    public static string? CommonVersion(ValueList<ServerStorageVersion> servers) =>
        servers.IsEmpty || servers.Any(server => server.EncodingVersion != servers[0].EncodingVersion)
            ? null
            : servers[0].EncodingVersion;

    private static ValueList<StorageVersionCondition> With(
        ValueList<StorageVersionCondition> conditions, StorageVersionCondition next, bool isTransition)
    {
        if (conditions.FirstOrDefault(condition => condition.Type == next.Type) is not { } old)
        {
            return conditions.Add(next);
        }

        var kept = isTransition || old.Status != next.Status
            ? next
            : next with { LastTransitionTime = old.LastTransitionTime };
        return conditions.Select(condition => ReferenceEquals(condition, old) ? kept : condition).ToValueList();
    }
}
