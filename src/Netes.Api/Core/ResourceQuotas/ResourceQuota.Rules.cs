namespace Netes.Api.Core;

/// <summary>Source: ValidateResourceQuota of pkg/apis/core/validation/validation.go.</summary>
internal static class ResourceQuotaRules
{
    private const string Unsupported = "unsupported scope";
    private const string Misapplied = "unsupported scope applied to resource";
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static ResourceQuota Default(ResourceQuota quota) => quota with
    {
        Spec = quota.Spec with { Hard = ResourceLists.RoundUp(quota.Spec.Hard) },
        Status = quota.Status with
        {
            Hard = ResourceLists.RoundUp(quota.Status.Hard),
            Used = ResourceLists.RoundUp(quota.Status.Used),
        },
    };

    public static List<FieldError> Validate(ResourceQuota quota)
    {
        List<FieldError> errors = [];
        ValidateAmounts(quota.Spec.Hard, Spec.Child("hard"), errors);
        ValidateScopes(quota.Spec, errors);
        ValidateSelector(quota.Spec, errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(ResourceQuota next, ResourceQuota old)
    {
        var errors = Validate(next);
        if (!next.Spec.Scopes.ToHashSet(StringComparer.Ordinal).SetEquals(old.Spec.Scopes))
        {
            errors.Invalid(Spec.Child("scopes"), Shown.Strings(next.Spec.Scopes), ObjectMetaRules.Immutable);
        }

        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(ResourceQuota next, ResourceQuota old)
    {
        List<FieldError> errors = [];
        ValidateAmounts(next.Status.Hard, FieldPath.Of("status").Child("hard"), errors);
        ValidateAmounts(next.Status.Used, FieldPath.Of("status").Child("used"), errors);
        return errors;
    }

    private static void ValidateAmounts(ValueMap<Quantity> list, FieldPath path, List<FieldError> errors)
    {
        foreach (var (name, amount) in list)
        {
            ResourceRules.ValidateQuotaName(name, path.Key(name), errors);
            ResourceRules.ValidateAmount(name, amount, path.Key(name), errors);
        }
    }

    private static void ValidateScopes(ResourceQuotaSpec spec, List<FieldError> errors)
    {
        var path = Spec.Child("scopes");
        var shown = Shown.Strings(spec.Scopes);
        foreach (var scope in spec.Scopes)
        {
            if (!IsScope(scope))
            {
                errors.Invalid(path, shown, Unsupported);
            }

            foreach (var name in spec.Hard.Keys)
            {
                if (ResourceRules.IsQuota(name) && !Applies(scope, name))
                {
                    errors.Invalid(path, shown, Misapplied);
                }
            }
        }

        ValidatePairs(spec.Scopes, shown, path, errors);
    }

    private static void ValidateSelector(ResourceQuotaSpec spec, List<FieldError> errors)
    {
        if (spec.ScopeSelector is not { } selector)
        {
            return;
        }

        var path = Spec.Child("scopeSelector").Child("matchExpressions");
        foreach (var expression in selector.MatchExpressions)
        {
            if (!IsScope(expression.ScopeName))
            {
                errors.Invalid(path.Child("scopeName"), expression.ScopeName, Unsupported);
            }

            foreach (var name in spec.Hard.Keys)
            {
                if (ResourceRules.IsQuota(name) && !Applies(expression.ScopeName, name))
                {
                    errors.Invalid(path, Shown.Of(selector), Misapplied);
                }
            }

            ValidateOperator(expression, path, errors);
        }

        ValidatePairs(selector.MatchExpressions.Select(expression => expression.ScopeName).ToValueList(),
            Shown.Strings(spec.Scopes), path, errors);
    }

    private static void ValidateOperator(
        ScopedResourceSelectorRequirement expression, FieldPath path, List<FieldError> errors)
    {
        if (expression.ScopeName is not (ResourceQuotaScope.PriorityClass or ResourceQuotaScope.VolumeAttributesClass)
            && IsScope(expression.ScopeName) && expression.Operator != ScopeSelectorOperator.Exists)
        {
            errors.Invalid(path.Child("operator"), expression.Operator,
                "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
                + "ResourceQuotaScopeNotTerminating, "
                + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or "
                + "ResourceQuotaScopeCrossNamespacePodAffinity");
        }

        switch (expression.Operator)
        {
            case ScopeSelectorOperator.In or ScopeSelectorOperator.NotIn:
                if (expression.Values.IsEmpty)
                {
                    errors.Required(path.Child("values"),
                        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }

                break;
            case ScopeSelectorOperator.Exists or ScopeSelectorOperator.DoesNotExist:
                if (!expression.Values.IsEmpty)
                {
                    errors.Invalid(path.Child("values"), Shown.Strings(expression.Values),
                        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }

                break;
            default:
                errors.Invalid(path.Child("operator"), expression.Operator, "not a valid selector operator");
                break;
        }
    }

    private static void ValidatePairs(ValueList<string> scopes, Shown shown, FieldPath path, List<FieldError> errors)
    {
        foreach (var (one, other) in ((string, string)[])
        [
            (ResourceQuotaScope.BestEffort, ResourceQuotaScope.NotBestEffort),
            (ResourceQuotaScope.Terminating, ResourceQuotaScope.NotTerminating),
        ])
        {
            if (scopes.Contains(one) && scopes.Contains(other))
            {
                errors.Invalid(path, shown, "conflicting scopes");
            }
        }
    }

    private static bool IsScope(string scope) =>
        scope is ResourceQuotaScope.BestEffort or ResourceQuotaScope.NotBestEffort
        or ResourceQuotaScope.Terminating or ResourceQuotaScope.NotTerminating or ResourceQuotaScope.PriorityClass
        or ResourceQuotaScope.CrossNamespacePodAffinity or ResourceQuotaScope.VolumeAttributesClass;

    // Source: IsResourceQuotaScopeValidForResource.
    private static bool Applies(string scope, string resource) => scope switch
    {
        ResourceQuotaScope.BestEffort => resource == ResourceName.Pods,
        ResourceQuotaScope.Terminating or ResourceQuotaScope.NotTerminating or ResourceQuotaScope.NotBestEffort
            or ResourceQuotaScope.PriorityClass or ResourceQuotaScope.CrossNamespacePodAffinity =>
            resource is ResourceName.Pods or ResourceName.Cpu or ResourceName.Memory or ResourceName.EphemeralStorage
                or ResourceName.RequestsCpu or ResourceName.RequestsMemory or ResourceName.RequestsEphemeralStorage
                or ResourceName.LimitsCpu or ResourceName.LimitsMemory or ResourceName.LimitsEphemeralStorage,
        ResourceQuotaScope.VolumeAttributesClass =>
            resource is ResourceName.Persistentvolumeclaims or ResourceName.RequestsStorage,
        _ => true,
    };
}
