using System.Text;

namespace Netes.Api;

/// <summary>A document of a YAML stream as JSON, and the line it starts at.</summary>
public sealed record YamlDocument(byte[] Json, long Line);

/// <summary>
/// YAML → JSON with the types that Kubernetes gives to scalars. Anchors, aliases and merge keys work; what they expand
/// to is bounded. Source: sigs.k8s.io/yaml.
/// </summary>
public static class YamlToJson
{
    /// <summary>The first document; <c>null</c> when there is none. False with the reason and its line when it is no
    /// YAML.</summary>
    public static bool TryConvert(ReadOnlySpan<byte> yaml, out byte[] json, out string error) =>
        TryConvert(yaml, new YamlOptions(FirstOnly: true, RefuseDuplicates: false), out json, out error);

    /// <summary>As <see cref="TryConvert(ReadOnlySpan{byte}, out byte[], out string)"/>, but a key may not stand
    /// twice.</summary>
    public static bool TryConvertStrict(ReadOnlySpan<byte> yaml, out byte[] json, out string error) =>
        TryConvert(yaml, new YamlOptions(FirstOnly: true, RefuseDuplicates: true), out json, out error);

    /// <summary>All documents that are not empty.</summary>
    public static bool TryConvertAll(string yaml, out IReadOnlyList<YamlDocument> documents, out string error)
    {
        try
        {
            documents =
            [
                .. YamlReader.Read(yaml, new YamlOptions(FirstOnly: false, RefuseDuplicates: false))
                    .Where(document => document.Value is not null)
                    .Select(document => new YamlDocument(JsonTree.Encode(document.Value), document.Line)),
            ];
            error = "";
            return true;
        }
        catch (FormatException wrong)
        {
            (documents, error) = ([], wrong.Message);
            return false;
        }
    }

    private static bool TryConvert(ReadOnlySpan<byte> yaml, YamlOptions options, out byte[] json, out string error)
    {
        try
        {
            var documents = YamlReader.Read(Encoding.UTF8.GetString(yaml), options);
            (json, error) = (JsonTree.Encode(documents.Count == 0 ? null : documents[0].Value), "");
            return true;
        }
        catch (FormatException wrong)
        {
            (json, error) = ([], wrong.Message);
            return false;
        }
    }
}
