using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.Tests.ControlPlane.ResourceClaims;

/// <summary>Devices, claims of them, and pods with claims.</summary>
internal static class DeviceObjects
{
    public const string Driver = "d.example.com";

    public static DeviceClass Class(string name) => new() { Metadata = new() { Name = name } };

    public static DeviceRequest Request(string name, long count = 1, string className = "gpus") => new()
    {
        Name = name,
        Exactly = new()
        {
            DeviceClassName = className, AllocationMode = DeviceAllocationMode.ExactCount, Count = count,
        },
    };

    public static ResourceClaim Claim(string name, params ValueList<DeviceRequest> requests) => new()
    {
        Metadata = new() { Namespace = "default", Name = name, Uid = $"uid-{name}" },
        Spec = new() { Devices = new() { Requests = requests.IsEmpty ? [Request("gpu")] : requests } },
    };

    public static ResourceClaimTemplate Template(string name, params ValueList<DeviceRequest> requests) => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new() { Spec = Claim("", requests).Spec },
    };

    /// <summary>Wants the device of that name.</summary>
    public static DeviceSelector Selector(string device) =>
        new() { CEL = new() { Expression = $"device.attributes['{Driver}'].name == '{device}'" } };

    /// <summary>A pool of one slice, of one node.</summary>
    public static ResourceSlice Slice(string node, params ValueList<Device> devices) => new()
    {
        Metadata = new() { Name = $"slice-{node}" },
        Spec = new()
        {
            Driver = Driver,
            Pool = new() { Name = node, Generation = 1, ResourceSliceCount = 1 },
            NodeName = node,
            Devices = devices,
        },
    };

    public static Device NewDevice(string name, params (string Name, string Value)[] attributes) => new()
    {
        Name = name,
        Attributes = attributes.Append((Name: "name", Value: name))
            .Select(pair => KeyValuePair.Create(pair.Name, new DeviceAttribute { StringValue = pair.Value }))
            .ToValueMap(),
    };

    /// <summary>Stands for an extended resource.</summary>
    public static DeviceClass Class(string name, string resource) =>
        Class(name) with { Spec = new() { ExtendedResourceName = resource } };

    /// <summary>Asks for an extended resource.</summary>
    public static Pod Asking(this Pod pod, string resource, long amount = 1)
    {
        var amounts = ValueMap.Of((resource, Quantity.FromValue(amount)));
        return pod with
        {
            Spec = pod.Spec with
            {
                Containers =
                [
                    pod.Spec.Containers[0] with { Resources = new() { Requests = amounts, Limits = amounts } },
                ],
            },
        };
    }

    public static Pod FromTemplate(this Pod pod, string name, string template) =>
        Add(pod, new PodResourceClaim { Name = name, ResourceClaimTemplateName = template });

    public static Pod Using(this Pod pod, string claim) =>
        Add(pod, new PodResourceClaim { Name = claim, ResourceClaimName = claim });

    private static Pod Add(Pod pod, PodResourceClaim claim) =>
        pod with { Spec = pod.Spec with { ResourceClaims = pod.Spec.ResourceClaims.Add(claim) } };
}
