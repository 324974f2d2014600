using System.Globalization;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Environments;

/// <summary>What a container may use, as a number. Source: pkg/api/v1/resource/helpers.go.</summary>
public static class ResourceFields
{
    /// <summary>The value, rounded up, or null when the resource is not supported.</summary>
    /// <param name="allocatable">What the node offers: stands for a limit that is not set.</param>
    public static string? ValueOf(
        Container container, string resource, Quantity divisor, ValueMap<Quantity> allocatable)
    {
        var dot = resource.IndexOf('.', StringComparison.Ordinal);
        var kind = dot < 0 ? "" : resource[..dot];
        if (kind is not ("limits" or "requests"))
        {
            return null;
        }

        var name = resource[(dot + 1)..];
        if (name is not ("cpu" or "memory" or "ephemeral-storage")
            && !name.StartsWith("hugepages-", StringComparison.Ordinal))
        {
            return null;
        }

        var resources = container.Resources;
        var amount = (kind == "limits" ? resources.Limits : resources.Requests).Get(name);
        if (amount.IsZero && kind == "limits")
        {
            amount = allocatable.Get(name);
        }

        // CPU counts in thousandths, all else in whole units; both round up.
        var unit = divisor.IsZero ? Quantity.FromValue(1) : divisor;
        var (value, by) = name == "cpu" ? (amount.MilliValue, unit.MilliValue) : (amount.Value, unit.Value);
        return by <= 0 ? null : ((value + by - 1) / by).ToString(CultureInfo.InvariantCulture);
    }
}
