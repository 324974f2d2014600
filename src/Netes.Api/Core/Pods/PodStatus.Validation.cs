namespace Netes.Api.Core;

/// <summary>Source: ValidatePodStatusUpdate of pkg/apis/core/validation/validation.go.</summary>
internal static class PodStatusValidation
{
    private const string NotBack = "may not be transitioned to non-terminated state";
    private const string OnePerFamily = "may specify no more than one IP for each IP family";
    private static readonly FieldPath Status = FieldPath.Of("status");

    public static List<FieldError> Validate(Pod next, Pod old)
    {
        List<FieldError> errors = [];
        for (var i = 0; i < next.Status.Conditions.Count; i++)
        {
            var type = next.Status.Conditions[i].Type;
            errors.Invalid(
                FieldPath.Of("metadata").Child("conditions").Index(i).Child("Type"), type, Names.QualifiedName(type));
        }

        if (next.Spec.NodeName != old.Spec.NodeName)
        {
            errors.Forbidden(Status.Child("nodeName"), "may not be changed directly");
        }

        var nominated = next.Status.NominatedNodeName;
        if (nominated.Length > 0 && nominated != old.Status.NominatedNodeName)
        {
            errors.Invalid(Status.Child("nominatedNodeName"), nominated, Names.Dns1123Subdomain(nominated));
        }

        errors.Immutable(Status.Child("qosClass"), next.Status.QOSClass, old.Status.QOSClass);
        ValidateStates(
            next.Status.ContainerStatuses, old.Status.ContainerStatuses, old.Spec, "containerStatuses", errors);
        ValidateStates(
            next.Status.InitContainerStatuses, old.Status.InitContainerStatuses, old.Spec, "initContainerStatuses",
                errors);
        ValidateStates(next.Status.EphemeralContainerStatuses, old.Status.EphemeralContainerStatuses,
            old.Spec with { RestartPolicy = RestartPolicy.Never }, "ephemeralContainerStatuses", errors);
        if (next.Status.ExtendedResourceClaimStatus is { } extended)
        {
            PodExtendedResourceClaimStatusRules.Validate(
                extended, next.Spec, Status.Child("extendedResourceClaimStatus"), errors);
        }

        ValidateAddresses(next.Status.PodIPs.Select(ip => ip.IP).ToValueList(), Status.Child("podIPs"), errors);
        var hosts = next.Status.HostIPs.Select(ip => ip.IP).ToValueList();
        ValidateAddresses(hosts, Status.Child("hostIPs"), errors);
        if (!hosts.IsEmpty && hosts[0] != next.Status.HostIP)
        {
            errors.Invalid(Status.Child("hostIPs").Index(0).Child("ip"), hosts[0], "must be equal to `hostIP`");
        }

        return errors;
    }

    private static void ValidateStates(
        ValueList<ContainerStatus> next, ValueList<ContainerStatus> old, PodSpec spec, string field,
            List<FieldError> errors)
    {
        if (spec.RestartPolicy == RestartPolicy.Always)
        {
            return;
        }

        for (var i = 0; i < old.Count; i++)
        {
            if (old[i].State.Terminated is not { } ended
                || (ended.ExitCode != 0 && spec.RestartPolicy == RestartPolicy.OnFailure)
                || MayRestart(spec, old[i].Name))
            {
                continue;
            }

            if (next.Any(status => status.Name == old[i].Name && status.State.Terminated is null))
            {
                errors.Forbidden(Status.Child(field).Index(i).Child("state"), NotBack);
            }
        }
    }

    // A container with a restart policy of its own is not bound by the pod's.
    private static bool MayRestart(PodSpec spec, string name) =>
        spec.InitContainers.Concat(spec.Containers).Any(container => container.Name == name
            && container.RestartPolicy is ContainerRestartPolicy.Always or ContainerRestartPolicy.OnFailure
            || (container.Name == name && !container.RestartPolicyRules.IsEmpty));

    private static void ValidateAddresses(ValueList<string> addresses, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            errors.Invalid(path.Index(i), addresses[i], Names.IP(addresses[i]));
            if (addresses.Take(i).Contains(addresses[i]))
            {
                errors.Add(
                    FieldError.Duplicate(path.Index(i), new Shown($"{{\"ip\":{FieldError.Quote(addresses[i])}}}")));
            }
        }

        if (addresses.Count > 2 || (addresses.Count == 2 && IsIPv6(addresses[0]) == IsIPv6(addresses[1])))
        {
            errors.Invalid(path, Shown.Strings(addresses), OnePerFamily);
        }
    }

    private static bool IsIPv6(string address) => address.Contains(':', StringComparison.Ordinal);
}
