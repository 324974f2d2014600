using Netes.Api;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Holds the devices of some requests to one value of an attribute, or to different ones. Devices are taken back in the
/// reverse order. Source: dynamic-resource-allocation/structured, constraint.go.
/// </summary>
internal sealed class AttributeConstraint(DeviceConstraint constraint)
{
    private readonly List<DeviceAttribute> _values = [];

    /// <param name="request">The request, with its parent when it is one of several that would do.</param>
    /// <param name="driver">Whose device it is.</param>
    /// <param name="device">The device to add.</param>
    /// <returns>False: it may not be added.</returns>
    public bool Add(RequestName request, string driver, Device device)
    {
        if (!IsAbout(request))
        {
            return true;
        }

        if (Find(device, driver, constraint.MatchAttribute ?? constraint.DistinctAttribute ?? "") is not { } value
            || (constraint.MatchAttribute is not null
                ? _values.Count > 0 && _values[0] != value
                : _values.Contains(value)))
        {
            return false;
        }

        _values.Add(value);
        return true;
    }

    public void Remove(RequestName request)
    {
        if (IsAbout(request))
        {
            _values.RemoveAt(_values.Count - 1);
        }
    }

    private bool IsAbout(RequestName request) => constraint.Requests.IsEmpty
        || constraint.Requests.Contains(request.Name) || constraint.Requests.Contains(request.ToString());

    /// <summary>An attribute without a domain is in the driver's.</summary>
    private static DeviceAttribute? Find(Device device, string driver, string name)
    {
        if (device.Attributes.TryGetValue(name, out var value))
        {
            return value;
        }

        return name.StartsWith($"{driver}/", StringComparison.Ordinal)
            ? device.Attributes.Get(name[(driver.Length + 1)..])
            : null;
    }
}

/// <param name="Name">The request.</param>
/// <param name="Sub">Which of those that would do; empty: there is but one.</param>
internal readonly record struct RequestName(string Name, string Sub)
{
    public override string ToString() => Sub.Length == 0 ? Name : $"{Name}/{Sub}";
}
