using Netes.Api;
using Netes.Api.Autoscaling.V1;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// <c>/scale</c>: the number of replicas and nothing else. Source: pkg/registry/apps/deployment/storage/storage.go,
/// ScaleREST.
/// </summary>
internal sealed class ScaleSubresource(SubresourceContext context, Scalable scalable) : ISubresource
{
    public Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel) =>
        request.Info.Verb switch
        {
            "get" => GetAsync(request, resource, cancel),
            "update" => UpdateAsync(request, resource, cancel),
            "patch" => PatchAsync(request, resource, cancel),
            _ => throw RequestRouter.MethodNotAllowed(),
        };

    private async Task<ApiResult> GetAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        await context.Freshness.WaitAsync(request.Query["resourceVersion"], cancel);
        var key = resource.Stored.KeyOf(request.Info.Namespace, request.Info.Name);
        var entry = resource.Cache.State.Tree.Find(key) ?? throw NotFound(request, resource);
        return Values.Answer(request, scalable.ToScale(resource.Record(entry)));
    }

    private async Task<ApiResult> UpdateAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var dryRun = WriteOptions.Check(request, "UpdateOptions");
        var scale = await ValueReader.ReadAsync<Scale>(request, cancel);
        return await StoreAsync(request, resource, dryRun, _ => scale, cancel);
    }

    private async Task<ApiResult> PatchAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var dryRun = WriteOptions.Check(request, "PatchOptions");
        var patch = await ObjectPatch.ReadAsync(request, resource, cancel);
        return await StoreAsync(request, resource, dryRun, current => patch.Apply(
            JsonTree.Open(JsonCodec.Encode(current)), Scale.WireSchema,
            patched => ValueReader.Decode<Scale>(request, new(patched, false))), cancel);
    }

    private async Task<ApiResult> StoreAsync(
        RequestContext request, ServedResource resource, bool dryRun, Func<Scale, Scale> change,
        CancellationToken cancel)
    {
        var entry = await context.Updater.UpdateAsync(request, resource, UpdateMode.Main, dryRun, version =>
        {
            var current = resource.Record(version);
            var scale = change(scalable.ToScale(current));
            Check(request, scale);
            var next = scalable.Write(current, scale.Spec.Replicas);
            return new(resource.Strategy.WithMetadata(next, next.Metadata with
            {
                Uid = scale.Metadata.Uid.Length > 0 ? scale.Metadata.Uid : next.Metadata.Uid,
                ResourceVersion = scale.Metadata.ResourceVersion,
            }));
        }, cancel) ?? throw NotFound(request, resource);
        return Values.Answer(request, scalable.ToScale(resource.Record(entry)));
    }

    // Source: pkg/apis/autoscaling/validation/validation.go, ValidateScale.
    private static void Check(RequestContext request, Scale scale)
    {
        if (scale.Metadata.Name.Length > 0 && scale.Metadata.Name != request.Info.Name)
        {
            throw ApiErrors.BadRequest(
                $"the name of the object ({scale.Metadata.Name}) does not match the name on the URL "
                + $"({request.Info.Name})");
        }

        if (scale.Spec.Replicas < 0)
        {
            throw ApiErrors.Invalid("autoscaling", "Scale", request.Info.Name,
            [
                FieldError.Invalid(
                    FieldPath.Of("spec").Child("replicas"), scale.Spec.Replicas, "must be greater than or equal to 0"),
            ]);
        }
    }

    private static ApiException NotFound(RequestContext request, ServedResource resource) => ApiErrors.NotFound(
        resource.Definition.Group, resource.Definition.Plural, request.Info.Name);
}
