using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>GET of a collection. Source: apiserver pkg/endpoints/handlers/get.go, ListResource.</summary>
internal sealed class ListVerb(ListReader reader, ObjectWriters writers)
{
    public async Task<ApiResult> HandleAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var writer = writers.For(context, resource, FormatsOffered.Lists);
        var selection = Selection.Of(context, resource);
        var options = ListOptionsReader.Read(context.Query);
        ListOptionsReader.Check(options, isWatch: false);
        var page = await reader.ReadAsync(resource, selection, options, cancel);
        var metadata = new ListMeta
        {
            ResourceVersion = ResourceVersions.Format(page.Revision),
            Continue = page.Continue,
            RemainingItemCount = page.Remaining,
        };
        return ListWriter.Answer(resource, writer, metadata, page.Entries);
    }
}
