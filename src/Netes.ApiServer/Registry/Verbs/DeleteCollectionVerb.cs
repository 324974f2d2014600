using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>
/// DELETE of a collection. Source: apiserver pkg/registry/generic/registry/store.go, DeleteCollection.
/// </summary>
internal sealed class DeleteCollectionVerb(ListReader reader, Deleter deleter, ObjectWriters writers)
{
    public async Task<ApiResult> HandleAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var writer = writers.For(context, resource, FormatsOffered.Lists);
        var options = await DeleteOptionsReader.ReadAsync(context, cancel);
        var selection = Selection.Of(context, resource);
        var listOptions = ListOptionsReader.Read(context.Query);
        ListOptionsReader.Check(listOptions, isWatch: false);
        var page = await reader.ReadAsync(resource, selection, listOptions, cancel);
        var deleted = new List<CacheEntry>(page.Entries.Count);
        foreach (var entry in page.Entries)
        {
            try
            {
                deleted.Add((await deleter.DeleteAsync(context, resource, entry.Key, options, cancel)).Entry);
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // Someone else deleted it: that is what was asked for.
                continue;
            }
        }

        var metadata = new ListMeta
        {
            ResourceVersion = ResourceVersions.Format(page.Revision),
            Continue = page.Continue,
            RemainingItemCount = page.Remaining,
        };
        return ListWriter.Answer(resource, writer, metadata, deleted);
    }
}
