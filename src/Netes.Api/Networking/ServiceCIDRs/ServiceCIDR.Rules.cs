namespace Netes.Api.Networking;

/// <summary>Source: ValidateServiceCIDR of pkg/apis/networking/validation/validation.go.</summary>
internal static class ServiceCIDRRules
{
    private static readonly FieldPath Path = FieldPath.Of("spec").Child("cidrs");

    public static List<FieldError> Validate(ServiceCIDR item)
    {
        List<FieldError> errors = [];
        if (item.Spec.CIDRs.IsEmpty)
        {
            errors.Required(Path, "at least one CIDR required");
            return errors;
        }

        if (item.Spec.CIDRs.Count > 2)
        {
            errors.Invalid(Path, Shown.Of(item.Spec), "may only hold up to 2 values");
            return errors;
        }

        if (item.Spec.CIDRs.Count == 2 && IsIPv6(item.Spec.CIDRs[0]) == IsIPv6(item.Spec.CIDRs[1]))
        {
            errors.Invalid(
                Path, Shown.Of(item.Spec),
                "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
            return errors;
        }

        for (var i = 0; i < item.Spec.CIDRs.Count; i++)
        {
            errors.Invalid(Path.Index(i), item.Spec.CIDRs[i], Names.Cidr(item.Spec.CIDRs[i]));
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(ServiceCIDR next, ServiceCIDR old)
    {
        List<FieldError> errors = [];
        var (before, after) = (old.Spec.CIDRs, next.Spec.CIDRs);
        var gainsFamily = before.Count == 1 && after.Count == 2;
        if (before.Count != after.Count && !gainsFamily)
        {
            errors.Immutable(Path, after, before);
            return errors;
        }

        for (var i = 0; i < before.Count; i++)
        {
            errors.Immutable(Path.Index(i), after[i], before[i]);
        }

        return gainsFamily ? [.. errors, .. Validate(next)] : errors;
    }

    private static bool IsIPv6(string cidr) => cidr.Contains(':', StringComparison.Ordinal);
}
