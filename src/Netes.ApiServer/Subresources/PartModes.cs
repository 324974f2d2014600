using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Subresources;

/// <summary>What each partial subresource may change, and what is checked then.</summary>
internal static class PartModes
{
    /// <summary>Source: pkg/registry/core/namespace/strategy.go, namespaceFinalizeStrategy.</summary>
    public static UpdateMode Finalize { get; } = new(
        static (_, next, old) => (Namespace)old with
        {
            Spec = ((Namespace)old).Spec with { Finalizers = ((Namespace)next).Spec.Finalizers },
        },
        static (_, _, _) => []);

    /// <summary>Source: pkg/registry/certificates/certificates/strategy.go, csrApprovalStrategy.</summary>
    public static UpdateMode Approval { get; } = new(
        static (strategy, next, old) => CertificateApprovalRules.Prepare(
            (CertificateSigningRequest)strategy.PrepareStatusUpdate(next, old), (CertificateSigningRequest)next,
            (CertificateSigningRequest)old),
        static (_, next, old) =>
            CertificateApprovalRules.Check((CertificateSigningRequest)next, (CertificateSigningRequest)old));

    /// <summary>Source: pkg/registry/core/pod/strategy.go, podEphemeralContainersStrategy.</summary>
    public static UpdateMode EphemeralContainers { get; } = new(
        static (strategy, next, old) => WithSpec(strategy, (Pod)old, ((Pod)old).Spec with
        {
            EphemeralContainers = ((Pod)next).Spec.EphemeralContainers,
        }),
        static (_, next, old) => PodSubresourceRules.CheckEphemeralContainers((Pod)next, (Pod)old));

    /// <summary>Source: pkg/registry/core/pod/strategy.go, podResizeStrategy.</summary>
    public static UpdateMode Resize { get; } = new(
        static (strategy, next, old) => WithSpec(strategy, (Pod)old, ((Pod)old).Spec with
        {
            Containers = Resized(((Pod)old).Spec.Containers, ((Pod)next).Spec.Containers),
            InitContainers = Resized(((Pod)old).Spec.InitContainers, ((Pod)next).Spec.InitContainers),
        }),
        static (_, next, old) => PodSubresourceRules.CheckResize((Pod)next, (Pod)old));

    private static Pod WithSpec(ResourceStrategy strategy, Pod old, PodSpec spec)
    {
        var changed = spec != old.Spec && strategy.HasGeneration;
        return old with
        {
            Spec = spec,
            Metadata = old.Metadata with { Generation = old.Metadata.Generation + (changed ? 1 : 0) },
        };
    }

    private static ValueList<Container> Resized(ValueList<Container> old, ValueList<Container> next) => old
        .Select(container => next.FirstOrDefault(other => other.Name == container.Name) is { } resized
            ? container with { Resources = resized.Resources, ResizePolicy = resized.ResizePolicy }
            : container)
        .ToValueList();
}
