using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// What is wrong with a patch before it is applied: members that stand twice, members that no JSON patch has.
/// Source: apiserver pkg/endpoints/handlers/patch.go (applyJSPatch, strategicPatchObject), sigs.k8s.io/json
/// (UnmarshalStrict).
/// </summary>
public static class PatchSyntax
{
    // Go's decoder keeps this many strict errors.
    private const int MaxIssues = 100;

    /// <summary>
    /// False with Go's words when the patch is no JSON or of another shape than its media type has. Otherwise the
    /// issues are such as <c>duplicate field "spec.replicas"</c>, in the patch's order.
    /// </summary>
    public static bool TryCheck(
        string mediaType, ReadOnlySpan<byte> patch, out ValueList<string> issues, out string error)
    {
        issues = default;
        var isOperations = mediaType == JsonPatch.MediaType;
        var prefix = mediaType == StrategicMergePatch.MediaType ? "" : "error decoding patch: ";
        try
        {
            var reader = new Utf8JsonReader(patch, JsonCodec.ReaderOptions);
            reader.Read();
            if (Misfit(reader.TokenType, isOperations) is { } misfit)
            {
                error = prefix + misfit;
                return false;
            }

            var walk = new PatchWalk(isOperations);
            walk.Value(ref reader);
            reader.Read();
            issues = walk.Issues.Take(MaxIssues).ToValueList();
            error = "";
            return true;
        }
        catch (JsonException wrong)
        {
            error = prefix + JsonErrors.Syntax(patch, wrong);
            return false;
        }
    }

    private static string? Misfit(JsonTokenType found, bool isOperations)
    {
        var expected = isOperations ? JsonTokenType.StartArray : JsonTokenType.StartObject;
        if (found == expected || found == JsonTokenType.Null)
        {
            return null;
        }

        var word = found switch
        {
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "array",
            JsonTokenType.String => "string",
            JsonTokenType.Number => "number",
            _ => "bool",
        };
        return $"json: cannot unmarshal {word} into Go value of type "
            + (isOperations ? "[]handlers.jsonPatchOp" : "map[string]interface {}");
    }

    private sealed class PatchWalk(bool isOperations)
    {
        private readonly List<(string? Name, int Index)> _path = [];

        public List<string> Issues { get; } = [];

        public void Value(ref Utf8JsonReader reader)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Members(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    Inside(ref reader, (null, i));
                }
            }
        }

        private void Members(ref Utf8JsonReader reader)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = JsonText.Read(ref reader);
                if (!seen.Add(name))
                {
                    Report("duplicate", name);
                }
                else if (isOperations && _path.Count == 1 && name is not ("op" or "path" or "from" or "value"))
                {
                    Report("unknown", name);
                }

                reader.Read();
                Inside(ref reader, (name, 0));
            }
        }

        private void Inside(ref Utf8JsonReader reader, (string? Name, int Index) step)
        {
            _path.Add(step);
            Value(ref reader);
            _path.RemoveAt(_path.Count - 1);
        }

        private void Report(string what, string name)
        {
            if (Issues.Count == MaxIssues)
            {
                return;
            }

            var text = new StringBuilder(isOperations ? "json patch " : "").Append(what).Append(" field \"");
            foreach (var (member, index) in _path)
            {
                _ = member is null ? text.Append('[').Append(index).Append(']') : text.Append(Dot(text)).Append(member);
            }

            Issues.Add(text.Append(Dot(text)).Append(name).Append('"').ToString());
        }

        private static string Dot(StringBuilder text) => text[^1] == '"' ? "" : ".";
    }
}
