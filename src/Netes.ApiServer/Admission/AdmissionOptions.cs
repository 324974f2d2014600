namespace Netes.ApiServer.Admission;

/// <summary>What may be switched in admission.</summary>
public sealed record AdmissionOptions
{
    /// <summary>
    /// The Pod Security level that namespaces without a label enforce: privileged, baseline or restricted. Default
    /// privileged, as Kubernetes has it.
    /// </summary>
    public string DefaultPodSecurity { get; init; } = "privileged";

    /// <summary>Refuses new <c>externalIPs</c> of Services (CVE-2020-8554). Default true.</summary>
    public bool DeniesExternalIPs { get; init; } = true;
}
