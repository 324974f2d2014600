namespace Netes.Api.Core;

/// <summary>
/// Source: pkg/registry/core/node/strategy.go, ValidateNode of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class NodeRules
{
    private const string FixedCidr = "node updates may not change podCIDR except from \"\" to valid";
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static Node Default(Node node)
    {
        // podCIDR is the first of podCIDRs under its old name: either fills the other.
        var spec = node.Spec;
        if (spec.PodCIDR.Length > 0 && (spec.PodCIDRs.IsEmpty || spec.PodCIDRs[0] != spec.PodCIDR))
        {
            spec = spec with { PodCIDRs = [spec.PodCIDR] };
        }
        else if (spec.PodCIDR.Length == 0 && !spec.PodCIDRs.IsEmpty)
        {
            spec = spec with { PodCIDR = spec.PodCIDRs[0] };
        }

        var status = node.Status.Allocatable.IsEmpty && !node.Status.Capacity.IsEmpty
            ? node.Status with { Allocatable = node.Status.Capacity }
            : node.Status;
        return node with { Spec = spec, Status = status };
    }

    public static List<FieldError> Validate(Node node)
    {
        List<FieldError> errors = [];
        ValidateTaints(node.Spec.Taints, errors);
        ValidateResources(node, errors);
        var path = Spec.Child("podCIDRs");
        for (var i = 0; i < node.Spec.PodCIDRs.Count; i++)
        {
            errors.Invalid(path.Index(i), node.Spec.PodCIDRs[i], Names.Cidr(node.Spec.PodCIDRs[i]));
        }

        if (node.Spec.PodCIDRs.Count > 2
            || (node.Spec.PodCIDRs.Count == 2 && IsIPv6(node.Spec.PodCIDRs[0]) == IsIPv6(node.Spec.PodCIDRs[1])))
        {
            errors.Invalid(
                path, Shown.Strings(node.Spec.PodCIDRs), "may specify no more than one CIDR for each IP family");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(Node next, Node old)
    {
        List<FieldError> errors = [];
        ValidateResources(next, errors);
        var addresses = next.Status.Addresses;
        for (var i = 0; i < addresses.Count; i++)
        {
            if (addresses.Take(i).Contains(addresses[i]))
            {
                errors.Add(FieldError.Duplicate(
                    FieldPath.Of("status").Child("addresses").Index(i), Shown.Of(addresses[i])));
            }
        }

        if (!old.Spec.PodCIDRs.IsEmpty && next.Spec.PodCIDRs != old.Spec.PodCIDRs)
        {
            errors.Forbidden(Spec.Child("podCIDRs"), FixedCidr);
        }

        if (old.Spec.ProviderID.Length > 0 && next.Spec.ProviderID != old.Spec.ProviderID)
        {
            errors.Forbidden(
                Spec.Child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }

        ValidateTaints(next.Spec.Taints, errors);
        if (next.Spec.DoNotUseExternalID != old.Spec.DoNotUseExternalID)
        {
            errors.Forbidden(Spec.Child("externalID"), "may not be updated");
        }

        return errors;
    }

    private static void ValidateTaints(ValueList<Taint> taints, List<FieldError> errors)
    {
        // Kubernetes reports taints under metadata.
        var path = FieldPath.Of("metadata").Child("taints");
        HashSet<(string, string)> seen = [];
        for (var i = 0; i < taints.Count; i++)
        {
            var (taint, at) = (taints[i], path.Index(i));
            errors.Invalid(at.Child("key"), taint.Key, Names.QualifiedName(taint.Key));
            var value = Names.LabelValue(taint.Value);
            if (value.Count > 0)
            {
                errors.Invalid(at.Child("value"), taint.Value, string.Join(';', value));
            }

            errors.RequiredOneOf(at.Child("effect"), taint.Effect,
                TaintEffect.NoSchedule, TaintEffect.PreferNoSchedule, TaintEffect.NoExecute);
            if (!seen.Add((taint.Effect, taint.Key)))
            {
                var duplicate = FieldError.Duplicate(at, Shown.Of(taint));
                errors.Add(duplicate with { Body = $"{duplicate.Body}: taints must be unique by key and effect pair" });
            }
        }
    }

    private static void ValidateResources(Node node, List<FieldError> errors)
    {
        var status = FieldPath.Of("status");
        foreach (var (name, amount) in node.Status.Capacity)
        {
            ResourceRules.ValidateAmount(name, amount, status.Child("capacity").Child(name), errors);
        }

        foreach (var (name, amount) in node.Status.Allocatable)
        {
            ResourceRules.ValidateAmount(name, amount, status.Child("allocatable").Child(name), errors);
        }
    }

    private static bool IsIPv6(string cidr) => cidr.Contains(':', StringComparison.Ordinal);
}
