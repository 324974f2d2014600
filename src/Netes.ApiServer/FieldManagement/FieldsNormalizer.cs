using System.Text;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// Managed fields as clients send them, brought into the form in which this server keeps them: in order, one element
/// once. Source: structured-merge-diff fieldpath/serialize.go; managedfields/internal/managedfields.go.
/// </summary>
internal static class FieldsNormalizer
{
    private const int MaxDepth = 200;

    /// <summary>False when one of the entries is not what Kubernetes can read.</summary>
    public static bool TryNormalize(
        ValueList<ManagedFieldsEntry> entries, out ValueList<ManagedFieldsEntry> normal)
    {
        var list = new List<ManagedFieldsEntry>(entries.Count);
        var output = new FieldsWriter();
        normal = default;
        foreach (var entry in entries)
        {
            if (entry.Operation is not (ManagedEntries.Update or ManagedEntries.Apply) || entry.ApiVersion.Length == 0
                || entry.FieldsType != ManagedEntries.FieldsV1)
            {
                return false;
            }

            output.Reset();
            if (entry.FieldsV1 is { } fields && fields != RawJson.Null)
            {
                if (!JsonTree.TryParse(fields.Utf8.Span, out var tree, out _) || tree is not TreeMap map
                    || !TryWrite(map, output, 0))
                {
                    return false;
                }
            }

            var set = output.Finish();
            var version = entry.Operation == ManagedEntries.Update ? entry.ApiVersion : "";
            list.RemoveAll(other => other.Manager == entry.Manager && other.Operation == entry.Operation
                && other.Subresource == entry.Subresource
                && (version.Length == 0 || other.ApiVersion == version));
            if (!FieldSets.IsEmpty(set))
            {
                list.Add(entry with { FieldsV1 = new(set.ToArray()) });
            }
        }

        list.Sort(ManagedEntries.Order);
        normal = [.. list];
        return true;
    }

    private static bool TryWrite(TreeMap map, FieldsWriter output, int depth)
    {
        if (depth == MaxDepth)
        {
            return false;
        }

        var children = new List<(byte[] Element, TreeMap Below)>();
        foreach (var (name, value) in map.Members)
        {
            if (name == ".")
            {
                continue;
            }

            if (value is not TreeMap below || Element(name) is not { } element)
            {
                return false;
            }

            children.Add((element, below));
        }

        if (map.Members.Count == 0 || map.Members.ContainsKey("."))
        {
            output.Member();
        }

        children.Sort(static (left, right) => FieldElements.Compare(left.Element, right.Element));
        foreach (var (element, below) in children)
        {
            output.Enter(element);
            if (!TryWrite(below, output, depth + 1))
            {
                return false;
            }

            output.Leave();
        }

        return true;
    }

    private static byte[]? Element(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (!FieldElements.IsElement(bytes))
        {
            return null;
        }

        if (name[0] is 'k' or 'v')
        {
            if (!JsonTree.TryParse(bytes.AsSpan(2), out var value, out _) || (name[0] == 'k' && value is not TreeMap))
            {
                return null;
            }

            bytes = [bytes[0], (byte)':', .. JsonTree.Encode(SortedTrees.Sort(value))];
        }

        var text = JsonTree.Encode(new TreeText(Encoding.UTF8.GetString(bytes)));
        return text[1..^1];
    }
}
