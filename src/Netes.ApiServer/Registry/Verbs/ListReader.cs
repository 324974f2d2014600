using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.Store;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Pages of lists, each at one revision. The first page, and those whose state is still at hand, come from memory;
/// other revisions from the store's history. Source: KEP-2340; apiserver pkg/storage/cacher/cacher.go.
/// </summary>
internal sealed class ListReader(IStore store, Freshness freshness)
{
    private const string TooOld = "The provided continue parameter is too old to display a consistent list result. "
        + "You can start a new list without the continue parameter, or use the continue token in this response to "
        + "retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - "
        + "objects that were created, modified, or deleted between the time the first chunk was returned and now may "
        + "show up in the list.";

    public async ValueTask<ListPage> ReadAsync(
        ServedResource resource, Selection selection, ListOptions options, CancellationToken cancel)
    {
        if (options.Continue.Length > 0)
        {
            if (options.ResourceVersion is not ("" or "0"))
            {
                throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
            }

            return await ContinueAsync(resource, selection, ContinueToken.Decode(options.Continue), options, cancel);
        }

        var revision = ResourceVersions.Parse(options.ResourceVersion);
        var isExact = revision > 0 && (options.ResourceVersionMatch == ResourceVersionMatch.Exact
            || (options.ResourceVersionMatch.Length == 0 && options.Limit > 0));
        await freshness.WaitAsync(options.ResourceVersion, cancel);
        var start = selection.Prefix;
        if (isExact)
        {
            return await AtAsync(resource, selection, new(revision, ""), start, options.Limit, cancel);
        }

        var (state, applied) = Snapshot(resource);
        return Cut(resource, selection, state.Tree, start, options.Limit, applied);
    }

    private async ValueTask<ListPage> ContinueAsync(
        ServedResource resource, Selection selection, ContinueToken token, ListOptions options,
        CancellationToken cancel)
    {
        var start = resource.Cache.Prefix + token.StartKey;
        if (token.Revision < 0)
        {
            await freshness.WaitAsync("", cancel);
            var (state, applied) = Snapshot(resource);
            return Cut(resource, selection, state.Tree, start, options.Limit, applied);
        }

        return await AtAsync(resource, selection, token, start, options.Limit, cancel);
    }

    private async ValueTask<ListPage> AtAsync(
        ServedResource resource, Selection selection, ContinueToken token, string start, long limit,
        CancellationToken cancel)
    {
        // Nothing changed since: the newest state is that of the revision.
        var (state, applied) = Snapshot(resource);
        if (state.Revision <= token.Revision && token.Revision <= applied)
        {
            return Cut(resource, selection, state.Tree, start, limit, token.Revision);
        }

        try
        {
            var page = await store.ListAsync(
                selection.Prefix, token.Revision, Before(start, selection.Prefix), 0, cancel);
            var tree = EntryTree.Of(
                [.. page.Entries.Select(static entry => new CacheEntry(entry.Key, entry.Value, entry.ModRevision))]);
            return Cut(resource, selection, tree, start, limit, token.Revision);
        }
        catch (RevisionCompactedException)
        {
            throw Expired(token);
        }
        catch (RevisionInFutureException exception)
        {
            throw ApiErrors.Timeout(
                $"Too large resource version: {exception.RequestedRevision}, current: {exception.CurrentRevision}", 1);
        }
    }

    // Everything up to `applied` is in the state, and nothing above the greater of the two: see CacheFeed.
    private (CacheState State, long Revision) Snapshot(ServedResource resource)
    {
        var applied = freshness.Applied;
        var state = resource.Cache.State;
        return (state, Math.Max(applied, state.Revision));
    }

    private static ListPage Cut(
        ServedResource resource, Selection selection, EntryTree tree, string start, long limit, long revision)
    {
        var entries = new List<CacheEntry>();
        foreach (var entry in tree.Range(selection.Prefix, start))
        {
            if (!selection.Matches(entry))
            {
                continue;
            }

            if (limit > 0 && entries.Count == limit)
            {
                var token = new ContinueToken(revision, entry.Key[resource.Cache.Prefix.Length..]);
                var rest = selection.IsPrefixOnly
                    ? tree.IndexOf(selection.Prefix + '\uffff') - tree.IndexOf(entry.Key)
                    : (long?)null;
                return new(revision, entries, token.Encode(), rest);
            }

            entries.Add(entry);
        }

        return new(revision, entries, "", null);
    }

    // The store lists after a key; the page begins at one. No key ends in what is cut off here.
    private static string? Before(string start, string prefix) =>
        start.Length <= prefix.Length ? null : start[..^1] + (char)(start[^1] - 1) + '\u007f';

    private static ApiException Expired(ContinueToken token)
    {
        if (token.StartKey.Length == 0)
        {
            return ApiErrors.Expired("The resourceVersion for the provided list is too old.");
        }

        var status = ApiErrors.Expired(TooOld).Status;
        return new(status with
        {
            Metadata = ListMeta.Empty with { Continue = new ContinueToken(-1, token.StartKey).Encode() },
        });
    }
}

/// <summary>
/// A page of a list. <c>Continue</c> is empty on the last one; <c>Remaining</c> is null where it is not known.
/// </summary>
internal sealed record ListPage(long Revision, IReadOnlyList<CacheEntry> Entries, string Continue, long? Remaining);
