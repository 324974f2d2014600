using Netes.Api;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Source: dynamic-resource-allocation/resourceclaim/devicetoleration.go.</summary>
internal static class DeviceTolerations
{
    /// <summary>Whether a taint of the device keeps it from being given out.</summary>
    public static bool Prevent(Device device, ValueList<DeviceToleration> tolerations)
    {
        foreach (var taint in device.Taints)
        {
            if (taint.Effect is DeviceTaintEffect.NoExecute or DeviceTaintEffect.NoSchedule
                && !tolerations.Any(toleration => Tolerates(toleration, taint)))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Tolerates(DeviceToleration toleration, DeviceTaint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            DeviceTolerationOperator.Exists => true,
            "" or DeviceTolerationOperator.Equal => toleration.Value == taint.Value,
            _ => false,
        };
}
