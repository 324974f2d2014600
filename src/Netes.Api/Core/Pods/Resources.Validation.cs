namespace Netes.Api.Core;

/// <summary>
/// Requests and limits. Source: validateResourceRequirements of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class PodResourceValidation
{
    public static void Validate(PodCheck check, FieldPath path)
    {
        var (spec, errors) = (check.Spec, check.Errors);
        if (spec.Overhead is { IsEmpty: false } overhead)
        {
            var limits = ResourceRequirements.Empty with { Limits = overhead };
            ValidateContainer(limits, [], FieldPath.Of("spec").Child("overhead"), errors);
        }

        if (spec.Resources is not { } resources)
        {
            return;
        }

        if (!resources.Claims.IsEmpty)
        {
            errors.Forbidden(path.Child("claims"), "claims cannot be set for Resources at pod-level");
        }

        Validate(resources, [], ValidatePodName, path, errors);
        ValidateConsistency(spec, resources, path, errors);
    }

    public static void ValidateContainer(
        ResourceRequirements resources, HashSet<string> podClaims, FieldPath path, List<FieldError> errors) =>
        Validate(resources, podClaims, ResourceRules.ValidateContainerName, path, errors);

    private static void ValidatePodName(string name, FieldPath path, List<FieldError> errors)
    {
        var before = errors.Count;
        ResourceRules.ValidateName(name, path, errors);
        if (errors.Count == before && !PodResources.IsPodLevel(name))
        {
            errors.Add(
                FieldError.NotSupported(path, name, [ResourceName.Cpu, ResourceRules.HugePages, ResourceName.Memory]));
        }
    }

    private static void ValidateConsistency(
        PodSpec spec, ResourceRequirements resources, FieldPath path, List<FieldError> errors)
    {
        foreach (var (name, amount) in PodResources.ContainerRequests(spec))
        {
            var whole = resources.Requests.Get(name);
            if (amount > whole && PodResources.IsPodLevel(name))
            {
                errors.Invalid(path.Child("requests").Key(name), whole,
                    $"must be greater than or equal to aggregate container requests of {amount}");
            }
        }

        for (var i = 0; i < spec.Containers.Count; i++)
        {
            foreach (var (name, amount) in spec.Containers[i].Resources.Limits)
            {
                if (resources.Limits.TryGetValue(name, out var whole) && amount > whole)
                {
                    errors.Invalid(path.Child("containers").Index(i).Key(name).Child("limits"), amount,
                        $"must be less than or equal to pod limits of {whole}");
                }
            }
        }
    }

    private static void Validate(
        ResourceRequirements resources, HashSet<string> podClaims, Action<string, FieldPath,
            List<FieldError>> validateName,
        FieldPath path, List<FieldError> errors)
    {
        var (limits, requests) = (path.Child("limits"), path.Child("requests"));
        foreach (var (name, amount) in resources.Limits)
        {
            Validate(name, amount, validateName, limits.Key(name), errors);
        }

        foreach (var (name, amount) in resources.Requests)
        {
            Validate(name, amount, validateName, requests.Key(name), errors);
            var overcommits = ResourceRules.IsOvercommitAllowed(name);
            if (!resources.Limits.TryGetValue(name, out var limit))
            {
                if (!overcommits)
                {
                    errors.Required(limits, "Limit must be set for non overcommitable resources");
                }
            }
            else if (amount != limit && !overcommits)
            {
                errors.Invalid(requests, amount, $"must be equal to {name} limit of {limit}");
            }
            else if (amount > limit)
            {
                errors.Invalid(requests, amount, $"must be less than or equal to {name} limit of {limit}");
            }
        }

        var names = resources.Limits.Keys.Concat(resources.Requests.Keys).ToList();
        if (names.Exists(ResourceRules.IsHugePages)
            && !names.Exists(static name => name is ResourceName.Cpu or ResourceName.Memory))
        {
            errors.Forbidden(path, "HugePages require cpu or memory");
        }

        ValidateClaims(resources.Claims, podClaims, path.Child("claims"), errors);
    }

    private static void Validate(
        string name, Quantity amount, Action<string, FieldPath, List<FieldError>> validateName, FieldPath path,
        List<FieldError> errors)
    {
        validateName(name, path, errors);
        ResourceRules.ValidateAmount(name, amount, path, errors);
        if (ResourceRules.IsHugePages(name) && !ResourceRules.IsWholePages(name, amount))
        {
            errors.Invalid(path, amount, $"{amount} is not positive integer multiple of {name}");
        }
    }

    private static void ValidateClaims(
        ValueList<ResourceClaim> claims, HashSet<string> podClaims, FieldPath path, List<FieldError> errors)
    {
        HashSet<string> seen = [];
        for (var i = 0; i < claims.Count; i++)
        {
            var (claim, at) = (claims[i], path.Index(i));
            if (claim.Name.Length == 0)
            {
                errors.Required(at);
                continue;
            }

            if (claim.Request.Length > 0)
            {
                errors.Invalid(at.Child("request"), claim.Request, Names.Dns1123Label(claim.Request));
            }

            var key = claim.Request.Length > 0 ? $"{claim.Name}/{claim.Request}" : claim.Name;
            var whole = claims.Take(i).Any(other => other.Name == claim.Name
                && (other.Request.Length == 0 || claim.Request.Length == 0));
            if (!seen.Add(key) || whole)
            {
                errors.Add(FieldError.Duplicate(at, claim.Request.Length > 0 && !whole ? key : claim.Name));
            }

            if (!podClaims.Contains(claim.Name))
            {
                var missing = FieldError.NotFound(at, claim.Name);
                var known = podClaims.Count == 0
                    ? " which is empty"
                    : $": {string.Join(", ", podClaims.Order(StringComparer.Ordinal))}";
                errors.Add(
                    missing with { Body = $"{missing.Body}: must be one of the names in "
                        + $"pod.spec.resourceClaims{known}" });
            }
        }
    }
}
