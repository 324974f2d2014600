namespace Netes.Api.Core;

/// <summary>Source: SetDefaults_LimitRangeItem and ValidateLimitRange under pkg/apis/core.</summary>
internal static class LimitRangeRules
{
    public static LimitRange Default(LimitRange range) => range with
    {
        Spec = range.Spec with { Limits = range.Spec.Limits.Map(Default) },
    };

    public static List<FieldError> Validate(LimitRange range)
    {
        List<FieldError> errors = [];
        HashSet<string> types = [];
        for (var i = 0; i < range.Spec.Limits.Count; i++)
        {
            var (item, path) = (range.Spec.Limits[i], FieldPath.Of("spec").Child("limits").Index(i));
            ValidateType(item.Type, path.Child("type"), errors);
            if (!types.Add(item.Type))
            {
                errors.Add(FieldError.Duplicate(path.Child("type"), item.Type));
            }

            ValidateNames(item, path, errors);
            LimitRangeAmounts.Validate(item, path, errors);
        }

        return errors;
    }

    private static LimitRangeItem Default(LimitRangeItem item)
    {
        item = item with
        {
            Max = ResourceLists.RoundUp(item.Max),
            Min = ResourceLists.RoundUp(item.Min),
            Default = ResourceLists.RoundUp(item.Default),
            DefaultRequest = ResourceLists.RoundUp(item.DefaultRequest),
            MaxLimitRequestRatio = ResourceLists.RoundUp(item.MaxLimitRequestRatio),
        };
        if (item.Type != LimitType.Container)
        {
            return item;
        }

        // Limits default to the maximum, requests to the limits, and else to the minimum.
        var limits = Fill(item.Default, item.Max);
        return item with { Default = limits, DefaultRequest = Fill(Fill(item.DefaultRequest, limits), item.Min) };
    }

    private static ValueMap<Quantity> Fill(ValueMap<Quantity> list, ValueMap<Quantity> from)
    {
        foreach (var (name, amount) in from)
        {
            list = list.ContainsKey(name) ? list : list.Set(name, amount);
        }

        return list;
    }

    private static void ValidateType(string type, FieldPath path, List<FieldError> errors)
    {
        var messages = Names.QualifiedName(type);
        errors.Invalid(path, type, messages);
        if (messages.Count == 0 && !type.Contains('/', StringComparison.Ordinal)
            && type is not (LimitType.Pod or LimitType.Container or LimitType.PersistentVolumeClaim))
        {
            errors.Invalid(path, type, "must be a standard limit type or fully qualified");
        }
    }

    private static void ValidateNames(LimitRangeItem item, FieldPath path, List<FieldError> errors)
    {
        foreach (var (field, list) in ((string, ValueMap<Quantity>)[])
        [
            ("max", item.Max), ("min", item.Min), ("default", item.Default), ("defaultRequest", item.DefaultRequest),
            ("maxLimitRequestRatio", item.MaxLimitRequestRatio),
        ])
        {
            if (item.Type == LimitType.Pod && field.StartsWith("default", StringComparison.Ordinal))
            {
                if (!list.IsEmpty)
                {
                    errors.Forbidden(path.Child(field), "may not be specified when `type` is 'Pod'");
                }

                continue;
            }

            foreach (var name in list.Keys)
            {
                if (item.Type is LimitType.Pod or LimitType.Container)
                {
                    ResourceRules.ValidateContainerName(name, path.Child(field).Key(name), errors);
                }
                else
                {
                    ResourceRules.ValidateName(name, path.Child(field).Key(name), errors);
                }
            }
        }

        if (item.Type == LimitType.PersistentVolumeClaim && !item.Min.ContainsKey(ResourceName.Storage)
            && !item.Max.ContainsKey(ResourceName.Storage))
        {
            errors.Required(
                path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided");
        }
    }
}
