using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Services;

/// <summary>
/// The address families of a service. <paramref name="configured"/>: the cluster's, the default one first.
/// Source: pkg/registry/core/service/storage/alloc.go, initIPFamilyFields (KEP-563).
/// </summary>
internal sealed class IPFamilies(IReadOnlyList<string> configured)
{
    private const string NotConfigured = "not configured on this cluster";
    private static readonly FieldPath Policy = FieldPath.Of("spec").Child("ipFamilyPolicy");
    private static readonly FieldPath Families = FieldPath.Of("spec").Child("ipFamilies");
    private static readonly FieldPath Addresses = FieldPath.Of("spec").Child("clusterIPs");

    /// <summary>The service with policy and families; 422 for what this cluster cannot give.</summary>
    /// <param name="service">As the client wants it.</param>
    /// <param name="old">What is replaced; null: nothing.</param>
    public Service Complete(Service service, Service? old)
    {
        var spec = service.Spec;
        if (!ServiceRules.HasClusterIP(spec.Type) || (old is not null && StillPrefers(spec, old.Spec)))
        {
            return service;
        }

        var byHand = ServiceRules.IsHeadless(spec) && spec.Selector.IsEmpty;
        spec = spec with
        {
            IPFamilyPolicy = spec.IPFamilyPolicy ?? old?.Spec.IPFamilyPolicy
                ?? (byHand ? IPFamilyPolicy.RequireDualStack : IPFamilyPolicy.SingleStack),
        };
        Refuse(service, ServiceRules.AddressErrors(spec));
        var errors = new List<FieldError>();
        spec = old is null ? spec : Released(spec, old.Spec, errors);
        CheckSingle(spec, errors);
        spec = Inferred(spec, errors);
        Refuse(service, errors);
        if (byHand)
        {
            // Whoever writes its endpoints by hand decides on their family, whatever this cluster has.
            return service with { Spec = WithBoth(WithDefault(spec), canHaveBoth: true) };
        }

        CheckConfigured(spec, errors);
        Refuse(service, errors);
        return service with { Spec = WithBoth(WithDefault(spec), configured.Count == 2) };
    }

    /// <summary>A service that prefers both neither gains nor loses one when the cluster's families change.</summary>
    private static bool StillPrefers(ServiceSpec spec, ServiceSpec old) =>
        spec.Type == old.Type
        && spec.IPFamilyPolicy == IPFamilyPolicy.PreferDualStack
        && old.IPFamilyPolicy is null or IPFamilyPolicy.PreferDualStack
        && spec.ClusterIPs == old.ClusterIPs && spec.IPFamilies == old.IPFamilies;

    /// <summary>To say SingleStack is to give back the second address; otherwise both stay.</summary>
    private static ServiceSpec Released(ServiceSpec spec, ServiceSpec old, List<FieldError> errors)
    {
        if (spec.IPFamilyPolicy == IPFamilyPolicy.SingleStack)
        {
            return spec with
            {
                ClusterIPs = spec.ClusterIPs == old.ClusterIPs && spec.ClusterIPs.Count > 1
                    ? [spec.ClusterIPs[0]]
                    : spec.ClusterIPs,
                IPFamilies = spec.IPFamilies == old.IPFamilies && spec.IPFamilies.Count > 1
                    ? [spec.IPFamilies[0]]
                    : spec.IPFamilies,
            };
        }

        if (!spec.ClusterIPs.IsEmpty && spec.ClusterIPs.Count < old.ClusterIPs.Count)
        {
            errors.Add(FieldError.Invalid(
                Policy, spec.IPFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP"));
        }

        if (!spec.IPFamilies.IsEmpty && spec.IPFamilies.Count < old.IPFamilies.Count)
        {
            errors.Add(FieldError.Invalid(
                Policy, spec.IPFamilyPolicy, "must be 'SingleStack' to release the secondary IP family"));
        }

        return spec;
    }

    private static void CheckSingle(ServiceSpec spec, List<FieldError> errors)
    {
        if (spec.IPFamilyPolicy != IPFamilyPolicy.SingleStack)
        {
            return;
        }

        const string message = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
        if (spec.ClusterIPs.Count == 2)
        {
            errors.Add(FieldError.Invalid(Policy, spec.IPFamilyPolicy, message + "cluster IPs are specified"));
        }

        if (spec.IPFamilies.Count == 2)
        {
            errors.Add(FieldError.Invalid(Policy, spec.IPFamilyPolicy, message + "IP families are specified"));
        }
    }

    /// <summary>Addresses that the client chose say their families.</summary>
    private ServiceSpec Inferred(ServiceSpec spec, List<FieldError> errors)
    {
        var families = spec.IPFamilies;
        for (var i = families.Count; i < spec.ClusterIPs.Count && spec.ClusterIPs[i] != ServiceRules.Headless; i++)
        {
            var family = FamilyOf(spec.ClusterIPs[i]);
            if (configured.Contains(family))
            {
                families = families.Add(family);
            }
            else
            {
                errors.Add(FieldError.Invalid(
                    Addresses.Index(i), Shown.Strings(spec.ClusterIPs), $"{family} is {NotConfigured}"));
            }
        }

        return spec with { IPFamilies = families };
    }

    private void CheckConfigured(ServiceSpec spec, List<FieldError> errors)
    {
        if (spec.IPFamilyPolicy == IPFamilyPolicy.RequireDualStack && configured.Count < 2)
        {
            errors.Add(FieldError.Invalid(
                Policy, spec.IPFamilyPolicy, "this cluster is not configured for dual-stack services"));
        }

        for (var i = 0; i < spec.IPFamilies.Count; i++)
        {
            if (!configured.Contains(spec.IPFamilies[i]))
            {
                errors.Add(FieldError.Invalid(Families.Index(i), spec.IPFamilies[i], NotConfigured));
            }
        }
    }

    private ServiceSpec WithDefault(ServiceSpec spec) =>
        spec.IPFamilies.IsEmpty ? spec with { IPFamilies = [configured[0]] } : spec;

    private static ServiceSpec WithBoth(ServiceSpec spec, bool canHaveBoth) =>
        !canHaveBoth || spec.IPFamilies.Count != 1 || spec.IPFamilyPolicy == IPFamilyPolicy.SingleStack ? spec
            : spec with
            {
                IPFamilies = spec.IPFamilies.Add(
                    spec.IPFamilies[0] == IPFamily.IPv4 ? IPFamily.IPv6 : IPFamily.IPv4),
            };

    private static string FamilyOf(string address) =>
        address.Contains(':', StringComparison.Ordinal) ? IPFamily.IPv6 : IPFamily.IPv4;

    private static void Refuse(Service service, List<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid("", "Service", service.Metadata.Name, errors);
        }
    }
}
