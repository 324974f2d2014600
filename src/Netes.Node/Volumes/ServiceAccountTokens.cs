using System.Collections.Concurrent;
using Netes.Api.Core;

namespace Netes.Nodes.Volumes;

/// <summary>
/// The tokens that pods' volumes hold, asked anew after four fifths of their life.
/// Source: pkg/kubelet/token/token_manager.go.
/// </summary>
public sealed class ServiceAccountTokens(IClusterObjects objects, TimeProvider time)
{
    private const double RenewAfter = 0.8;
    private static readonly TimeSpan RenewAtLatest = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<TokenKey, CachedToken> cache = new();

    public async Task<string> GetAsync(Pod pod, string audience, long expirationSeconds, CancellationToken cancel)
    {
        var key = new TokenKey(pod.Metadata.Uid, audience, expirationSeconds);
        var now = time.GetUtcNow();
        if (cache.TryGetValue(key, out var cached) && now < cached.RenewAt)
        {
            return cached.Token;
        }

        var token = await objects.CreateTokenAsync(pod, audience, expirationSeconds, cancel);
        var life = (token.ExpiresAt - now) * RenewAfter;
        cache[key] = new(token.Token, now + (life < RenewAtLatest ? life : RenewAtLatest));
        return token.Token;
    }

    public void Forget(string podUid)
    {
        foreach (var key in cache.Keys.Where(key => key.PodUid == podUid))
        {
            cache.TryRemove(key, out _);
        }
    }

    private readonly record struct TokenKey(string PodUid, string Audience, long ExpirationSeconds);

    private sealed record CachedToken(string Token, DateTimeOffset RenewAt);
}
