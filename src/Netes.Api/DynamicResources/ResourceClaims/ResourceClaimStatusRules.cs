using System.Net;
using Netes.Api.Core;

namespace Netes.Api.DynamicResources;

/// <summary>
/// The rules of what the scheduler and drivers write. Source: validateResourceClaimStatusUpdate of
/// pkg/apis/resource/validation/validation.go.
/// </summary>
internal static class ResourceClaimStatusRules
{
    private const string NotAnAddress =
        "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)";

    public static List<FieldError> Validate(ResourceClaim next, ResourceClaim old)
    {
        List<FieldError> errors = [];
        var (status, path) = (next.Status, FieldPath.Of("status"));
        errors.EachOnce(path.Child("reservedFor"), status.ReservedFor, DeviceLimits.ReservedFor,
            static consumer => consumer.Uid, (consumer, item) =>
            {
                errors.RequireText(item.Child("resource"), consumer.Resource);
                errors.RequireText(item.Child("name"), consumer.Name);
                errors.RequireText(item.Child("uid"), consumer.Uid);
            });
        var allocated = (status.Allocation?.Devices.Results ?? default)
            .Select(static result => Id(result.Driver, result.Pool, result.Device, result.ShareID))
            .ToHashSet(StringComparer.Ordinal);
        errors.EachOnce(path.Child("devices"), status.Devices, int.MaxValue,
            static device => Id(device.Driver, device.Pool, device.Device, device.ShareID),
            (device, item) => Validate(device, allocated, item, errors));
        ValidateReservations(next, old, path.Child("reservedFor"), errors);
        if (status.Allocation is { } allocation)
        {
            if (old.Status.Allocation is { } before)
            {
                errors.Immutable(path.Child("allocation"), allocation, before);
            }
            else
            {
                Validate(allocation, next.Spec.Devices, path.Child("allocation"), errors);
            }
        }

        return errors;
    }

    private static string Id(string driver, string pool, string device, string? share) =>
        share is null ? $"{driver}/{pool}/{device}" : $"{driver}/{pool}/{device}/{share}";

    private static void ValidateReservations(
        ResourceClaim next, ResourceClaim old, FieldPath path, List<FieldError> errors)
    {
        if (next.Status.ReservedFor.IsEmpty)
        {
            return;
        }

        if (next.Status.Allocation is null)
        {
            errors.Forbidden(path, "may not be specified when `allocated` is not set");
        }
        else if (next.Metadata.DeletionTimestamp is not null
            && next.Status.ReservedFor.Except(old.Status.ReservedFor).Any())
        {
            errors.Forbidden(path,
                "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
        }
    }

    private static void Validate(
        AllocationResult allocation, DeviceClaim claim, FieldPath path, List<FieldError> errors)
    {
        var devices = path.Child("devices");
        errors.Each(devices.Child("results"), allocation.Devices.Results, DeviceLimits.Results,
            (result, item) => Validate(result, claim, item, errors));
        errors.Each(devices.Child("config"), allocation.Devices.Config, 2 * DeviceLimits.Entries, (config, item) =>
        {
            errors.RequiredOneOf(item.Child("source"), config.Source,
                AllocationConfigSource.FromClaim, AllocationConfigSource.FromClass);
            DeviceClaimRules.References(config.Requests, claim, item, errors);
            errors.Configuration(item, config.DeviceConfiguration, isStored: false);
        });
        if (allocation.NodeSelector is { } selector)
        {
            AffinityValidation.ValidateNodes(selector, path.Child("nodeSelector"), errors);
        }
    }

    private static void Validate(
        DeviceRequestAllocationResult result, DeviceClaim claim, FieldPath path, List<FieldError> errors)
    {
        DeviceClaimRules.Reference(result.Request, claim, path.Child("request"), errors);
        errors.Driver(path.Child("driver"), result.Driver);
        errors.PoolName(path.Child("pool"), result.Pool);
        errors.Label(path.Child("device"), result.Device);
        errors.BindingConditions(path, result.BindingConditions, result.BindingFailureConditions);
        errors.Each(path.Child("tolerations"), result.Tolerations, DeviceLimits.Tolerations,
            (toleration, item) => errors.Toleration(item, toleration));
        if (result.ShareID is { } share)
        {
            errors.ShareId(path.Child("shareID"), share);
        }
    }

    private static void Validate(
        AllocatedDeviceStatus device, HashSet<string> allocated, FieldPath path, List<FieldError> errors)
    {
        errors.Driver(path.Child("driver"), device.Driver);
        errors.PoolName(path.Child("pool"), device.Pool);
        errors.Label(path.Child("device"), device.Device);
        if (device.ShareID is { } share)
        {
            errors.ShareId(path.Child("shareID"), share);
        }

        var id = Id(device.Driver, device.Pool, device.Device, device.ShareID);
        if (!allocated.Contains(id))
        {
            errors.Invalid(path, id, "must be an allocated device in the claim");
        }

        if (device.Conditions.Count > DeviceLimits.DeviceConditions)
        {
            errors.Add(FieldError.TooMany(
                path.Child("conditions"), device.Conditions.Count, DeviceLimits.DeviceConditions));
        }

        ConditionRules.Validate(device.Conditions, path.Child("conditions"), errors);
        if (device.Data is { Utf8.Length: > 0 } data)
        {
            errors.JsonObject(path.Child("data"), data, isStored: false);
        }

        if (device.NetworkData is { } network)
        {
            Validate(network, path.Child("networkData"), errors);
        }
    }

    private static void Validate(NetworkDeviceData network, FieldPath path, List<FieldError> errors)
    {
        errors.TooLong(path.Child("interfaceName"), network.InterfaceName, DeviceLimits.InterfaceNameBytes);
        errors.TooLong(path.Child("hardwareAddress"), network.HardwareAddress, DeviceLimits.HardwareAddressBytes);
        errors.EachOnce(path.Child("ips"), network.IPs, DeviceLimits.DeviceIPs, static address => address,
            (address, item) =>
            {
                if (!Names.TryParseCidr(address, out var ip, out var prefix))
                {
                    errors.Invalid(item, address, NotAnAddress);
                }
                else if (Canonical(ip, prefix) is var canonical && canonical != address)
                {
                    errors.Invalid(item, address, $"must be in canonical form (\"{canonical}\")");
                }
            });
    }

    private static string Canonical(IPAddress address, int prefix) =>
        FormattableString.Invariant($"{address}/{prefix}");
}
