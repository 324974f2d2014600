namespace Netes.Api.Core;

/// <summary>
/// Names and amounts of resources. Source: pkg/apis/core/helper/helpers.go, ValidateResourceQuantityValue of
/// pkg/apis/core/validation/validation.go.
/// </summary>
internal static class ResourceRules
{
    public const string HugePages = "hugepages-";
    private const string QuotaHugePages = "requests.hugepages-";

    private static readonly HashSet<string> Countable = new(StringComparer.Ordinal)
    {
        ResourceName.Pods, ResourceName.Resourcequotas, ResourceName.Services, ResourceName.Replicationcontrollers,
        ResourceName.Secrets, ResourceName.Configmaps, ResourceName.Persistentvolumeclaims,
        ResourceName.ServicesNodeports, ResourceName.ServicesLoadbalancers,
    };

    private static readonly HashSet<string> Quota = new(Countable, StringComparer.Ordinal)
    {
        ResourceName.Cpu, ResourceName.Memory, ResourceName.EphemeralStorage, ResourceName.RequestsCpu,
        ResourceName.RequestsMemory, ResourceName.RequestsStorage, ResourceName.RequestsEphemeralStorage,
        ResourceName.LimitsCpu, ResourceName.LimitsMemory, ResourceName.LimitsEphemeralStorage,
    };

    public static bool IsContainer(string name) =>
        name is ResourceName.Cpu or ResourceName.Memory or ResourceName.EphemeralStorage || IsHugePages(name);

    public static bool IsHugePages(string name) => name.StartsWith(HugePages, StringComparison.Ordinal);

    public static bool IsQuota(string name) =>
        Quota.Contains(name) || IsHugePages(name) || name.StartsWith(QuotaHugePages, StringComparison.Ordinal);

    public static bool IsStandard(string name) => IsQuota(name) || name == ResourceName.Storage;

    /// <summary>Kubernetes' own: without a domain, or in kubernetes.io.</summary>
    public static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    /// <summary>A resource of a device plugin, e.g. nvidia.com/gpu.</summary>
    public static bool IsExtended(string name) =>
        !IsNative(name) && !name.StartsWith("requests.", StringComparison.Ordinal)
        && Names.IsQualifiedName($"requests.{name}");

    public static bool IsOvercommitAllowed(string name) => IsNative(name) && !IsHugePages(name);

    public static void ValidateName(string name, FieldPath path, List<FieldError> errors)
    {
        var messages = Names.QualifiedName(name);
        errors.Invalid(path, name, messages);
        if (messages.Count == 0 && !name.Contains('/', StringComparison.Ordinal) && !IsStandard(name))
        {
            errors.Invalid(path, name, "must be a standard resource type or fully qualified");
        }
    }

    public static void ValidateContainerName(string name, FieldPath path, List<FieldError> errors)
    {
        ValidateName(name, path, errors);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (!IsContainer(name))
            {
                errors.Invalid(path, name, "must be a standard resource for containers");
            }
        }
        else if (!IsNative(name) && !IsExtended(name))
        {
            errors.Invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    public static void ValidateQuotaName(string name, FieldPath path, List<FieldError> errors)
    {
        var before = errors.Count;
        ValidateName(name, path, errors);
        if (errors.Count == before && !name.Contains('/', StringComparison.Ordinal) && !IsQuota(name))
        {
            errors.Invalid(path, name, "must be a standard resource for quota");
        }
    }

    public static void ValidateAmount(string name, Quantity amount, FieldPath path, List<FieldError> errors)
    {
        if (amount < Quantity.Zero)
        {
            errors.Invalid(path, amount, Checks.Negative);
        }

        if ((Countable.Contains(name) || IsExtended(name)) && amount.MilliValue % 1000 != 0)
        {
            errors.Invalid(path, amount, "must be an integer");
        }
    }

    /// <summary>Huge pages come whole. Source: IsHugePageResourceValueDivisible.</summary>
    public static bool IsWholePages(string name, Quantity amount) =>
        Quantity.TryParse(name[HugePages.Length..], out var page) && page.Value > 0 && amount.Value % page.Value == 0;
}
