using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netes.Client;

namespace Netes.Nodes.Devices;

/// <summary>
/// The claims that drivers of this node hold prepared; each change is on disk before anybody acts on it.
/// Threading: every member may be called from any thread. Source: pkg/kubelet/cm/dra/claiminfo.go.
/// </summary>
internal sealed partial class PreparedClaims
{
    private readonly string path;
    private readonly Lock gate = new();
    private ImmutableSortedDictionary<string, PreparedClaim> claims;

    /// <param name="path">The file that remembers them.</param>
    /// <param name="logger">Told when that file cannot be read.</param>
    public PreparedClaims(string path, ILogger logger)
    {
        this.path = path;
        ImmutableArray<PreparedClaim> known = [];
        try
        {
            known = ClaimCheckpoint.Read(path);
        }
        catch (InvalidDataException error)
        {
            // Pods that run are prepared anew when they need it; the file stays for who looks for lost devices.
            File.Move(path, path + ".corrupt", overwrite: true);
            LogCorrupt(logger, path, error.Message);
        }

        claims = known.ToImmutableSortedDictionary(
            claim => claim.Key.ToString(), claim => claim, StringComparer.Ordinal);
    }

    public ImmutableArray<PreparedClaim> All
    {
        get
        {
            lock (gate)
            {
                return [.. claims.Values];
            }
        }
    }

    public PreparedClaim? Get(ObjectKey key)
    {
        lock (gate)
        {
            return claims.GetValueOrDefault(key.ToString());
        }
    }

    /// <summary>The claims that a pod uses.</summary>
    public ImmutableArray<PreparedClaim> Of(string podUid) =>
        [.. All.Where(claim => claim.PodUids.Contains(podUid))];

    /// <summary>Changes claims; one that is changed to null is forgotten.</summary>
    /// <exception cref="DeviceException">The change is refused or cannot be written: nothing has changed.</exception>
    public void Change(IEnumerable<ObjectKey> keys, Func<ObjectKey, PreparedClaim?, PreparedClaim?> change)
    {
        lock (gate)
        {
            var next = claims;
            foreach (var key in keys)
            {
                var name = key.ToString();
                next = change(key, claims.GetValueOrDefault(name)) is { } claim
                    ? next.SetItem(name, claim) : next.Remove(name);
            }

            try
            {
                ClaimCheckpoint.Write(path, next.Values);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new DeviceException($"checkpoint ResourceClaim state: {error.Message}", error);
            }

            claims = next;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "prepared claims in {Path} forgotten: {Why}")]
    private static partial void LogCorrupt(ILogger logger, string path, string why);
}
