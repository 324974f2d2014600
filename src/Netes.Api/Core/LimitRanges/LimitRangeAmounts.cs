using System.Globalization;

namespace Netes.Api.Core;

/// <summary>Amounts of one limit must not contradict each other. Source: ValidateLimitRange.</summary>
internal static class LimitRangeAmounts
{
    public static void Validate(LimitRangeItem item, FieldPath path, List<FieldError> errors)
    {
        var isPod = item.Type == LimitType.Pod;
        var names = item.Max.Keys.Concat(item.Min.Keys).Concat(item.MaxLimitRequestRatio.Keys)
            .Concat(isPod ? [] : item.Default.Keys.Concat(item.DefaultRequest.Keys));
        foreach (var name in names.Distinct().Order(StringComparer.Ordinal))
        {
            Validate(name, item, path, errors);
        }
    }

    private static void Validate(string name, LimitRangeItem item, FieldPath path, List<FieldError> errors)
    {
        Quantity? min = Get(item.Min, name), max = Get(item.Max, name), limit = Get(item.Default, name);
        Quantity? request = Get(item.DefaultRequest, name), ratio = Get(item.MaxLimitRequestRatio, name);
        Exceeds("min", min, min, max, $"min value {min} is greater than max value {max}");
        Exceeds("defaultRequest", request, min, request,
            $"min value {min} is greater than default request value {request}");
        Exceeds("defaultRequest", request, request, max,
            $"default request value {request} is greater than max value {max}");
        Exceeds("defaultRequest", request, request, limit,
            $"default request value {request} is greater than default limit value {limit}");
        Exceeds("default", min, min, limit, $"min value {min} is greater than default value {limit}");
        Exceeds("default", max, limit, max, $"default value {limit} is greater than max value {max}");
        if (ratio is { } factor)
        {
            ValidateRatio(factor, min, max, path.Child("maxLimitRequestRatio").Key(name), errors);
        }

        if (!ResourceRules.IsOvercommitAllowed(name) && limit is not null && request is not null && limit != request)
        {
            errors.Invalid(path.Child("defaultRequest").Key(name), request,
                $"default value {limit} must equal to defaultRequest value {request} in {name}");
        }

        void Exceeds(string field, Quantity? shown, Quantity? less, Quantity? more, string message)
        {
            if (less > more)
            {
                errors.Invalid(path.Child(field).Key(name), shown, message);
            }
        }
    }

    private static void ValidateRatio(
        Quantity ratio, Quantity? min, Quantity? max, FieldPath path, List<FieldError> errors)
    {
        if (ratio < Quantity.FromValue(1))
        {
            errors.Invalid(path, ratio, $"ratio {ratio} is less than 1");
        }

        if (min is { IsZero: false } low && max is { } high)
        {
            var whole = (double)high.Nanos / (double)low.Nanos;
            if ((double)ratio.Nanos / 1e9 > whole)
            {
                errors.Invalid(path, ratio, string.Create(CultureInfo.InvariantCulture,
                    $"ratio {ratio} is greater than max/min = {whole:F6}"));
            }
        }
    }

    private static Quantity? Get(ValueMap<Quantity> list, string name) =>
        list.TryGetValue(name, out var amount) ? amount : null;
}
