using Netes.Api.Core;

namespace Netes.ApiServer.Admission;

/// <summary>
/// No new <c>externalIPs</c>: with them a user takes other users' traffic (CVE-2020-8554). What was there may stay.
/// Source: plugin/pkg/admission/network/denyserviceexternalips/admission.go.
/// </summary>
internal sealed class DenyServiceExternalIPs : IValidatingAdmissionPlugin
{
    public string Name => "DenyServiceExternalIPs";

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Is("", "services") && attributes.Object is Service next)
        {
            var old = (attributes.OldObject as Service)?.Spec.ExternalIPs ?? default;
            if (next.Spec.ExternalIPs.Except(old).Any())
            {
                throw attributes.Forbidden("Use of external IPs is denied by admission control");
            }
        }

        return ValueTask.CompletedTask;
    }
}
