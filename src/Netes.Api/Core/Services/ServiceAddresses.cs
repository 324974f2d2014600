using System.Net;
using System.Net.Sockets;

namespace Netes.Api.Core;

/// <summary>
/// Rules of a service's addresses. Source: ValidateServiceClusterIPsRelatedFields and
/// validateUpgradeDowngradeClusterIPs of
/// pkg/apis/core/validation/validation.go.
/// </summary>
internal static class ServiceAddresses
{
    private const string NotOnceSet = "may not change once set";
    private static readonly FieldPath Addresses = FieldPath.Of("spec").Child("clusterIPs");
    private static readonly FieldPath Families = FieldPath.Of("spec").Child("ipFamilies");
    private static readonly FieldPath Policy = FieldPath.Of("spec").Child("ipFamilyPolicy");

    public static void Validate(ServiceSpec spec, List<FieldError> errors)
    {
        CheckSynced(spec, errors);
        CheckFamilies(spec, errors);
        var valid = true;
        for (var i = 0; i < spec.ClusterIPs.Count; i++)
        {
            var address = spec.ClusterIPs[i];
            if (i == 0 && address == ServiceRules.Headless)
            {
                if (spec.ClusterIPs.Count > 1)
                {
                    valid = false;
                    errors.Invalid(
                        Addresses, Shown.Strings(spec.ClusterIPs), "'None' must be the first and only value");
                }

                continue;
            }

            var messages = Names.IP(address);
            valid &= messages.Count == 0;
            errors.Invalid(Addresses.Index(i), address, messages);
        }

        if (spec.ClusterIPs.Count > 2)
        {
            errors.Invalid(Addresses, Shown.Strings(spec.ClusterIPs), "may only hold up to 2 values");
        }

        if (valid)
        {
            CheckAgainstFamilies(spec, errors);
        }
    }

    public static void ValidateExternal(ServiceSpec spec, List<FieldError> errors)
    {
        var path = FieldPath.Of("spec").Child("externalIPs");
        for (var i = 0; i < spec.ExternalIPs.Count; i++)
        {
            ValidateNotSpecial(spec.ExternalIPs[i], path.Index(i), errors);
        }
    }

    /// <summary>An address that stands for one machine elsewhere. Source: ValidateNonSpecialIP.</summary>
    public static void ValidateNotSpecial(string text, FieldPath path, List<FieldError> errors)
    {
        if (!Names.TryParseIP(text, out var address))
        {
            errors.Invalid(path, text, Names.InvalidIP);
            return;
        }

        var bytes = address.GetAddressBytes();
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            errors.Invalid(path, text, $"may not be unspecified ({text})");
        }

        if (IPAddress.IsLoopback(address))
        {
            errors.Invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }

        if (address.IsIPv6LinkLocal || (bytes.Length == 4 && bytes[0] == 169 && bytes[1] == 254))
        {
            errors.Invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }

        if ((bytes.Length == 4 && bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0)
            || (bytes.Length == 16 && bytes[0] == 0xff && (bytes[1] & 0x0f) == 0x02))
        {
            errors.Invalid(path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    public static void ValidateUpdate(ServiceSpec next, ServiceSpec old, List<FieldError> errors)
    {
        if (next.Type == ServiceType.ExternalName || old.Type == ServiceType.ExternalName)
        {
            return;
        }

        CheckAddressesKept(next, old, errors);
        if (old.IPFamilies.IsEmpty || ServiceRules.IsHeadless(next) != ServiceRules.IsHeadless(old))
        {
            return;
        }

        if (next.IPFamilies.IsEmpty)
        {
            errors.Invalid(Families.Index(0), Shown.Strings(next.IPFamilies), "primary ipFamily can not be unset");
        }
        else if (next.IPFamilies[0] != old.IPFamilies[0])
        {
            errors.Invalid(Families.Index(0), Shown.Strings(next.IPFamilies), NotOnceSet);
        }
    }

    private static void CheckAddressesKept(ServiceSpec next, ServiceSpec old, List<FieldError> errors)
    {
        var (before, after) = (old.ClusterIPs, next.ClusterIPs);
        if (after.IsEmpty && !before.IsEmpty)
        {
            errors.Invalid(Addresses.Index(0), Shown.Strings(after), "primary clusterIP can not be unset");
            return;
        }

        for (var i = 0; i < Math.Min(before.Count, before.Count == after.Count ? after.Count : 1); i++)
        {
            if (before[i] != after[i])
            {
                errors.Invalid(Addresses.Index(i), Shown.Strings(after), NotOnceSet);
            }
        }

        if (before.Count > after.Count && after.Count == 1 && next.IPFamilyPolicy != IPFamilyPolicy.SingleStack)
        {
            errors.Invalid(Policy, "", "must be set to 'SingleStack' when releasing the secondary clusterIP");
        }
    }

    private static void CheckSynced(ServiceSpec spec, List<FieldError> errors)
    {
        if (spec.ClusterIP.Length == 0)
        {
            if (!spec.ClusterIPs.IsEmpty)
            {
                errors.Invalid(
                    Addresses, Shown.Strings(spec.ClusterIPs), "must be empty when `clusterIP` is not specified");
            }
        }
        else if (spec.ClusterIPs.IsEmpty)
        {
            errors.Required(Addresses);
        }
        else if (spec.ClusterIPs[0] != spec.ClusterIP)
        {
            errors.Invalid(Addresses, Shown.Strings(spec.ClusterIPs), "first value must match `clusterIP`");
        }
    }

    private static void CheckFamilies(ServiceSpec spec, List<FieldError> errors)
    {
        for (var i = 0; i < spec.IPFamilies.Count; i++)
        {
            errors.OneOf(Families.Index(i), spec.IPFamilies[i], IPFamily.IPv4, IPFamily.IPv6);
            if (spec.IPFamilies.Take(i).Contains(spec.IPFamilies[i]))
            {
                errors.Add(FieldError.Duplicate(Families.Index(i), spec.IPFamilies[i]));
            }
        }

        if (spec.IPFamilyPolicy is { } policy)
        {
            errors.OneOf(
                Policy, policy, IPFamilyPolicy.PreferDualStack, IPFamilyPolicy.RequireDualStack,
                    IPFamilyPolicy.SingleStack);
        }
    }

    private static void CheckAgainstFamilies(ServiceSpec spec, List<FieldError> errors)
    {
        if (spec.ClusterIPs.Count > 1 && spec.ClusterIPs.Select(FamilyOf).Distinct().Count() != spec.ClusterIPs.Count)
        {
            errors.Invalid(
                Addresses, Shown.Strings(spec.ClusterIPs), "may specify no more than one IP for each IP family");
        }

        if (ServiceRules.IsHeadless(spec) || errors.Count > 0)
        {
            return;
        }

        for (var i = 0; i < Math.Min(spec.ClusterIPs.Count, spec.IPFamilies.Count); i++)
        {
            if (FamilyOf(spec.ClusterIPs[i]) != spec.IPFamilies[i])
            {
                errors.Invalid(
                    Addresses.Index(i), spec.ClusterIPs[i],
                        $"expected an {spec.IPFamilies[i]} value as indicated by `ipFamilies[{i}]`");
            }
        }
    }

    private static string FamilyOf(string text) =>
        Names.TryParseIP(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? IPFamily.IPv6
            : IPFamily.IPv4;
}
