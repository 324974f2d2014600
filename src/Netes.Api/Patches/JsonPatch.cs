using System.Globalization;

namespace Netes.Api;

/// <summary>JSON patch. Source: RFC 6902, as github.com/evanphx/json-patch v4 applies it for the API server.</summary>
public static class JsonPatch
{
    public const string MediaType = "application/json-patch+json";

    /// <summary>Kubernetes' limit.</summary>
    public const int MaxOperations = 10_000;

    /// <summary>What all copy operations together may add, in bytes: Kubernetes' limit of a request.</summary>
    public const long MaxCopiedBytes = 3 * 1024 * 1024;

    // Paths as deep as documents may be; together they bound how deep a patched document can get.
    private const int MaxPathDepth = JsonCodec.MaxDepth;

    public static PatchResult Apply(ReadOnlySpan<byte> document, ReadOnlySpan<byte> patch) =>
        PatchDocuments.Apply(document, patch, static (target, change) => Apply(target, Operations(change)));

    /// <summary>The same on a tree, which is changed.</summary>
    public static PatchResult Apply(JsonTree? document, ReadOnlySpan<byte> patch) =>
        PatchDocuments.Apply(document, patch, static (target, change) => Apply(target, Operations(change)));

    private static JsonTree? Apply(JsonTree? target, List<TreeMap> operations)
    {
        // The document is wrapped, so that replacing its root is a replacement like any other.
        var root = new TreeMap();
        root.Members[""] = target;
        long copied = 0;
        foreach (var operation in operations)
        {
            Apply(root, operation, ref copied);
        }

        return root.Members[""];
    }

