using System.Text;
using System.Text.Json.Nodes;
using Netes.Api;

namespace Netes.Client;

/// <summary>
/// The strategic merge patch that leads from one status to another and names nothing else, so that two writers of
/// different parts do not undo each other. Source: apimachinery pkg/util/strategicpatch/patch.go
/// (CreateTwoWayMergePatch), pkg/util/pod/pod.go (PatchPodStatus), pkg/util/node (PatchNodeStatus).
/// </summary>
public static class StatusPatch
{
    /// <summary>Lists of statuses that are merged by a key of their elements; all others are replaced.</summary>
    private static readonly Dictionary<string, string> MergeKeys = new(StringComparer.Ordinal)
    {
        ["conditions"] = "type", ["podIPs"] = "ip", ["hostIPs"] = "ip",
    };

    /// <summary>Merged by a key that is not unique, so they are replaced by a directive.</summary>
    private const string Addresses = "addresses";

    /// <summary>The patch for an object with that uid, or null when both say the same.</summary>
    public static Patch? Between<T>(string uid, T old, T next)
        where T : class, IApiType<T>
    {
        var changes = Between(Tree(old), Tree(next));
        if (changes.Count == 0)
        {
            return null;
        }

        // The uid makes the patch a conflict for another object of the same name.
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = uid }, ["status"] = changes };
        return new Patch(MediaTypes.StrategicMergePatch, Encoding.UTF8.GetBytes(patch.ToJsonString()));
    }

    private static JsonObject Tree<T>(T value)
        where T : class, IApiType<T> => JsonNode.Parse(JsonCodec.Encode(value))!.AsObject();

    private static JsonObject Between(JsonObject old, JsonObject next)
    {
        var changes = new JsonObject();
        foreach (var (name, value) in next)
        {
            var before = old[name];
            if (!JsonNode.DeepEquals(before, value))
            {
                changes[name] = (before, value) switch
                {
                    (JsonObject was, JsonObject now) => Between(was, now),
                    (_, JsonArray now) when name == Addresses => Replaced(now),
                    (JsonArray was, JsonArray now) when MergeKeys.TryGetValue(name, out var key) =>
                        Between(was, now, key),
                    _ => value?.DeepClone(),
                };
            }
        }

        foreach (var (name, _) in old.Where(pair => !next.ContainsKey(pair.Key)))
        {
            changes[name] = null;
        }

        return changes;
    }

    private static JsonArray Between(JsonArray old, JsonArray next, string key)
    {
        var before = old.OfType<JsonObject>().ToLookup(item => (string?)item[key]);
        var changes = new JsonArray();
        foreach (var item in next.OfType<JsonObject>())
        {
            var change = before[(string?)item[key]].FirstOrDefault() is { } was
                ? Between(was, item) : item.DeepClone().AsObject();
            if (change.Count > 0)
            {
                change[key] ??= item[key]?.DeepClone();
                changes.Add((JsonNode)change);
            }
        }

        var kept = next.OfType<JsonObject>().Select(item => (string?)item[key]).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in before.Select(same => same.Key).Where(value => !kept.Contains(value)))
        {
            changes.Add((JsonNode)new JsonObject { ["$patch"] = "delete", [key] = gone });
        }

        return changes;
    }

    private static JsonArray Replaced(JsonArray items)
    {
        var list = items.DeepClone().AsArray();
        list.Add((JsonNode)new JsonObject { ["$patch"] = "replace" });
        return list;
    }
}
