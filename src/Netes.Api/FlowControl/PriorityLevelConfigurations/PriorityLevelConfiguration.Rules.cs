namespace Netes.Api.FlowControl;

/// <summary>Source: pkg/apis/flowcontrol/v1/defaults.go, pkg/apis/flowcontrol/validation/validation.go.</summary>
internal static class PriorityLevelConfigurationRules
{
    private const int DefaultShares = 30;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static PriorityLevelConfiguration Default(PriorityLevelConfiguration item) => item with
    {
        Spec = item.Spec with
        {
            Limited = item.Spec.Limited is not { } limited ? null : limited with
            {
                NominalConcurrencyShares = limited.NominalConcurrencyShares ?? DefaultShares,
                LendablePercent = limited.LendablePercent ?? 0,
                LimitResponse = limited.LimitResponse with
                {
                    Queuing = limited.LimitResponse.Queuing is { } queuing ? Default(queuing) : null,
                },
            },
            Exempt = item.Spec.Exempt is { } exempt ? exempt with
            {
                NominalConcurrencyShares = exempt.NominalConcurrencyShares ?? 0,
                LendablePercent = exempt.LendablePercent ?? 0,
            }
            : item.Spec.Type == PriorityLevelEnablement.Exempt
                ? ExemptPriorityLevelConfiguration.Empty with { NominalConcurrencyShares = 0, LendablePercent = 0 }
                : null,
        },
    };

    public static List<FieldError> Validate(PriorityLevelConfiguration item)
    {
        List<FieldError> errors = [];
        switch (item.Spec)
        {
            case { Type: PriorityLevelEnablement.Exempt, Limited: not null }:
                errors.Forbidden(Spec.Child("limited"), "must be nil if the type is not Limited");
                break;
            case { Type: PriorityLevelEnablement.Limited, Limited: null }:
                errors.Required(Spec.Child("limited"), "must not be empty when type is Limited");
                break;
            case { Type: PriorityLevelEnablement.Limited, Limited: { } limited }:
                Validate(limited, Spec.Child("limited"), errors);
                break;
            case { Type: PriorityLevelEnablement.Exempt }:
                break;
            default:
                errors.OneOf(
                    Spec.Child("type"), item.Spec.Type, PriorityLevelEnablement.Exempt,
                        PriorityLevelEnablement.Limited);
                break;
        }

        return errors;
    }

    private static QueuingConfiguration Default(QueuingConfiguration queuing) => queuing with
    {
        Queues = queuing.Queues == 0 ? 64 : queuing.Queues,
        HandSize = queuing.HandSize == 0 ? 8 : queuing.HandSize,
        QueueLengthLimit = queuing.QueueLengthLimit == 0 ? 50 : queuing.QueueLengthLimit,
    };

    private static void Validate(LimitedPriorityLevelConfiguration limited, FieldPath path, List<FieldError> errors)
    {
        if (limited.NominalConcurrencyShares < 0)
        {
            errors.Invalid(path.Child("nominalConcurrencyShares"), limited.NominalConcurrencyShares,
                "must be a non-negative integer");
        }

        if (limited.LendablePercent is < 0 or > 100)
        {
            errors.Invalid(
                path.Child("lendablePercent"), limited.LendablePercent, "must be between 0 and 100, inclusive");
        }

        var response = path.Child("limitResponse");
        switch (limited.LimitResponse)
        {
            case { Type: LimitResponseType.Reject, Queuing: not null }:
                errors.Forbidden(response.Child("queuing"), "must be nil if limited.limitResponse.type is not Limited");
                break;
            case { Type: LimitResponseType.Queue, Queuing: null }:
                errors.Required(
                    response.Child("queuing"), "must not be empty if limited.limitResponse.type is Limited");
                break;
            case { Type: LimitResponseType.Queue, Queuing: { } queuing }:
                Validate(queuing, response.Child("queuing"), errors);
                break;
            case { Type: LimitResponseType.Reject }:
                break;
            default:
                errors.OneOf(
                    response.Child("type"), limited.LimitResponse.Type, LimitResponseType.Queue,
                        LimitResponseType.Reject);
                break;
        }
    }

    private static void Validate(QueuingConfiguration queuing, FieldPath path, List<FieldError> errors)
    {
        if (queuing.QueueLengthLimit <= 0)
        {
            errors.Invalid(path.Child("queueLengthLimit"), queuing.QueueLengthLimit, "must be positive");
        }

        if (queuing.Queues <= 0)
        {
            errors.Invalid(path.Child("queues"), queuing.Queues, "must be positive");
        }

        if (queuing.HandSize <= 0)
        {
            errors.Invalid(path.Child("handSize"), queuing.HandSize, "must be positive");
        }
        else if (queuing.HandSize > queuing.Queues)
        {
            errors.Invalid(
                path.Child("handSize"), queuing.HandSize, $"should not be greater than queues ({queuing.Queues})");
        }
    }
}
