using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Which devices a request wants: those that its class selects, and it itself.</summary>
internal sealed class DeviceSelectors(
    DeviceExpressions expressions, ResourceClaim claim, DeviceClass deviceClass, ValueList<DeviceSelector> selectors)
{
    public bool Match(DeviceId id, Device device) =>
        Match(deviceClass.Spec.Selectors, () => $"class {deviceClass.Metadata.Name}", id, device)
        && Match(selectors, () => $"claim {ObjectKey.Of(claim)}", id, device);

    private bool Match(ValueList<DeviceSelector> list, Func<string> whose, DeviceId id, Device device)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].CEL is not { } cel)
            {
                throw new DeviceException(
                    $"{whose()}: selector #{i}: CEL expression empty (unsupported selector type?)");
            }

            var expression = expressions.Get(cel.Expression);
            if (expression.Error.Length > 0)
            {
                throw new DeviceException($"{whose()}: selector #{i}: CEL compile error: {expression.Error}");
            }

            var (matches, error) = expression.Match(id.Driver, device);
            if (error.Length > 0)
            {
                throw new DeviceException($"{whose()}: selector #{i} on device {id}: CEL runtime error: {error}");
            }

            if (!matches)
            {
                return false;
            }
        }

        return true;
    }
}
