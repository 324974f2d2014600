using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Source: ValidatePodSpec of pkg/apis/core/validation/validation.go.</summary>
internal static class PodSpecValidation
{
    private const int MaxNameservers = 3;
    private const int MaxSearches = 32;
    private const int MaxSearchCharacters = 2048;

    /// <param name="spec">The spec, defaulted.</param>
    /// <param name="metadata">The pod's metadata; null when the spec is a template's.</param>
    /// <param name="path">Where the spec stands.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static void Validate(PodSpec spec, ObjectMeta? metadata, FieldPath path, List<FieldError> errors)
    {
        var check = new PodCheck(spec, metadata, errors);
        if (spec.TerminationGracePeriodSeconds is null)
        {
            errors.Required(path.Child("terminationGracePeriodSeconds"));
        }

        VolumeValidation.Validate(check, path.Child("volumes"));
        ValidateClaims(spec.ResourceClaims, path.Child("resourceClaims"), errors);
        ContainerValidation.Validate(check, path);
        PodResourceValidation.Validate(check, path.Child("resources"));
        ValidateHostPorts(check, path.Child("containers"));
        errors.RequiredOneOf(path.Child("restartPolicy"), spec.RestartPolicy,
            RestartPolicy.Always, RestartPolicy.OnFailure, RestartPolicy.Never);
        errors.RequiredOneOf(path.Child("dnsPolicy"), spec.DnsPolicy,
            DNSPolicy.ClusterFirstWithHostNet, DNSPolicy.ClusterFirst, DNSPolicy.Default, DNSPolicy.None);
        ObjectMetaRules.ValidateLabels(spec.NodeSelector, path.Child("nodeSelector"), errors);
        SecurityValidation.Validate(spec, path, errors);
        AffinityValidation.Validate(spec.Affinity, path.Child("affinity"), errors);
        ValidateDns(spec, path.Child("dnsConfig"), errors);
        SchedulingValidation.Validate(spec, path, errors);
        ValidateHostUsers(spec, path, errors);
        ValidateNames(spec, path, errors);
        PodOSValidation.Validate(spec, path, errors);
    }

    private static void ValidateNames(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        Optional("serviceAccountName", spec.ServiceAccountName, Names.Dns1123Subdomain);
        Optional("nodeName", spec.NodeName, Names.Dns1123Subdomain);
        if (spec.ActiveDeadlineSeconds is { } deadline)
        {
            errors.Invalid(path.Child("activeDeadlineSeconds"), deadline, Names.InRange(deadline, 1, int.MaxValue));
        }

        Optional("hostname", spec.Hostname, Names.Dns1123Label);
        Optional("subdomain", spec.Subdomain, Names.Dns1123Label);
        ValidateHostname(spec, path.Child("hostnameOverride"), errors);
        SchedulingValidation.ValidateTolerations(spec.Tolerations, path.Child("tolerations"), errors);
        for (var i = 0; i < spec.HostAliases.Count; i++)
        {
            var (alias, at) = (spec.HostAliases[i], path.Child("hostAliases").Index(i));
            errors.Invalid(at.Child("ip"), alias.IP, Names.IP(alias.IP));
            for (var j = 0; j < alias.Hostnames.Count; j++)
            {
                errors.Invalid(
                    at.Child("hostnames").Index(j), alias.Hostnames[j], Names.Dns1123Subdomain(alias.Hostnames[j]));
            }
        }

        Optional("priorityClassName", spec.PriorityClassName, Names.Dns1123Subdomain);
        if (spec.RuntimeClassName is { } runtime)
        {
            errors.Invalid(path.Child("runtimeClassName"), runtime, Names.Dns1123Subdomain(runtime));
        }

        if (spec.PreemptionPolicy is { } preemption)
        {
            errors.RequiredOneOf(path.Child("preemptionPolicy"), preemption,
                PreemptionPolicy.PreemptLowerPriority, PreemptionPolicy.Never);
        }

        void Optional(string field, string name, Func<string, IReadOnlyList<string>> grammar)
        {
            if (name.Length > 0)
            {
                errors.Invalid(path.Child(field), name, grammar(name));
            }
        }
    }

    private static void ValidateHostname(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        if (spec.HostnameOverride is not { } name)
        {
            return;
        }

        errors.Invalid(path, name, Names.Dns1123Subdomain(name));
        if (name.Length > 64)
        {
            errors.Add(FieldError.TooLong(path, 64));
        }

        if (spec.HostNetwork)
        {
            errors.Invalid(path, name, "may not be specified when hostNetwork is true");
        }
    }

