using Netes.ApiServer.Authentication;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Routing;
using Netes.ApiServer.Streaming;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Subresources;

/// <summary>What subresources work with.</summary>
internal sealed record SubresourceContext
{
    public required GetVerb Get { get; init; }

    public required UpdateVerb Update { get; init; }

    public required PatchVerb Patch { get; init; }

    public required Updater Updater { get; init; }

    public required Deleter Deleter { get; init; }

    public required Freshness Freshness { get; init; }

    public required ObjectAdmission Admission { get; init; }

    public required ObjectViews Views { get; init; }

    public required InternalWriter Writer { get; init; }

    public required PodBinder Bindings { get; init; }

    public required ServiceAccountTokenIssuer? Tokens { get; init; }

    public required KubeletConnector Kubelets { get; init; }

    public required HttpProxy Proxy { get; init; }

    public required TimeProvider Time { get; init; }
}

/// <summary>Every subresource but <c>status</c>: the visible list.</summary>
internal static class SubresourceList
{
    public static IReadOnlyDictionary<string, ISubresource> All(SubresourceContext context) =>
        new Dictionary<string, ISubresource>(StringComparer.Ordinal)
        {
            ["certificatesigningrequests.certificates.k8s.io/approval"] =
                new PartialUpdate(context, PartModes.Approval),
            ["deployments.apps/scale"] = new ScaleSubresource(context, Scalables.Deployment),
            ["namespaces/finalize"] = new PartialUpdate(context, PartModes.Finalize),
            ["nodes/proxy"] = new ProxySubresource(context, new NodeTargets(context.Kubelets)),
            ["pods/attach"] = new PodStreamSubresource(context, "attach"),
            ["pods/binding"] = new BindingSubresource(context),
            ["pods/ephemeralcontainers"] = new PartialUpdate(context, PartModes.EphemeralContainers),
            ["pods/eviction"] = new EvictionSubresource(context),
            ["pods/exec"] = new PodStreamSubresource(context, "exec"),
            ["pods/log"] = new LogSubresource(context),
            ["pods/portforward"] = new PodStreamSubresource(context, "portForward"),
            ["pods/proxy"] = new ProxySubresource(context, new PodTargets(context.Views)),
            ["pods/resize"] = new PartialUpdate(context, PartModes.Resize),
            ["replicasets.apps/scale"] = new ScaleSubresource(context, Scalables.ReplicaSet),
            ["replicationcontrollers/scale"] = new ScaleSubresource(context, Scalables.ReplicationController),
            ["serviceaccounts/token"] = new TokenSubresource(context),
            ["services/proxy"] = new ProxySubresource(context, new ServiceTargets(context.Views)),
            ["statefulsets.apps/scale"] = new ScaleSubresource(context, Scalables.StatefulSet),
        };
}
