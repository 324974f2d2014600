using Netes.Api;
using Netes.Api.DynamicResources;

namespace Netes.ApiServer.Admission;

/// <summary>
/// A taint of a device begins when it is first told of. Kubernetes has that among its defaults; those of Netes read no
/// clock. Source: pkg/apis/resource/v1/defaults.go, SetDefaults_DeviceTaint.
/// </summary>
internal sealed class DeviceTaintTimes(TimeProvider time) : IMutatingAdmissionPlugin
{
    public string Name => "DeviceTaintTimes";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel) => new(
        attributes.Object is ResourceSlice slice && slice.Spec.Devices.Any(HasNew)
            ? slice with { Spec = slice.Spec with { Devices = slice.Spec.Devices.Map(WithTimes) } }
            : attributes.Object);

    private static bool HasNew(Device device) => device.Taints.Any(static taint => taint.TimeAdded is null);

    private Device WithTimes(Device device) => device with
    {
        Taints = device.Taints.Map(taint => taint with
        {
            TimeAdded = taint.TimeAdded ?? Timestamp.From(time.GetUtcNow()),
        }),
    };
}
