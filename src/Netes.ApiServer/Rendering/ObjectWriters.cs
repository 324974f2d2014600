using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Rendering;

/// <summary>Finds out how a request wants its objects written.</summary>
internal sealed class ObjectWriters(TimeProvider time)
{
    /// <summary>406 when nothing the client accepts can be given; 400 for a bad <c>includeObject</c>.</summary>
    public ObjectWriter For(RequestContext context, ServedResource resource, FormatsOffered offered)
    {
        var format = ResponseFormat.Negotiate(context.Call.Headers["Accept"], offered);
        var include = context.Query["includeObject"];
        if (include is not (
            "" or IncludeObjectPolicy.None or IncludeObjectPolicy.Metadata or IncludeObjectPolicy.Object))
        {
            throw ApiErrors.BadRequest($"unrecognized includeObject value: {FieldError.Quote(include)}");
        }

        return new(resource, format, new(resource, include, format.FormVersion, time.GetUtcNow));
    }
}