    private static void ValidateClaims(ValueList<PodResourceClaim> claims, FieldPath path, List<FieldError> errors)
    {
        HashSet<string> names = [];
        for (var i = 0; i < claims.Count; i++)
        {
            var (claim, at) = (claims[i], path.Index(i));
            if (claim.Name.Length == 0)
            {
                errors.Required(at.Child("name"));
            }
            else if (!names.Add(claim.Name))
            {
                errors.Add(FieldError.Duplicate(at.Child("name"), claim.Name));
            }
            else
            {
                errors.Invalid(at.Child("name"), claim.Name, Names.Dns1123Label(claim.Name));
            }

            switch (claim)
            {
                case { ResourceClaimName: not null, ResourceClaimTemplateName: not null }:
                    errors.Invalid(at, Shown.Of(claim),
                        "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
                    break;
                case { ResourceClaimName: null, ResourceClaimTemplateName: null }:
                    errors.Invalid(at, Shown.Of(claim),
                        "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
                    break;
            }

            if (claim.ResourceClaimName is { } name)
            {
                errors.Invalid(at.Child("resourceClaimName"), name, Names.Dns1123Subdomain(name));
            }

            if (claim.ResourceClaimTemplateName is { } template)
            {
                errors.Invalid(at.Child("resourceClaimTemplateName"), template, Names.Dns1123Subdomain(template));
            }
        }
    }

    private static void ValidateHostPorts(PodCheck check, FieldPath path)
    {
        if (!check.Spec.HostNetwork)
        {
            return;
        }

        for (var i = 0; i < check.Spec.Containers.Count; i++)
        {
            var ports = check.Spec.Containers[i].Ports;
            for (var j = 0; j < ports.Count; j++)
            {
                if ((check.IsPod || ports[j].HostPort != 0) && ports[j].HostPort != ports[j].ContainerPortValue)
                {
                    check.Errors.Invalid(path.Index(i).Child("ports").Index(j).Child("hostPort"), ports[j].HostPort,
                        "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void ValidateDns(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        if (spec.DnsPolicy == DNSPolicy.None && spec.DnsConfig is null)
        {
            errors.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
            return;
        }

        if (spec.DnsConfig is not { } config)
        {
            return;
        }

        var servers = path.Child("nameservers");
        if (spec.DnsPolicy == DNSPolicy.None && config.Nameservers.IsEmpty)
        {
            errors.Required(servers, "must provide at least one DNS nameserver when `dnsPolicy` is None");
            return;
        }

        if (config.Nameservers.Count > MaxNameservers)
        {
            errors.Invalid(
                servers, Shown.Strings(config.Nameservers), $"must not have more than {MaxNameservers} nameservers");
        }

        for (var i = 0; i < config.Nameservers.Count; i++)
        {
            errors.Invalid(servers.Index(i), config.Nameservers[i], Names.IP(config.Nameservers[i]));
        }

        ValidateSearches(config.Searches, path.Child("searches"), errors);
        for (var i = 0; i < config.Options.Count; i++)
        {
            errors.RequireText(path.Child("options").Index(i), config.Options[i].Name, "must not be empty");
        }
    }

    private static void ValidateSearches(ValueList<string> searches, FieldPath path, List<FieldError> errors)
    {
        if (searches.Count > MaxSearches)
        {
            errors.Invalid(path, Shown.Strings(searches), $"must not have more than {MaxSearches} search paths");
        }

        if (searches.Sum(search => search.Length + 1) - 1 > MaxSearchCharacters)
        {
            errors.Invalid(path, Shown.Strings(searches),
                $"must not have more than {MaxSearchCharacters} characters (including spaces) in the search list");
        }

        for (var i = 0; i < searches.Count; i++)
        {
            if (searches[i] != ".")
            {
                var search = searches[i].EndsWith('.') ? searches[i][..^1] : searches[i];
                errors.Invalid(path.Index(i), search, Names.Dns1123SubdomainWithUnderscore(search));
            }
        }
    }

    private static void ValidateHostUsers(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        if (spec.HostUsers is not false)
        {
            return;
        }

        // The capitals are Kubernetes' own.
        foreach (var (field, used) in ((string, bool)[])
            [("hostNetwork", spec.HostNetwork), ("HostPID", spec.HostPID), ("HostIPC", spec.HostIPC)])
        {
            if (used)
            {
                errors.Forbidden(path.Child(field), "when `pod.Spec.HostUsers` is false");
            }
        }
    }
}
