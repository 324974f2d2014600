using Netes.Api;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.StorageVersions;

/// <summary>
/// A write to a resource waits until it is written down in which version this server stores it: until then the client
/// is told to come again. Source: apiserver pkg/endpoints/filters/storageversion.go.
/// </summary>
internal sealed class StorageVersionBarrier(IRequestHandler next, StorageVersionRecords records) : IRequestHandler
{
    public Task<ApiResult> HandleAsync(RequestContext context, CancellationToken cancel)
    {
        var info = context.Info;
        if (!records.IsComplete && info.IsResourceRequest && !IsFree(info, context.User)
            && records.IsPending(info.ApiGroup, info.Resource, out var error))
        {
            throw ApiErrors.ServiceUnavailable(
                $"wait for storage version registration to complete for resource: {info.QualifiedResource}, "
                + $"last seen error: {error ?? "<nil>"}");
        }

        return next.HandleAsync(context, cancel);
    }

    // Reads; what the records themselves and the servers' leases need; and namespaces that the server makes at start.
    private static bool IsFree(RequestInfo info, UserIdentity user) => info switch
    {
        { Verb: "get" or "list" or "watch" } => true,
        { ApiGroup: "internal.apiserver.k8s.io", Resource: "storageversions" } => true,
        { ApiGroup: "coordination.k8s.io", Resource: "leases", Namespace: "kube-system" } => true,
        { ApiGroup: "", Resource: "namespaces", Verb: "create" } =>
            user.Name == UserIdentity.ApiServer.Name && user.Groups.Contains(KnownGroups.Masters),
        _ => false,
    };
}
