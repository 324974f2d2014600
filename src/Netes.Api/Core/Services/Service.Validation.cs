namespace Netes.Api.Core;

/// <summary>Source: ValidateService of pkg/apis/core/validation/validation.go.</summary>
internal static class ServiceValidation
{
    private const string ModeAnnotation = "service.kubernetes.io/topology-mode";
    private const string HintsAnnotation = "service.kubernetes.io/topology-aware-hints";
    private const string OnlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static List<FieldError> Validate(Service service)
    {
        List<FieldError> errors = [];
        ValidateAll(service, errors);
        CheckClass(service.Spec, null, errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(Service next, Service old)
    {
        List<FieldError> errors = [];
        ServiceAddresses.ValidateUpdate(next.Spec, old.Spec, errors);
        CheckClass(next.Spec, old.Spec, errors);
        if (ServiceRules.NeedsHealthCheck(old.Spec) && ServiceRules.NeedsHealthCheck(next.Spec)
            && next.Spec.HealthCheckNodePort != old.Spec.HealthCheckNodePort)
        {
            errors.Forbidden(Spec.Child("healthCheckNodePort"), ObjectMetaRules.Immutable);
        }

        ValidateAll(next, errors);
        return errors;
    }

    private static void ValidateAll(Service service, List<FieldError> errors)
    {
        var spec = service.Spec;
        var annotations = service.Metadata.Annotations;
        if (annotations.TryGetValue(ModeAnnotation, out var mode)
            && annotations.TryGetValue(HintsAnnotation, out var hints) && mode != hints)
        {
            errors.Invalid(FieldPath.Of("metadata").Child("annotations").Key(ModeAnnotation), mode,
                $"must match annotations[{HintsAnnotation}] when both are specified");
        }

        if (spec.Ports.IsEmpty && !ServiceRules.IsHeadless(spec) && spec.Type != ServiceType.ExternalName)
        {
            errors.Required(Spec.Child("ports"));
        }

        CheckType(spec, errors);
        ServicePorts.Validate(spec, errors);
        ObjectMetaRules.ValidateLabels(spec.Selector, Spec.Child("selector"), errors);
        CheckAffinity(spec, errors);
        if (spec.Type != ServiceType.ExternalName)
        {
            ServiceAddresses.Validate(spec, errors);
        }

        ServiceAddresses.ValidateExternal(spec, errors);
        errors.RequiredOneOf(Spec.Child("type"), spec.Type,
            ServiceType.ClusterIP, ServiceType.ExternalName, ServiceType.LoadBalancer, ServiceType.NodePort);
        ServicePorts.ValidateUnique(spec, errors);
        CheckLoadBalancer(spec, errors);
        CheckTraffic(spec, errors);
    }

    private static void CheckType(ServiceSpec spec, List<FieldError> errors)
    {
        if (spec.Type is ServiceType.LoadBalancer or ServiceType.NodePort && ServiceRules.IsHeadless(spec))
        {
            errors.Invalid(Spec.Child("clusterIPs").Index(0), ServiceRules.Headless,
                $"may not be set to 'None' for {spec.Type} services");
        }

        if (spec.Type != ServiceType.ExternalName)
        {
            return;
        }

        const string notExternal = "may not be set for ExternalName services";
        if (!spec.ClusterIPs.IsEmpty)
        {
            errors.Forbidden(Spec.Child("clusterIPs"), notExternal);
        }

        if (!spec.IPFamilies.IsEmpty)
        {
            errors.Forbidden(Spec.Child("ipFamilies"), notExternal);
        }

        if (spec.IPFamilyPolicy is not null)
        {
            errors.Forbidden(Spec.Child("ipFamilyPolicy"), notExternal);
        }

        var name = spec.ExternalName.EndsWith('.') ? spec.ExternalName[..^1] : spec.ExternalName;
        errors.RequireText(Spec.Child("externalName"), name);
        if (name.Length > 0)
        {
            errors.Invalid(Spec.Child("externalName"), name, Names.Dns1123Subdomain(name));
        }
    }

    private static void CheckAffinity(ServiceSpec spec, List<FieldError> errors)
    {
        errors.RequiredOneOf(
            Spec.Child("sessionAffinity"), spec.SessionAffinity, ServiceAffinity.ClientIP, ServiceAffinity.None);
        var path = Spec.Child("sessionAffinityConfig");
        if (spec.SessionAffinity == ServiceAffinity.None && spec.SessionAffinityConfig is not null)
        {
            errors.Forbidden(path, "must not be set when session affinity is None");
        }

        if (spec.SessionAffinity != ServiceAffinity.ClientIP)
        {
            return;
        }

        const string when = "when session affinity type is ClientIP";
        switch (spec.SessionAffinityConfig)
        {
            case null:
                errors.Required(path, when);
                break;
            case { ClientIP: null }:
                errors.Required(path.Child("clientIP"), when);
                break;
            case { ClientIP.TimeoutSeconds: null }:
                errors.Required(path.Child("clientIP").Child("timeoutSeconds"), when);
                break;
            case { ClientIP.TimeoutSeconds: <= 0 or > 86400 } config:
                errors.Invalid(path.Child("clientIP").Child("timeoutSeconds"), config.ClientIP.TimeoutSeconds,
                    "must be greater than 0 and less than 86400");
                break;
        }
    }

    private static void CheckLoadBalancer(ServiceSpec spec, List<FieldError> errors)
    {
        var balanced = spec.Type == ServiceType.LoadBalancer;
        var ranges = Spec.Child("LoadBalancerSourceRanges");
        if (!spec.LoadBalancerSourceRanges.IsEmpty && !balanced)
        {
            errors.Forbidden(ranges, OnlyLoadBalancer);
        }

        for (var i = 0; i < spec.LoadBalancerSourceRanges.Count; i++)
        {
            var range = spec.LoadBalancerSourceRanges[i].Trim();
            errors.Invalid(ranges.Index(i), range, Names.Cidr(range));
        }

        if (spec.AllocateLoadBalancerNodePorts is not null && !balanced)
        {
            errors.Forbidden(Spec.Child("allocateLoadBalancerNodePorts"), OnlyLoadBalancer);
        }

        if (balanced && spec.AllocateLoadBalancerNodePorts is null)
        {
            errors.Required(FieldPath.Of("allocateLoadBalancerNodePorts"));
        }
    }

    private static void CheckClass(ServiceSpec spec, ServiceSpec? old, List<FieldError> errors)
    {
        var path = Spec.Child("loadBalancerClass");
        if (old is { Type: ServiceType.LoadBalancer } && spec.Type == ServiceType.LoadBalancer)
        {
            if (old.LoadBalancerClass != spec.LoadBalancerClass)
            {
                errors.Invalid(path, spec.LoadBalancerClass, "may not change once set");
            }

            return;
        }

        if (spec.LoadBalancerClass is not { } name)
        {
            return;
        }

        if (spec.Type != ServiceType.LoadBalancer)
        {
            errors.Forbidden(path, OnlyLoadBalancer);
            return;
        }

        errors.Invalid(path, name, Names.QualifiedName(name));
    }

    private static void CheckTraffic(ServiceSpec spec, List<FieldError> errors)
    {
        var external = Spec.Child("externalTrafficPolicy");
        if (ServiceRules.IsExternallyAccessible(spec))
        {
            errors.RequiredOneOf(external, spec.ExternalTrafficPolicy,
                ServiceExternalTrafficPolicy.Cluster, ServiceExternalTrafficPolicy.Local);
        }
        else if (spec.ExternalTrafficPolicy.Length > 0)
        {
            errors.Invalid(external, spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
        }

        var health = Spec.Child("healthCheckNodePort");
        if (!ServiceRules.NeedsHealthCheck(spec))
        {
            if (spec.HealthCheckNodePort != 0)
            {
                errors.Invalid(health, spec.HealthCheckNodePort,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
            }
        }
        else if (spec.HealthCheckNodePort == 0)
        {
            errors.Required(health);
        }
        else
        {
            errors.Invalid(health, spec.HealthCheckNodePort, Names.PortNumber(spec.HealthCheckNodePort));
        }

        var inside = Spec.Child("internalTrafficPolicy");
        if (spec.InternalTrafficPolicy is { } policy)
        {
            errors.OneOf(inside, policy, ServiceInternalTrafficPolicy.Cluster, ServiceInternalTrafficPolicy.Local);
        }
        else if (ServiceRules.HasClusterIP(spec.Type))
        {
            errors.Required(inside);
        }

        if (spec.TrafficDistribution is { } distribution)
        {
            errors.OneOf(
                Spec.Child("trafficDistribution"), distribution, "PreferClose", "PreferSameZone", "PreferSameNode");
        }
    }
}
