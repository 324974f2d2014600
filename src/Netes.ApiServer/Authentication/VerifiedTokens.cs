using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Netes.ApiServer.Certificates;

namespace Netes.ApiServer.Authentication;

/// <summary>What signed tokens say; a token whose signature was found good is remembered. Safe for several threads.
/// </summary>
internal sealed class VerifiedTokens<TClaims>(ServiceAccountKeys keys, Func<JsonElement, TClaims?> read)
    where TClaims : class
{
    /// <summary>About 1 KB each.</summary>
    private const int MaxKnown = 8192;

    private readonly ConcurrentDictionary<string, TClaims> _known = new(StringComparer.Ordinal);

    /// <summary>The claims; null when none of the keys signed the token, or it does not say what it must.</summary>
    public TClaims? Find(string token)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_known.TryGetValue(hash, out var known))
        {
            return known;
        }

        using var payload = JsonWebToken.Verify(keys, token);
        if (payload is null || read(payload.RootElement) is not { } claims)
        {
            return null;
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        return _known[hash] = claims;
    }
}
