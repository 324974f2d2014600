using Netes.Api;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// How much of a device's capacity a request takes. Pure.
/// Source: dynamic-resource-allocation/structured, consumable_capacity.go.
/// </summary>
internal static class CapacityRequests
{
    /// <summary>
    /// What the request takes of each capacity; null when the device does not have it, or not so much, or not in such
    /// amounts. <paramref name="used"/> is what others take.
    /// </summary>
    public static ValueMap<Quantity>? Take(
        CapacityRequirements? request, string driver, Device device, ValueMap<Quantity> used)
    {
        var asked = default(ValueMap<Quantity>);
        foreach (var (name, amount) in request?.Requests ?? default)
        {
            if (Find(name, driver, device) is not { } own)
            {
                return null;
            }

            asked = asked.Set(own, amount);
        }

        var taken = default(ValueMap<Quantity>);
        foreach (var (name, capacity) in device.Capacity)
        {
            var amount = Consumed(asked.TryGetValue(name, out var wanted) ? wanted : null, capacity);
            if (Violates(amount, capacity.RequestPolicy) || used.Get(name) + amount > capacity.Value)
            {
                return null;
            }

            taken = taken.Set(name, amount);
        }

        return taken;
    }

    /// <summary>A name without a domain is in the driver's.</summary>
    private static string? Find(string name, string driver, Device device)
    {
        if (device.Capacity.ContainsKey(name))
        {
            return name;
        }

        var other = name.StartsWith($"{driver}/", StringComparison.Ordinal) ? name[(driver.Length + 1)..]
            : name.Contains('/', StringComparison.Ordinal) ? name
            : $"{driver}/{name}";
        return device.Capacity.ContainsKey(other) ? other : null;
    }

    /// <summary>Rounded up to what the device gives; without a request its default, or all.</summary>
    private static Quantity Consumed(Quantity? asked, DeviceCapacity capacity)
    {
        var policy = capacity.RequestPolicy;
        if (asked is not { } amount)
        {
            return policy?.Default ?? capacity.Value;
        }

        if (policy?.ValidRange is { Min: { } least } range)
        {
            if (amount < least)
            {
                return least;
            }

            if (range.Step is not { IsZero: false } step)
            {
                return amount;
            }

            var steps = (amount.Nanos - least.Nanos + step.Nanos - 1) / step.Nanos;
            return Quantity.FromNanos(least.Nanos + (steps * step.Nanos), amount.Format);
        }

        foreach (var value in policy?.ValidValues ?? default)
        {
            if (value >= amount)
            {
                return value;
            }
        }

        return amount;
    }

    private static bool Violates(Quantity amount, CapacityRequestPolicy? policy)
    {
        if (policy?.ValidRange is { } range)
        {
            return (range.Max is { } most && amount > most)
                || (range.Step is { IsZero: false } step
                    && (amount.Nanos - (range.Min?.Nanos ?? 0)) % step.Nanos != 0);
        }

        return policy is { ValidValues.IsEmpty: false } && !policy.ValidValues.Contains(amount);
    }
}
