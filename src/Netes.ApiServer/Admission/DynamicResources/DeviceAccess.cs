using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Devices that others use are for administrators' namespaces only. What the strategies of Kubernetes check with the
/// help of other objects is checked here. Source: pkg/registry/resource/utils.go, AuthorizedForAdmin.
/// </summary>
internal sealed class DeviceAccess(IObjectReader objects) : IValidatingAdmissionPlugin
{
    private const string Label = "resource.kubernetes.io/admin-access";

    public string Name => "DeviceAdminAccess";

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        var path = (attributes.Operation, attributes.Object, attributes.OldObject) switch
        {
            (AdmissionOperation.Create, ResourceClaim claim, _) =>
                Requested(claim.Spec.Devices, FieldPath.Of("spec").Child("devices")),
            (AdmissionOperation.Create, ResourceClaimTemplate template, _) =>
                Requested(template.Spec.Spec.Devices, FieldPath.Of("spec").Child("spec").Child("devices")),
            (AdmissionOperation.Update, ResourceClaim next, ResourceClaim old)
                when attributes.Subresource == "status" && Granted(old) is null => Granted(next),
            _ => null,
        };
        return path is null ? ValueTask.CompletedTask : CheckAsync(attributes, path, cancel);
    }

    private static FieldPath? Requested(DeviceClaim claim, FieldPath path)
    {
        for (var i = 0; i < claim.Requests.Count; i++)
        {
            if (claim.Requests[i].Exactly?.AdminAccess == true)
            {
                return path.Child("requests").Index(i).Child("adminAccess");
            }
        }

        return null;
    }

    private static FieldPath? Granted(ResourceClaim claim)
    {
        var results = claim.Status.Allocation?.Devices.Results ?? default;
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].AdminAccess == true)
            {
                return FieldPath.Of("status").Child("allocation").Child("devices").Child("results").Index(i)
                    .Child("adminAccess");
            }
        }

        return null;
    }

    private async ValueTask CheckAsync(AdmissionAttributes attributes, FieldPath path, CancellationToken cancel)
    {
        // A label that was just set counts.
        var space = objects.Get<Namespace>("", attributes.Namespace);
        if (space?.Metadata.Labels.Get(Label) != "true")
        {
            space = await objects.GetLatestAsync<Namespace>("", attributes.Namespace, cancel);
        }

        if (space?.Metadata.Labels.Get(Label) != "true")
        {
            throw ApiErrors.Invalid(attributes.Group, attributes.Kind, attributes.Name,
                [FieldError.Forbidden(path, "admin access to devices requires the "
                    + $"`{Label}: true` label on the containing namespace")]);
        }
    }
}