    private static List<TreeMap> Operations(JsonTree? patch)
    {
        if (patch is not TreeList list)
        {
            throw Bad("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
        }

        if (list.Items.Count > MaxOperations)
        {
            throw new PatchException(
                PatchFailure.TooLarge,
                $"The allowed maximum operations in a JSON patch is {MaxOperations}, got {list.Items.Count}");
        }

        return list.Items.ConvertAll(item => item as TreeMap
            ?? throw Bad("json: cannot unmarshal array into Go value of type jsonpatch.Operation"));
    }

    private static void Apply(TreeMap root, TreeMap operation, ref long copied)
    {
        var kind = (operation.Get("op") as TreeText)?.Value ?? "unknown";
        var path = Pointer(operation, "path", "unable to decode path field");
        switch (kind)
        {
            case "add":
                Add(root, path, Value(operation), "add");
                break;
            case "remove":
                Remove(root, path, "remove");
                break;
            case "replace":
                Replace(root, path, Value(operation));
                break;
            case "move":
                var from = Pointer(operation, "from", "unable to decode from field");
                Add(root, path, Remove(root, from, "move"), "move");
                break;
            case "copy":
                var source = Find(root, Pointer(operation, "from", "unable to decode from field"), "copy");
                copied += JsonTree.Encode(source).Length;
                if (copied > MaxCopiedBytes)
                {
                    throw Unfit($"Unable to complete the copy, the accumulated size increase of copy is {copied}, "
                        + $"exceeding the limit {MaxCopiedBytes}");
                }

                Add(root, path, source?.Clone(), "copy");
                break;
            case "test":
                Test(root, path, operation.Get("value"));
                break;
            default:
                throw Unfit($"Unexpected kind: {kind}");
        }
    }

    private static void Add(TreeMap root, string[] path, JsonTree? value, string operation)
    {
        var key = path[^1];
        switch (Parent(root, path))
        {
            case TreeMap members:
                members.Members[key] = value;
                break;
            case TreeList list:
                list.Items.Insert(key == "-" ? list.Items.Count : Index(list, key, list.Items.Count), value);
                break;
            default:
                throw Missing($"{operation} operation does not apply: doc is missing path: \"{Show(path)}\"");
        }
    }

    private static JsonTree? Remove(TreeMap root, string[] path, string operation)
    {
        var key = path[^1];
        switch (Parent(root, path))
        {
            case TreeMap members:
                return members.Members.Remove(key, out var removed)
                    ? removed
                    : throw Missing(
                        $"error in {operation} for path: '{Show(path)}': unable to remove nonexistent key: {key}");
            case TreeList list:
                var index = Index(list, key, list.Items.Count - 1);
                var item = list.Items[index];
                list.Items.RemoveAt(index);
                return item;
            default:
                throw Missing($"{operation} operation does not apply: doc is missing path: \"{Show(path)}\"");
        }
    }

    private static void Replace(TreeMap root, string[] path, JsonTree? value)
    {
        var key = path[^1];
        switch (Parent(root, path))
        {
            case TreeMap members when members.Members.ContainsKey(key):
                members.Members[key] = value;
                break;
            case TreeMap:
                throw Missing($"replace operation does not apply: doc is missing key: {Show(path)}");
            case TreeList list:
                list.Items[Index(list, key, list.Items.Count - 1)] = value;
                break;
            default:
                throw Missing($"replace operation does not apply: doc is missing path: {Show(path)}");
        }
    }

    private static void Test(TreeMap root, string[] path, JsonTree? expected)
    {
        var actual = Parent(root, path) switch
        {
            TreeMap members => members.Get(path[^1]),
            TreeList list => list.Items[Index(list, path[^1], list.Items.Count - 1)],
            _ => throw Missing($"test operation does not apply: doc is missing path: {Show(path)}"),
        };
        if (!JsonTree.Same(actual, expected))
        {
            throw Unfit($"testing value {Show(path)} failed: test failed");
        }
    }

    private static JsonTree? Find(TreeMap root, string[] path, string operation) => Parent(root, path) switch
    {
        TreeMap members when members.Members.TryGetValue(path[^1], out var value) => value,
        TreeList list => list.Items[Index(list, path[^1], list.Items.Count - 1)],
        _ => throw Missing($"{operation} operation does not apply: doc is missing from path: {Show(path)}"),
    };

    /// <summary>The object or list that holds the last part of the path; null when there is none.</summary>
    private static JsonTree? Parent(TreeMap root, string[] path)
    {
        JsonTree? current = root;
        foreach (var part in path.AsSpan(0, path.Length - 1))
        {
            current = current switch
            {
                TreeMap members => members.Get(part),
                TreeList list => list.Items[Index(list, part, list.Items.Count - 1)],
                _ => null,
            };
        }

        return current;
    }

    private static int Index(TreeList list, string key, int last)
    {
        if (!int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            throw Unfit($"value was not a proper array index: '{key}'");
        }

        // Negative indices count from the end, as Kubernetes' library does unless told not to.
        var found = index < 0 ? index + last + 1 : index;
        return found >= 0 && found <= last
            ? found
            : throw Unfit($"Unable to access invalid index: {index}: invalid index referenced");
    }

    private static string[] Pointer(TreeMap operation, string member, string why)
    {
        if (operation.Get(member) is not TreeText { Value: var text })
        {
            throw Unfit(why);
        }

        if (text.Length > 0 && text[0] != '/')
        {
            throw Missing($"doc is missing path: {text}");
        }

        var parts = text.Split('/');
        return parts.Length <= MaxPathDepth
            ? Array.ConvertAll(parts, part => part.Replace("~1", "/").Replace("~0", "~"))
            : throw Unfit("exceeded max depth");
    }

    private static JsonTree? Value(TreeMap operation) => operation.Members.TryGetValue("value", out var value)
        ? value
        : throw Missing("unable to decode value field");

    private static string Show(string[] path) =>
        string.Join('/', path.Select(part => part.Replace("~", "~0").Replace("/", "~1")));

    private static PatchException Bad(string message) => new(PatchFailure.BadRequest, message);

    private static PatchException Unfit(string message) => new(PatchFailure.Unprocessable, message);

    private static PatchException Missing(string message) => Unfit($"{message}: missing value");
}
