using Netes.Api.DynamicResources;
using DeviceClaim = Netes.Api.DynamicResources.ResourceClaim;

namespace Netes.Api.Core;

/// <summary>
/// What claims of devices use of a ResourceQuota: by class, and by the names of the resources that the class stands
/// for. Source: pkg/quota/v1/evaluator/core/resource_claims.go.
/// </summary>
/// <param name="Classes">The class of a name.</param>
/// <param name="Pods">The pod of a namespace and name.</param>
/// <param name="Claims">The claims of a namespace.</param>
public sealed record DeviceQuota(
    Func<string, DeviceClass?> Classes, Func<string, string, Pod?> Pods, Func<string, IEnumerable<DeviceClaim>> Claims)
{
    private const string ClassSuffix = ".deviceclass.resource.k8s.io/devices";
    private const string Requests = "requests.";
    private const string ExtendedAnnotation = "resource.kubernetes.io/extended-resource-claim";

    /// <summary>True for names that the usage of claims alone answers, beside their count.</summary>
    public static bool IsOfClaims(string name) => name.EndsWith(ClassSuffix, StringComparison.Ordinal);

    /// <summary>True for names that the usage of claims answers together with that of pods.</summary>
    public static bool IsOfClaimsAndPods(string name) => name.StartsWith(Requests, StringComparison.Ordinal)
        && ExtendedResources.MayBeDevices(name[Requests.Length..]);

    /// <summary>Beside its count.</summary>
    public ValueMap<Quantity> Of(DeviceClaim claim, DateTimeOffset now)
    {
        var usage = default(ValueMap<Quantity>);
        foreach (var request in claim.Spec.Devices.Requests)
        {
            // Of several that would do, each class is charged with the most that it may have to give.
            var most = request.Exactly is { } exactly
                ? [(exactly.DeviceClassName, Count(exactly.AllocationMode, exactly.Count))]
                : request.FirstAvailable.GroupBy(static sub => sub.DeviceClassName, StringComparer.Ordinal)
                    .Select(static group => (group.Key, group.Max(sub => Count(sub.AllocationMode, sub.Count))));
            foreach (var (deviceClass, count) in most)
            {
                usage = ResourceLists.Add(usage, ValueMap.Of((deviceClass + ClassSuffix, Quantity.FromValue(count))));
            }
        }

        return AddExtended(usage, OfPod(claim, now));
    }

    /// <summary>What the pod of the claim is charged with already counts once.</summary>
    private ValueMap<Quantity> AddExtended(ValueMap<Quantity> usage, ValueMap<Quantity> ofPod)
    {
        foreach (var (name, amount) in usage)
        {
            var className = name[..^ClassSuffix.Length];
            if (Classes(className)?.Spec.ExtendedResourceName is not { Length: > 0 } resource)
            {
                continue;
            }

            foreach (var extended in new[] { ExtendedResources.ImplicitPrefix + className, resource })
            {
                var left = amount - ofPod.Get(Requests + extended);
                if (left > Quantity.Zero)
                {
                    usage = usage.Set(Requests + extended, left);
                }
            }
        }

        return usage;
    }

    /// <summary>
    /// Of the pod whose extended resources the claim stands for: the one that the pod names, or, as long as it names
    /// none, the first that was made for it. Else nothing: anybody may write such an annotation.
    /// </summary>
    private ValueMap<Quantity> OfPod(DeviceClaim claim, DateTimeOffset now)
    {
        if (OwnerOf(claim) is not { } owner || Pods(claim.Metadata.Namespace, owner.Name) is not { } pod
            || pod.Metadata.Uid != owner.Uid)
        {
            return default;
        }

        var isTheOne = pod.Status.ExtendedResourceClaimStatus is { } status
            ? status.ResourceClaimName == claim.Metadata.Name
            : !Claims(claim.Metadata.Namespace)
                .Any(other => OwnerOf(other)?.Uid == owner.Uid && IsBefore(other.Metadata, claim.Metadata));
        return isTheOne ? QuotaUsage.Of("", "pods", pod, now) : default;
    }

    private static Meta.OwnerReference? OwnerOf(DeviceClaim claim) =>
        claim.Metadata.Annotations.Get(ExtendedAnnotation) == "true"
            ? claim.Metadata.OwnerReferences.FirstOrDefault(static owner => owner is
            {
                Controller: true, Kind: "Pod", ApiVersion: "v1",
            })
            : null;

    private static bool IsBefore(Meta.ObjectMeta one, Meta.ObjectMeta other) => Age(one) != Age(other)
        ? Age(one) < Age(other)
        : string.CompareOrdinal(one.Name, other.Name) < 0;

    private static long Age(Meta.ObjectMeta metadata) => metadata.CreationTimestamp?.UnixSeconds ?? long.MaxValue;

    private static long Count(string mode, long count) => mode switch
    {
        DeviceAllocationMode.ExactCount => count,
        DeviceAllocationMode.All => DeviceLimits.Results,
        _ => 0,
    };
}
