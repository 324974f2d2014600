using System.Buffers;
using System.Text.Json;
using Netes.ApiServer.Certificates;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// What others need to verify our tokens. Source: pkg/serviceaccount/openidmetadata.go; OpenID Connect Discovery 1.0.
/// </summary>
public static class IssuerDiscovery
{
    public const string ConfigurationPath = "/.well-known/openid-configuration";

    public const string KeysPath = "/openid/v1/jwks";

    /// <summary>The media type of <see cref="WriteKeys"/>.</summary>
    public const string KeysContentType = "application/jwk-set+json";

    /// <param name="issuer">The <c>iss</c> of tokens.</param>
    /// <param name="serverUrl">Where clients reach this server, e.g. <c>https://10.96.0.1:6443</c>.</param>
    public static byte[] WriteConfiguration(string issuer, string serverUrl) => Write(json =>
    {
        json.WriteString("issuer"u8, issuer);
        json.WriteString("jwks_uri"u8, serverUrl.TrimEnd('/') + KeysPath);
        WriteArray(json, "response_types_supported", "id_token");
        WriteArray(json, "subject_types_supported", "public");
        WriteArray(json, "id_token_signing_alg_values_supported", "ES256");
    });

    public static byte[] WriteKeys(ServiceAccountKeys keys) => Write(json =>
    {
        json.WriteStartArray("keys"u8);
        foreach (var key in keys.Verifying)
        {
            json.WriteStartObject();
            json.WriteString("use"u8, "sig"u8);
            json.WriteString("kty"u8, "EC"u8);
            json.WriteString("kid"u8, key.Id);
            json.WriteString("crv"u8, "P-256"u8);
            json.WriteString("alg"u8, "ES256"u8);
            json.WriteString("x"u8, key.X);
            json.WriteString("y"u8, key.Y);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteArray(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
