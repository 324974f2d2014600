using Netes.Api;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>
/// PATCH of an object, its status or another part: the newest version is patched, again for each version that came in
/// between. Applying makes what is not there. Source: apiserver pkg/endpoints/handlers/patch.go.
/// </summary>
internal sealed class PatchVerb(
    Updater updater, CreateVerb create, ObjectWriters writers, IAuthorizer authorizer, TimeProvider time)
{
    // Between two attempts somebody else has made the object, and a third one has deleted it.
    private const int MaxAttempts = 10;

    public async Task<ApiResult> HandleAsync(
        RequestContext context, ServedResource resource, UpdateMode mode, CancellationToken cancel)
    {
        if (ObjectApply.IsAsked(context))
        {
            return await ApplyAsync(context, resource, mode, cancel);
        }

        var patch = await ObjectPatch.ReadAsync(context, resource, cancel);
        var dryRun = WriteOptions.CheckPatch(context, isApply: false);
        var writer = writers.For(context, resource, FormatsOffered.Objects);
        var entry = await updater.UpdateAsync(
            context, resource, mode, dryRun, current => new(patch.Apply(current)), cancel);
        return entry is null ? throw NotFound(context, resource) : writer.Answer(entry);
    }

    private async Task<ApiResult> ApplyAsync(
        RequestContext context, ServedResource resource, UpdateMode mode, CancellationToken cancel)
    {
        var dryRun = WriteOptions.CheckPatch(context, isApply: true);
        var apply = await ObjectApply.ReadAsync(context, resource, time, cancel);
        var writer = writers.For(context, resource, FormatsOffered.Objects);
        for (var attempt = 1; ; attempt++)
        {
            var entry = await updater.UpdateAsync(context, resource, mode, dryRun, apply.Apply, cancel);
            if (entry is not null)
            {
                return writer.Answer(entry);
            }

            if (mode != UpdateMode.Main)
            {
                throw NotFound(context, resource);
            }

            try
            {
                var made = apply.Create();
                await MayCreateAsync(context, cancel);
                return writer.Answer(await create.CreateAsync(context, resource, made, dryRun, cancel), 201);
            }
            catch (ApiException exception) when (exception.IsAlreadyExists && attempt < MaxAttempts)
            {
                continue;
            }
        }
    }

    // Who may patch may not create. Source: apiserver pkg/endpoints/handlers/create.go, withAuthorization.
    private async ValueTask MayCreateAsync(RequestContext context, CancellationToken cancel)
    {
        var attributes = AuthorizationAttributes.Of(context.Info, context.User) with { Verb = "create" };
        var decision = await authorizer.AuthorizeAsync(attributes, cancel);
        if (!decision.IsAllowed)
        {
            throw ForbiddenErrors.Create(attributes, decision.Reason);
        }
    }

    private static ApiException NotFound(RequestContext context, ServedResource resource) => ApiErrors.NotFound(
        resource.Definition.Group, resource.Definition.Plural, context.Info.Name);
}
