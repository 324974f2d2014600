namespace Netes.Api.DynamicResources;

/// <summary>
/// The rules of what a claim asks for. Source: pkg/apis/resource/v1/defaults.go,
/// validateDeviceClaim of pkg/apis/resource/validation/validation.go.
/// </summary>
internal static class DeviceClaimRules
{
    private const string NoSuchRequest =
        "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

    public static ResourceClaimSpec Default(ResourceClaimSpec spec) => spec with
    {
        Devices = spec.Devices with { Requests = spec.Devices.Requests.Map(Default) },
    };

    public static void Validate(ResourceClaimSpec spec, FieldPath path, List<FieldError> errors)
    {
        var (claim, at) = (spec.Devices, path.Child("devices"));
        errors.EachOnce(at.Child("requests"), claim.Requests, DeviceLimits.Entries,
            static request => request.Name, (request, item) => Validate(request, item, errors));
        errors.Each(at.Child("constraints"), claim.Constraints, DeviceLimits.Entries,
            (constraint, item) => Validate(constraint, claim, item, errors));
        errors.Each(at.Child("config"), claim.Config, DeviceLimits.Entries, (config, item) =>
        {
            References(config.Requests, claim, item, errors);
            errors.Configuration(item, config.DeviceConfiguration, isStored: false);
        });
    }

    /// <summary>Names of requests that the claim has.</summary>
    public static void References(
        ValueList<string> names, DeviceClaim claim, FieldPath path, List<FieldError> errors) =>
        errors.EachOnce(path.Child("requests"), names, DeviceLimits.Entries, static name => name,
            (name, item) => Reference(name, claim, item, errors));

    public static void Reference(string name, DeviceClaim claim, FieldPath path, List<FieldError> errors)
    {
        var parts = name.Split('/');
        if (parts.Length > 2)
        {
            errors.Invalid(path, name, NoSuchRequest);
            return;
        }

        foreach (var part in parts)
        {
            errors.Label(path, part);
        }

        if (!claim.Requests.Any(request => request.Name == parts[0]
            && (parts.Length == 1 || request.FirstAvailable.Any(sub => sub.Name == parts[1]))))
        {
            errors.Invalid(path, name, NoSuchRequest);
        }
    }

    public static void ValidateSelectors(ValueList<DeviceSelector> selectors, FieldPath path, List<FieldError> errors)
    {
        errors.Each(path, selectors, DeviceLimits.Entries, (selector, item) =>
        {
            var at = item.Child("cel");
            if (selector.CEL is not { } cel)
            {
                errors.Required(at);
            }
            else
            {
                ValidateExpression(cel.Expression, at.Child("expression"), errors);
            }
        });
    }

    private static void ValidateExpression(string text, FieldPath path, List<FieldError> errors)
    {
        if (text.Length > DeviceLimits.ExpressionBytes)
        {
            errors.Add(FieldError.TooLong(path, DeviceLimits.ExpressionBytes));
            return;
        }

        var expression = DeviceExpression.Compile(text);
        if (expression.Error.Length > 0)
        {
            errors.Invalid(path, text, expression.Error);
        }
        else if (expression.MaxCost > DeviceLimits.ExpressionCost)
        {
            errors.Forbidden(path, "too complex, exceeds cost limit");
        }
    }

    private static DeviceRequest Default(DeviceRequest request) => request with
    {
        Exactly = request.Exactly is { } exactly
            ? exactly with
            {
                AllocationMode = Mode(exactly.AllocationMode),
                Count = Count(exactly.AllocationMode, exactly.Count),
                Tolerations = exactly.Tolerations.Map(Default),
            }
            : null,
        FirstAvailable = request.FirstAvailable.Map(static sub => sub with
        {
            AllocationMode = Mode(sub.AllocationMode),
            Count = Count(sub.AllocationMode, sub.Count),
            Tolerations = sub.Tolerations.Map(Default),
        }),
    };

    private static DeviceToleration Default(DeviceToleration toleration) => toleration.Operator.Length > 0
        ? toleration
        : toleration with { Operator = DeviceTolerationOperator.Equal };

    private static string Mode(string mode) => mode.Length > 0 ? mode : DeviceAllocationMode.ExactCount;

    private static long Count(string mode, long count) =>
        count == 0 && Mode(mode) == DeviceAllocationMode.ExactCount ? 1 : count;

    private static void Validate(DeviceRequest request, FieldPath path, List<FieldError> errors)
    {
        errors.Label(path.Child("name"), request.Name);
        switch (request)
        {
            case { Exactly: null, FirstAvailable.IsEmpty: true }:
                errors.Required(path, "exactly one of `exactly` or `firstAvailable` is required");
                break;
            case { Exactly: not null, FirstAvailable.IsEmpty: false }:
                errors.Invalid(path, null,
                    "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
                break;
            case { Exactly: { } exactly }:
                Validate(DeviceWish.Of(exactly), path.Child("exactly"), errors);
                break;
            default:
                errors.EachOnce(path.Child("firstAvailable"), request.FirstAvailable, DeviceLimits.FirstAvailable,
                    static sub => sub.Name, (sub, item) =>
                    {
                        errors.Label(item.Child("name"), sub.Name);
                        Validate(DeviceWish.Of(sub), item, errors);
                    });
                break;
        }
    }

    private static void Validate(DeviceWish wish, FieldPath path, List<FieldError> errors)
    {
        var className = path.Child("deviceClassName");
        if (wish.DeviceClassName.Length == 0)
        {
            errors.Required(className);
        }
        else
        {
            errors.Invalid(className, wish.DeviceClassName, Names.Dns1123Subdomain(wish.DeviceClassName));
        }

        ValidateSelectors(wish.Selectors, path.Child("selectors"), errors);
        if (wish.AllocationMode == DeviceAllocationMode.All)
        {
            if (wish.Count != 0)
            {
                errors.Invalid(path.Child("count"), wish.Count,
                    "must not be specified when allocationMode is 'All'");
            }
        }
        else if (wish.AllocationMode == DeviceAllocationMode.ExactCount)
        {
            errors.Positive(path.Child("count"), wish.Count);
        }
        else
        {
            errors.OneOf(path.Child("allocationMode"), wish.AllocationMode,
                DeviceAllocationMode.All, DeviceAllocationMode.ExactCount);
        }

        errors.Each(path.Child("tolerations"), wish.Tolerations, DeviceLimits.Tolerations,
            (toleration, item) => errors.Toleration(item, toleration));
    }

    private static void Validate(
        DeviceConstraint constraint, DeviceClaim claim, FieldPath path, List<FieldError> errors)
    {
        References(constraint.Requests, claim, path, errors);
        if (constraint.MatchAttribute is { } match)
        {
            errors.FullName(path.Child("matchAttribute"), match);
        }
        else if (constraint.DistinctAttribute is { } distinct)
        {
            errors.FullName(path.Child("distinctAttribute"), distinct);
        }
        else
        {
            errors.Required(path, "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, "
                + "but multiple fields are set");
        }
    }
}
