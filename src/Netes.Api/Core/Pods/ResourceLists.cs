namespace Netes.Api.Core;

/// <summary>Arithmetic on amounts of resources by name.</summary>
public static class ResourceLists
{
    private const long NanosPerMilli = 1_000_000;

    public static ValueMap<Quantity> Add(ValueMap<Quantity> left, ValueMap<Quantity> right)
    {
        foreach (var (name, amount) in right)
        {
            left = left.Set(name, left.TryGetValue(name, out var sum) ? sum + amount : amount);
        }

        return left;
    }

    public static ValueMap<Quantity> Max(ValueMap<Quantity> left, ValueMap<Quantity> right)
    {
        foreach (var (name, amount) in right)
        {
            if (!left.TryGetValue(name, out var other) || amount > other)
            {
                left = left.Set(name, amount);
            }
        }

        return left;
    }

    /// <summary>Amounts finer than a thousandth are rounded up. Source: SetDefaults_ResourceList.</summary>
    public static ValueMap<Quantity> RoundUp(ValueMap<Quantity> list)
    {
        foreach (var (name, amount) in list)
        {
            var rest = amount.Nanos % NanosPerMilli;
            if (rest != 0)
            {
                var whole = amount.Nanos - rest + (rest > 0 ? NanosPerMilli : 0);
                list = list.Set(name, Quantity.FromNanos(whole, amount.Format));
            }
        }

        return list;
    }

    public static ResourceRequirements RoundUp(ResourceRequirements resources)
    {
        var (limits, requests) = (RoundUp(resources.Limits), RoundUp(resources.Requests));
        return limits == resources.Limits && requests == resources.Requests
            ? resources
            : resources with { Limits = limits, Requests = requests };
    }
}
