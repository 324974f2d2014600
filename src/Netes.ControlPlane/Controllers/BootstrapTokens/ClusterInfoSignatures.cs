using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// The signatures in <c>cluster-info</c>, one per bootstrap token: a JWS without its content (RFC 7515, appendix F).
/// Source: pkg/controller/bootstrap/{bootstrapsigner,util}.go; cluster-bootstrap token/jws.
/// </summary>
internal static class ClusterInfoSignatures
{
    private const string ContentKey = "kubeconfig";
    private const string SignaturePrefix = "jws-kubeconfig-";
    private const string NamePrefix = "bootstrap-token-";

    /// <summary>The map with the signatures of exactly those tokens that may sign now.</summary>
    public static ConfigMap Sign(ConfigMap map, IEnumerable<Secret> secrets, DateTimeOffset now)
    {
        if (!map.Data.TryGetValue(ContentKey, out var content))
        {
            return map;
        }

        var data = map.Data
            .Where(static pair => !pair.Key.StartsWith(SignaturePrefix, StringComparison.Ordinal)).ToValueMap();
        foreach (var secret in secrets.Where(secret => MaySign(secret, now)))
        {
            var id = Text(secret, "token-id");
            data = data.Set($"{SignaturePrefix}{id}", Signature(content, id, Text(secret, "token-secret")));
        }

        return map with { Data = data };
    }

    /// <summary>HS256 over header and content; the content is left out of the result.</summary>
    public static string Signature(string content, string tokenId, string tokenSecret)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"HS256","kid":"{{tokenId}}"}"""));
        var signed = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content))}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(tokenSecret), Encoding.ASCII.GetBytes(signed));
        return $"{header}..{Base64Url.EncodeToString(signature)}";
    }

    private static bool MaySign(Secret secret, DateTimeOffset now)
    {
        var id = Text(secret, "token-id");
        return secret.Type == SecretType.BootstrapKubernetesIoToken
            && IsId(id) && secret.Metadata.Name == $"{NamePrefix}{id}"
            && Text(secret, "token-secret").Length > 0
            && !HasExpired(Text(secret, "expiration"), now)
            && Text(secret, "usage-bootstrap-signing") == "true";
    }

    private static bool IsId(string id) =>
        id.Length == 6 && id.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));

    // An end that cannot be read is an end that has come.
    private static bool HasExpired(string end, DateTimeOffset now) =>
        end.Length > 0 && (!Timestamp.TryParse(end, out var time) || time.ToDateTimeOffset() <= now);

    private static string Text(Secret secret, string key) => secret.Data.Get(key).ToUtf8();
}
