namespace Netes.Api.Core;

/// <summary>Source: validatePodExtendedResourceClaimStatus of pkg/apis/core/validation/validation.go.</summary>
internal static class PodExtendedResourceClaimStatusRules
{
    public static void Validate(
        PodExtendedResourceClaimStatus status, PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        var mappings = path.Child("requestMappings");
        if (status.RequestMappings.IsEmpty)
        {
            errors.Required(mappings, "at least one request mapping is required");
        }

        HashSet<ContainerExtendedResourceRequest> seen = [];
        for (var i = 0; i < status.RequestMappings.Count; i++)
        {
            var (mapping, at) = (status.RequestMappings[i], mappings.Index(i));
            Validate(mapping, spec, at, errors);
            errors.Invalid(path.Child("requestName"), mapping.RequestName, Names.Dns1123Label(mapping.RequestName));
            if (!seen.Add(mapping))
            {
                errors.Add(FieldError.Duplicate(at.Child("containerName"), mapping.ContainerName));
                errors.Add(FieldError.Duplicate(at.Child("resourceName"), mapping.ResourceName));
                errors.Add(FieldError.Duplicate(at.Child("requestName"), mapping.RequestName));
            }
        }

        var name = status.ResourceClaimName;
        if (name.Length == 0)
        {
            errors.Required(path.Child("resourceClaimName"), "");
        }
        else
        {
            errors.Invalid(path.Child("resourceClaimName"), name, Names.Dns1123Subdomain(name));
        }
    }

    private static void Validate(
        ContainerExtendedResourceRequest mapping, PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        var container = spec.Containers.Concat(spec.InitContainers)
            .FirstOrDefault(one => one.Name == mapping.ContainerName);
        if (container is null)
        {
            errors.Invalid(path.Child("containerName"), mapping.ContainerName,
                "must match the name of an entry in spec.initContainers.name or spec.containers.name");
        }
        else if (!container.Resources.Requests.ContainsKey(mapping.ResourceName))
        {
            errors.Invalid(path.Child("resourceName"), mapping.ResourceName,
                "must match the extended resource name of an entry in spec.initContainers.resources.requests or "
                + "spec.containers.resources.requests");
        }
    }
}
