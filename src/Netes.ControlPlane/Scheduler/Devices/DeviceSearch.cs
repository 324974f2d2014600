using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <param name="Claim">Whose it is.</param>
/// <param name="Constraints">Those of the claim; all requests of one claim share them.</param>
/// <param name="Alternatives">What would do, the best first.</param>
internal sealed record SearchedRequest(
    int Claim, AttributeConstraint[] Constraints, List<DeviceAlternative> Alternatives);

/// <summary>A device for a request.</summary>
internal sealed record DeviceChoice(DeviceAlternative Alternative, NodeDevice Device, DeviceTake Take);

/// <summary>
/// Tries one device after another for each request, one request after another for each claim, and goes back where it
/// does not go on: the first choice that satisfies all is taken. Within a request devices are tried in their order
/// only, since which of them comes first there does not matter. Never deeper than the devices that claims may have.
/// </summary>
internal sealed class DeviceSearch(DeviceAllocatorOptions options, NodeDevices devices)
{
    private const int LooksPerGlance = 256;

    private readonly List<SearchedRequest> _requests = [];
    private readonly List<DeviceChoice> _choices = [];
    private readonly DeviceUse _use = new(options.Allocated);
    private readonly long _started = options.Time.GetTimestamp();
    private int _looks;

    public void Add(SearchedRequest request) => _requests.Add(request);

    public bool Run() => TryRequest(0);

    /// <summary>The devices of a claim, in the order of its requests.</summary>
    public IReadOnlyList<DeviceChoice> Choices(int claim) =>
        [.. _choices.Where(choice => choice.Alternative.Claim == claim)];

    private bool TryRequest(int request)
    {
        if (request == _requests.Count)
        {
            return true;
        }

        var own = _choices.Count(choice => choice.Alternative.Claim == _requests[request].Claim);
        foreach (var alternative in _requests[request].Alternatives)
        {
            if (own + alternative.Count <= DeviceLimits.Results && alternative.All is not { Count: 0 }
                && TryDevices(request, alternative, 0, 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="request">Which.</param>
    /// <param name="alternative">What would do.</param>
    /// <param name="taken">So many devices it has.</param>
    /// <param name="from">Of the devices, those before are tried.</param>
    private bool TryDevices(int request, DeviceAlternative alternative, int taken, int from)
    {
        if (taken == alternative.Count)
        {
            return TryRequest(request + 1);
        }

        if (alternative.All is { } all)
        {
            return TryDevice(request, alternative, all[taken], taken, 0);
        }

        for (var i = from; i < devices.All.Count; i++)
        {
            if (TryDevice(request, alternative, devices.All[i], taken, i + 1))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryDevice(int request, DeviceAlternative alternative, NodeDevice device, int taken, int next)
    {
        CheckTime();
        if (!_use.IsFree(alternative, device) || !alternative.Matches(device)
            || DeviceTolerations.Prevent(device.Device, alternative.Wish.Tolerations)
            || _use.Take(alternative, device) is not { } take)
        {
            return false;
        }

        var constraints = _requests[request].Constraints;
        var kept = 0;
        while (kept < constraints.Length
            && constraints[kept].Add(alternative.Name, device.Id.Driver, device.Device))
        {
            kept++;
        }

        if (kept == constraints.Length)
        {
            _choices.Add(new DeviceChoice(alternative, device, take));
            if (TryDevices(request, alternative, taken + 1, next))
            {
                return true;
            }

            _choices.RemoveAt(_choices.Count - 1);
        }

        while (kept-- > 0)
        {
            constraints[kept].Remove(alternative.Name);
        }

        _use.Return(alternative, device, take);
        return false;
    }

    private void CheckTime()
    {
        if (++_looks % LooksPerGlance == 0 && options.Timeout > TimeSpan.Zero
            && options.Time.GetElapsedTime(_started) > options.Timeout)
        {
            throw new DeviceException("timed out trying to allocate devices", isOfNode: true);
        }
    }
}
