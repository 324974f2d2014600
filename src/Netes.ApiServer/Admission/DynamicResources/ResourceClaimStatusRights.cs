using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.ApiServer.Authorization;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Who may write a claim's status may write a part of it only: schedulers allocate and reserve, a driver tells of its
/// own devices, and a driver on a node of devices that the node has. Source: KEP-4817,
/// pkg/registry/resource/utils.go (DRAResourceClaimGranularStatusAuthorization, on since 1.36).
/// </summary>
internal sealed class ResourceClaimStatusRights(IAuthorizer authorizer) : IValidatingAdmissionPlugin
{
    private const string NodeNameExtra = "authentication.kubernetes.io/node-name";
    private const string NodeNameField = "metadata.name";

    public string Name => "ResourceClaimStatusRights";

    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!attributes.Is("resource.k8s.io", "resourceclaims", "status")
            || attributes.Operation != AdmissionOperation.Update
            || attributes.Object is not ResourceClaim next || attributes.OldObject is not ResourceClaim old)
        {
            return;
        }

        List<FieldError> errors = [];
        if ((next.Status.Allocation != old.Status.Allocation || next.Status.ReservedFor != old.Status.ReservedFor)
            && !await MayAsync(attributes, "", "binding", "", cancel))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of("status"),
                "changing status.allocation or status.reservedFor requires resource=\"resourceclaims/binding\", "
                + "verb=\"update\" permission"));
        }

        var isLocal = IsOnNodeOf(attributes, next);
        foreach (var driver in ChangedDrivers(next, old))
        {
            if (!(isLocal && await MayAsync(attributes, "associated-node:", "driver", driver, cancel))
                && !await MayAsync(attributes, "arbitrary-node:", "driver", driver, cancel))
            {
                var verb = isLocal ? "associated-node:update" : "arbitrary-node:update";
                errors.Add(FieldError.Forbidden(FieldPath.Of("status").Child("devices"),
                    $"changing status.devices requires resource=\"resourceclaims/driver\", verb=\"{verb}\" "
                    + $"permission for driver {FieldError.Quote(driver)}"));
            }
        }

        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid(attributes.Group, attributes.Kind, attributes.Name, errors);
        }
    }

    /// <summary>The drivers about whose devices something else is said than before.</summary>
    private static IEnumerable<string> ChangedDrivers(ResourceClaim next, ResourceClaim old) =>
        next.Status.Devices == old.Status.Devices
            ? []
            : next.Status.Devices.Except(old.Status.Devices)
                .Concat(StillAllocated(old, next).Except(next.Status.Devices))
                .Select(static device => device.Driver).Distinct(StringComparer.Ordinal);

    /// <summary>What was said of devices that are deallocated goes by itself.</summary>
    private static IEnumerable<AllocatedDeviceStatus> StillAllocated(ResourceClaim old, ResourceClaim next) =>
        old.Status.Devices.Where(device => (next.Status.Allocation?.Devices.Results ?? default).Any(result =>
            result.Driver == device.Driver && result.Pool == device.Pool && result.Device == device.Device));

    /// <summary>A service account's token that is bound to a pod names the pod's node.</summary>
    private static bool IsOnNodeOf(AdmissionAttributes attributes, ResourceClaim claim) =>
        attributes.User.Extra.Get(NodeNameExtra) is { Count: 1 } names
        && claim.Status.Allocation?.NodeSelector is { NodeSelectorTerms: { Count: 1 } terms }
        && terms[0].MatchFields is { Count: 1 } fields && fields[0].Key == NodeNameField
        && fields[0].Values is { Count: 1 } values && values[0] == names[0];

    /// <summary>To update or to patch: which of the two the request does is not told here.</summary>
    private async ValueTask<bool> MayAsync(
        AdmissionAttributes attributes, string prefix, string subresource, string name, CancellationToken cancel)
    {
        foreach (var verb in (string[])["update", "patch"])
        {
            var decision = await authorizer.AuthorizeAsync(
                new AuthorizationAttributes
                {
                    User = attributes.User,
                    Verb = prefix + verb,
                    Group = attributes.Group,
                    Version = attributes.Version,
                    Resource = attributes.Resource,
                    Subresource = subresource,
                    Name = name,
                },
                cancel);
            if (decision.IsAllowed)
            {
                return true;
            }
        }

        return false;
    }
}
