using System.Text.Json;
using Netes.Api;

namespace Netes.ApiServer.Media;

/// <summary>What a JSON body says it is.</summary>
internal readonly record struct BodyHeader(string ApiVersion, string Kind)
{
    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal)
        ? ApiVersion[..ApiVersion.IndexOf('/', StringComparison.Ordinal)]
        : "";

    public string Version => ApiVersion[(ApiVersion.LastIndexOf('/') + 1)..];

    /// <summary>What a protobuf envelope says; empty when it is none.</summary>
    public static BodyHeader ReadProto(ReadOnlySpan<byte> body) =>
        ProtoCodec.TryPeek(body, out var apiVersion, out var kind) ? new(apiVersion, kind) : new("", "");

    /// <summary>
    /// Reads the outermost apiVersion and kind; stops early once both are known. Bad JSON gives what was read.
    /// </summary>
    public static BodyHeader Read(ReadOnlySpan<byte> json)
    {
        var (apiVersion, kind) = ("", "");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
            while ((apiVersion.Length == 0 || kind.Length == 0) && reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                var isVersion = reader.ValueTextEquals("apiVersion"u8);
                var isKind = reader.ValueTextEquals("kind"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && (isVersion || isKind))
                {
                    (apiVersion, kind) = isVersion ? (reader.GetString()!, kind) : (apiVersion, reader.GetString()!);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // The decoder that follows says what is wrong with the body, in Kubernetes' words.
            return new(apiVersion, kind);
        }

        return new(apiVersion, kind);
    }
}
