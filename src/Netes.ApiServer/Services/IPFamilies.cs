using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Services;

/// <summary>
/// The address families of a service in a cluster that has one, IPv4.
/// Source: pkg/registry/core/service/storage/alloc.go, initIPFamilyFields.
/// </summary>
internal static class IPFamilies
{
    public static Service Complete(Service service)
    {
        var spec = service.Spec;
        if (!ServiceRules.HasClusterIP(spec.Type))
        {
            return service;
        }

        var isHeadless = ServiceRules.IsHeadless(spec);
        if (isHeadless && spec.Selector.IsEmpty)
        {
            // Whoever writes its endpoints by hand decides on their family.
            var policy = spec.IPFamilyPolicy ?? IPFamilyPolicy.RequireDualStack;
            return service with
            {
                Spec = spec with
                {
                    IPFamilyPolicy = policy,
                    IPFamilies = !spec.IPFamilies.IsEmpty ? spec.IPFamilies
                        : policy == IPFamilyPolicy.SingleStack ? [IPFamily.IPv4]
                        : [IPFamily.IPv4, IPFamily.IPv6],
                },
            };
        }

        Check(service);
        return service with
        {
            Spec = spec with
            {
                IPFamilyPolicy = spec.IPFamilyPolicy ?? IPFamilyPolicy.SingleStack,
                IPFamilies = spec.IPFamilies.IsEmpty ? [IPFamily.IPv4] : spec.IPFamilies,
                ClusterIP = isHeadless ? ServiceRules.Headless : spec.ClusterIP,
                ClusterIPs = isHeadless ? [ServiceRules.Headless] : spec.ClusterIPs,
            },
        };
    }

    private static void Check(Service service)
    {
        var (spec, path) = (service.Spec, FieldPath.Of("spec"));
        var errors = new List<FieldError>();
        if (spec.IPFamilyPolicy == IPFamilyPolicy.RequireDualStack)
        {
            errors.Add(FieldError.Invalid(path.Child("ipFamilyPolicy"), spec.IPFamilyPolicy,
                "this cluster is not configured for dual-stack services"));
        }

        for (var i = 0; i < spec.IPFamilies.Count; i++)
        {
            if (spec.IPFamilies[i] == IPFamily.IPv6)
            {
                errors.Add(FieldError.Invalid(
                    path.Child("ipFamilies").Index(i), spec.IPFamilies[i], "not configured on this cluster"));
            }
        }

        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid("", "Service", service.Metadata.Name, errors);
        }
    }
}
