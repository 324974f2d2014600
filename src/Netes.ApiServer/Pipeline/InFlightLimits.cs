using Netes.Api;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer;

/// <summary>
/// How many requests are answered at the same time; administrators always get through, so that a flood can be looked
/// into.
/// Source: apiserver pkg/server/filters/maxinflight.go; pkg/server/config.go.
/// </summary>
/// <param name="maxReads">Default in Kubernetes: 400.</param>
/// <param name="maxWrites">Default in Kubernetes: 200.</param>
internal sealed class InFlightLimits(int maxReads = 400, int maxWrites = 200)
{
    private int _reads;
    private int _writes;

    /// <summary>Reads that are being answered.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Writes that are being answered.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>A place to give back, or null when all are taken.</summary>
    public IDisposable? Enter(RequestInfo info, UserIdentity user)
    {
        var isRead = info.Verb is "get" or "list" or "watch";
        ref var count = ref isRead ? ref _reads : ref _writes;
        if (Interlocked.Increment(ref count) <= (isRead ? maxReads : maxWrites))
        {
            return new Place(this, isRead ? PlaceKind.Read : PlaceKind.Write);
        }

        Interlocked.Decrement(ref count);
        return user.IsIn(KnownGroups.Masters) ? new Place(this, PlaceKind.Exempt) : null;
    }

    public static ApiException TooMany() => ApiErrors.TooManyRequests("Too many requests, please try again later.", 1);

    private void Leave(PlaceKind kind)
    {
        if (kind == PlaceKind.Read)
        {
            Interlocked.Decrement(ref _reads);
        }
        else if (kind == PlaceKind.Write)
        {
            Interlocked.Decrement(ref _writes);
        }
    }

    private enum PlaceKind
    {
        Exempt,
        Read,
        Write,
    }

    private sealed class Place(InFlightLimits limits, PlaceKind kind) : IDisposable
    {
        public void Dispose() => limits.Leave(kind);
    }
}
