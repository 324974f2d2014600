namespace Netes.ApiServer.Registry;

/// <summary>
/// What a strategic merge patch answers when a field gets a value of another type: Kubernetes does not decode its
/// result from JSON, so the words are others. Source: apimachinery pkg/runtime/converter.go, fromUnstructured.
/// </summary>
internal static class PatchedValues
{
    private const string Start = "json: cannot unmarshal ";
    private const string Type = " of type ";

    /// <param name="error">What decoding JSON says.</param>
    public static string Explain(string error)
    {
        var type = error.LastIndexOf(Type, StringComparison.Ordinal);
        if (!error.StartsWith(Start, StringComparison.Ordinal) || type < 0)
        {
            return error;
        }

        var expected = error[(type + Type.Length)..];
        var found = error[Start.Length..].Split(' ')[0] switch
        {
            "object" => "map",
            "array" => "slice",
            "number" => "int64",
            var same => same,
        };
        return expected.StartsWith("map[", StringComparison.Ordinal) ? $"cannot restore map from {found}"
            : expected.StartsWith("[]", StringComparison.Ordinal) ? $"cannot restore slice from {found}"
            : expected.Contains('.', StringComparison.Ordinal) ? $"cannot restore struct from: {found}"
            : $"unrecognized type: {expected}";
    }
}
