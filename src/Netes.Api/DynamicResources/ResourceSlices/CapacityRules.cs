namespace Netes.Api.DynamicResources;

/// <summary>
/// The rules of how much of a device's capacity one request may take. Source: validateRequestPolicy of
/// pkg/apis/resource/validation/validation.go.
/// </summary>
internal static class CapacityRules
{
    public static void Validate(Device device, FieldPath path, List<FieldError> errors)
    {
        foreach (var (name, capacity) in device.Capacity)
        {
            errors.AttributeName(path, name);
            if (capacity.RequestPolicy is not { } policy)
            {
                continue;
            }

            var at = path.Key(name).Child("requestPolicy");
            if (device.AllowMultipleAllocations != true)
            {
                errors.Forbidden(at, "allowMultipleAllocations must be true");
            }
            else if (!policy.ValidValues.IsEmpty && policy.ValidRange is not null)
            {
                errors.Forbidden(at, "exactly one policy can be specified, cannot specify \"validValues\" and "
                    + "\"validRange\" at the same time");
            }
            else if (!policy.ValidValues.IsEmpty)
            {
                ValidateValues(capacity.Value, policy, at, errors);
            }
            else if (policy.ValidRange is { } range)
            {
                ValidateRange(capacity.Value, policy.Default, range, at, errors);
            }
        }
    }

    private static void ValidateValues(
        Quantity most, CapacityRequestPolicy policy, FieldPath path, List<FieldError> errors)
    {
        if (policy.Default is not { } usual)
        {
            errors.Required(path.Child("default"), "required when validValues is defined");
            return;
        }

        var (values, at) = (policy.ValidValues, path.Child("validValues"));
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i - 1] > values[i])
            {
                errors.Invalid(at.Index(i), values[i], "values must be sorted in ascending order");
            }
        }

        errors.EachOnce(at, values, DeviceLimits.PolicyValues, static value => value.ToString(), (value, item) =>
        {
            if (value > most)
            {
                errors.Invalid(item, value, $"option is larger than capacity value: {most}");
            }
        });
        if (!values.Contains(usual))
        {
            errors.Invalid(at, usual, "default value is not valid according to the requestPolicy");
        }
    }

    private static void ValidateRange(
        Quantity most, Quantity? standard, CapacityRequestPolicyRange range, FieldPath path, List<FieldError> errors)
    {
        if (standard is not { } usual)
        {
            errors.Required(path.Child("default"), "required when validRange is defined");
            return;
        }

        var at = path.Child("validRange");
        if (range.Min is not { } least)
        {
            errors.Required(at.Child("min"), "required when validRange is defined");
            return;
        }

        if (least > most)
        {
            errors.Invalid(at.Child("min"), least, $"min is larger than capacity value: {most}");
        }

        if (usual < least)
        {
            errors.Invalid(at.Child("default"), usual, $"default is less than min: {least}");
        }

        if (range.Max is { } top)
        {
            ValidateTop(top, least, usual, most, at, errors);
        }

        if (range.Step is { } step)
        {
            ValidateStep(step, range, usual, most, at.Child("step"), errors);
        }
    }

    private static void ValidateTop(
        Quantity top, Quantity least, Quantity usual, Quantity most, FieldPath path, List<FieldError> errors)
    {
        if (least > top)
        {
            errors.Invalid(path.Child("max"), least, $"min is larger than max: {top}");
        }

        if (top > most)
        {
            errors.Invalid(path.Child("max"), top, $"max is larger than capacity value: {most}");
        }

        if (usual > top)
        {
            errors.Invalid(path.Child("default"), usual, $"default is more than max: {top}");
        }
    }

    private static void ValidateStep(
        Quantity step, CapacityRequestPolicyRange range, Quantity usual, Quantity most, FieldPath path,
        List<FieldError> errors)
    {
        if (step <= Quantity.Zero)
        {
            errors.Invalid(path, step, Checks.NotPositive);
            return;
        }

        var least = range.Min!.Value;
        if (least + step > most)
        {
            errors.Invalid(path, step, $"one step {least + step} is larger than capacity value: {most}");
        }

        foreach (var value in range.Max is { } top ? (Quantity[])[usual, top] : [usual])
        {
            if ((value.Nanos - least.Nanos) % step.Nanos != 0)
            {
                errors.Invalid(path, value, $"value is not a multiple of a given step ({step}) from ({least})");
            }
        }
    }
}
