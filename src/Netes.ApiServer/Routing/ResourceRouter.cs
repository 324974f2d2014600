using Netes.Api;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Watching;

namespace Netes.ApiServer.Routing;

/// <summary>The verbs that every stored resource has.</summary>
internal sealed record ResourceVerbs(
    GetVerb Get,
    ListVerb List,
    WatchVerb Watch,
    CreateVerb Create,
    UpdateVerb Update,
    PatchVerb Patch,
    DeleteVerb Delete,
    DeleteCollectionVerb DeleteCollection);

/// <summary>Resources by group, version and plural name; subresources by name; reviews, which are not stored.</summary>
internal sealed class ResourceRouter(
    ResourceTable resources,
    ResourceVerbs verbs,
    IReadOnlyDictionary<string, ISubresource> subresources,
    IReadOnlyDictionary<string, ITransientResource> transients)
{
    // Source: apiserver pkg/server/handler.go: below a group that is served, a Status answers; elsewhere Go's mux does.
    private readonly HashSet<string> _groups = resources.All.Select(static resource => resource.Definition.Group)
        .Concat(transients.Keys.Select(static key => key[..key.IndexOf('/', StringComparison.Ordinal)]))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the resource in the URL is one.</summary>
    public bool IsServed(RequestInfo info) =>
        resources.Find(info.ApiGroup, info.ApiVersion, info.Resource) is not null
        || transients.ContainsKey($"{info.ApiGroup}/{info.ApiVersion}/{info.Resource}");

    public Task<ApiResult> HandleAsync(RequestContext context, CancellationToken cancel)
    {
        var info = context.Info;
        if (transients.TryGetValue($"{info.ApiGroup}/{info.ApiVersion}/{info.Resource}", out var transient))
        {
            return info.Subresource.Length == 0 ? transient.HandleAsync(context, cancel) : NotFound(info);
        }

        if (resources.Find(info.ApiGroup, info.ApiVersion, info.Resource) is not { } resource
            || (resource.Definition.Namespaced ? info is { Namespace.Length: 0, Name.Length: > 0, Parts.Count: > 1 }
                : info.Namespace.Length > 0 && info.Resource != "namespaces"))
        {
            return NotFound(info);
        }

        if (resource.Definition.Deprecation.Length > 0)
        {
            context.Warn(resource.Definition.Deprecation);
        }

        return info.Subresource.Length == 0
            ? MainAsync(context, resource, cancel)
            : SubresourceAsync(context, resource, cancel);
    }

    private Task<ApiResult> MainAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var (verb, definition) = (context.Info.Verb, resource.Definition);
        var hasName = context.Info.Parts.Count > 1;
        if (!definition.Allows(verb) || !Fits(verb, hasName, definition.Namespaced, context.Info.Namespace))
        {
            throw RequestRouter.MethodNotAllowed();
        }

        return verb switch
        {
            "get" => verbs.Get.HandleAsync(context, resource, cancel),
            "list" => verbs.List.HandleAsync(context, resource, cancel),
            "watch" => verbs.Watch.HandleAsync(context, resource, cancel),
            "create" => verbs.Create.HandleAsync(context, resource, cancel),
            "update" => verbs.Update.HandleAsync(context, resource, UpdateMode.Main, cancel),
            "patch" => verbs.Patch.HandleAsync(context, resource, UpdateMode.Main, cancel),
            "delete" => verbs.Delete.HandleAsync(context, resource, cancel),
            "deletecollection" => verbs.DeleteCollection.HandleAsync(context, resource, cancel),
            _ => throw RequestRouter.MethodNotAllowed(),
        };
    }

    private Task<ApiResult> SubresourceAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var (info, definition) = (context.Info, resource.Definition);
        if (info.Subresource == "status" && definition.HasStatus && info.Parts.Count == 3)
        {
            return info.Verb switch
            {
                "get" => verbs.Get.HandleAsync(context, resource, cancel),
                "update" => verbs.Update.HandleAsync(context, resource, UpdateMode.Status, cancel),
                "patch" => verbs.Patch.HandleAsync(context, resource, UpdateMode.Status, cancel),
                _ => throw RequestRouter.MethodNotAllowed(),
            };
        }

        return definition.Subresources.Contains(info.Subresource)
            && subresources.TryGetValue($"{definition.QualifiedName}/{info.Subresource}", out var subresource)
            ? subresource.HandleAsync(context, resource, cancel)
            : NotFound(info);
    }

    private Task<ApiResult> NotFound(RequestInfo info) =>
        _groups.Contains(info.ApiGroup) ? throw ApiErrors.Generic(404) : Task.FromResult(RequestRouter.NotFound());

    // Collections are created in, listed and emptied; objects are read, replaced, patched and deleted.
    private static bool Fits(string verb, bool hasName, bool namespaced, string namespaceName) => verb switch
    {
        "create" or "deletecollection" => !hasName && (!namespaced || namespaceName.Length > 0),
        "list" => !hasName,
        "watch" => true,
        _ => hasName,
    };
}

/// <summary>Something below an object: <c>scale</c>, <c>log</c>, <c>eviction</c>.</summary>
internal interface ISubresource
{
    Task<ApiResult> HandleAsync(RequestContext context, ServedResource resource, CancellationToken cancel);
}

/// <summary>A resource that is answered and never stored.</summary>
internal interface ITransientResource
{
    Task<ApiResult> HandleAsync(RequestContext context, CancellationToken cancel);
}
