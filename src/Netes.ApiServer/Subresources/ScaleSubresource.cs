using Netes.Api;
using Netes.Api.Autoscaling.V1;
using Netes.ApiServer.FieldManagement;
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
        if (ObjectApply.IsAsked(request))
        {
            return await ApplyAsync(request, resource, cancel);
        }

        var dryRun = WriteOptions.CheckPatch(request, isApply: false);
        var patch = await ObjectPatch.ReadAsync(request, resource, cancel);
        return await StoreAsync(request, resource, dryRun, current => patch.Apply(
            JsonTree.Open(JsonCodec.Encode(current)), Scale.WireSchema,
            patched => ValueReader.Decode<Scale>(request, new(patched, false))), cancel);
    }

    // A Scale stands for one field of the object: that is what is applied, and what conflicts are about.
    // Source: apimachinery pkg/util/managedfields/scalehandler.go.
    private async Task<ApiResult> ApplyAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var dryRun = WriteOptions.CheckPatch(request, isApply: true);
        var tree = await ObjectApply.ReadTreeAsync(request, cancel);
        if (ApplyErrors.Text(tree, "apiVersion") != "autoscaling/v1" || ApplyErrors.Text(tree, "kind") != "Scale")
        {
            throw ApiErrors.BadRequest($"invalid object type: {ApplyErrors.KindOf(tree)}");
        }

        if (TypedCheck.Find(Scale.WireSchema, FieldShape.OfKind(Scale.WireSchema), tree) is { Length: > 0 } why)
        {
            throw ApplyErrors.Untyped(tree, why);
        }

        Check(request, ValueReader.Decode<Scale>(request, new(JsonTree.Encode(tree), false)));
        var config = new TreeMap();
        config.Members["apiVersion"] = new TreeText(resource.Definition.ApiVersion);
        config.Members["kind"] = new TreeText(resource.Definition.Kind);
        config.Members["metadata"] = tree.Get("metadata");
        if ((tree.Get("spec") as TreeMap)?.Get("replicas") is { } replicas)
        {
            var spec = new TreeMap();
            spec.Members["replicas"] = replicas;
            config.Members["spec"] = spec;
        }

        var apply = ObjectApply.Of(request, resource, config, context.Time);
        var entry = await context.Updater.UpdateAsync(
            request, resource, UpdateMode.Main, dryRun, apply.Apply, cancel) ?? throw NotFound(request, resource);
        return Values.Answer(request, scalable.ToScale(resource.Record(entry)));
    }

    private async Task<ApiResult> StoreAsync(
        RequestContext request, ServedResource resource, bool dryRun, Func<Scale, Scale> make,
        CancellationToken cancel)
    {
        var entry = await context.Updater.UpdateAsync(request, resource, UpdateMode.Main, dryRun, version =>
        {
            var current = resource.Record(version);
            var scale = make(scalable.ToScale(current));
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
