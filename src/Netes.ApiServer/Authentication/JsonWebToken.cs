using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Netes.ApiServer.Certificates;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// A compact JWS signed with ES256 (RFC 7515, RFC 7518 section 3.4). Nothing else is read: no other algorithm, no
/// <c>crit</c>, no duplicate member.
/// </summary>
internal static class JsonWebToken
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Signs <paramref name="payload"/>, a JSON object.</summary>
    public static string Sign(ServiceAccountKeys keys, ReadOnlySpan<byte> payload)
    {
        var header = Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{keys.SigningKeyId}}"}""");
        var text = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{text}.{Base64Url.EncodeToString(keys.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>The payload, when one of the keys signed it; else null. The caller disposes it.</summary>
    public static JsonDocument? Verify(ServiceAccountKeys keys, string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        var header = Decode(parts[0]);
        var payload = Decode(parts[1]);
        var signature = Decode(parts[2]);
        if (header is null || payload is null || signature is not { Length: 64 })
        {
            return null;
        }

        var signed = Encoding.ASCII.GetBytes(token, 0, parts[0].Length + 1 + parts[1].Length);
        return ReadKeyId(header) is { } id && IsSigned(keys, id, signed, signature) ? ParseObject(payload) : null;
    }

    /// <summary>Whose token it says it is; the signature is not looked at.</summary>
    public static bool IsIssuedBy(string issuer, string token)
    {
        var parts = token.Split('.');
        using var payload = parts.Length == 3 && Decode(parts[1]) is { } json ? ParseObject(json) : null;
        return payload is not null
            && payload.RootElement.TryGetProperty("iss", out var claimed)
            && claimed.ValueKind == JsonValueKind.String
            && claimed.ValueEquals(issuer);
    }

    /// <summary>Base64url without padding, as UTF-8 text; null when it is neither.</summary>
    public static string? DecodeText(ReadOnlySpan<char> text) =>
        Decode(text) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static bool IsSigned(
        ServiceAccountKeys keys, string id, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        foreach (var key in keys.Verifying)
        {
            if ((id.Length == 0 || key.Id == id) && key.Verify(signed, signature))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The key's name, empty when the header has none; null when the header is not one of ours.</summary>
    private static string? ReadKeyId(byte[] header)
    {
        using var document = ParseObject(header);
        if (document is null
            || !document.RootElement.TryGetProperty("alg", out var algorithm)
            || algorithm.ValueKind != JsonValueKind.String
            || !algorithm.ValueEquals("ES256"u8)
            || document.RootElement.TryGetProperty("crit", out _))
        {
            return null;
        }

        return !document.RootElement.TryGetProperty("kid", out var id) ? ""
            : id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }

    private static JsonDocument? ParseObject(byte[] json)
    {
        try
        {
            var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            // A token from outside that is no JSON is a token that we do not know.
            return null;
        }
    }

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Contains('=') || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        // One text per value: stray bits or white space would make a second name of the same token.
        return text.SequenceEqual(Base64Url.EncodeToString(bytes)) ? bytes : null;
    }
}
