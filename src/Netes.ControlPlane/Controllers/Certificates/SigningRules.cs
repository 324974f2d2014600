using Netes.Api.Certificates;

namespace Netes.ControlPlane;

/// <summary>
/// What each signer signs, and for how long. Source: pkg/controller/certificates/signer/signer.go;
/// pkg/controller/certificates/authority/policies.go.
/// </summary>
internal static class SigningRules
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";
    private const string LegacySigner = "kubernetes.io/legacy-unknown";

    /// <summary>The default of --cluster-signing-duration, and the longest.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    /// <summary>What lives shorter does not lose the time by which certificates begin in the past.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromHours(8);

    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    public static bool Knows(string signer) => signer is ClientSigner or LegacySigner
        or KubeletRequests.ClientSigner or KubeletRequests.ServingSigner;

    /// <summary>Why the request's signer does not sign it; empty when it does.</summary>
    public static string FindError(CertificateSigningRequestSpec spec, CertificateRequestText asked) =>
        spec.SignerName switch
        {
            KubeletRequests.ClientSigner => KubeletRequests.FindClientError(asked, spec.Usages),
            KubeletRequests.ServingSigner => KubeletRequests.FindServingError(asked, spec.Usages),
            ClientSigner => FindClientError(spec),
            _ => "",
        };

    /// <summary>From now to the end of the certificate.</summary>
    public static TimeSpan Lifetime(int? askedSeconds)
    {
        var asked = askedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Longest;
        var given = asked > Longest ? Longest : asked < Shortest ? Shortest : asked;
        return given < Short ? given : given - Backdate;
    }

    private static string FindClientError(CertificateSigningRequestSpec spec)
    {
        foreach (var usage in spec.Usages)
        {
            if (usage is not (KeyUsage.DigitalSignature or KeyUsage.KeyEncipherment or KeyUsage.ClientAuth))
            {
                return $"invalid usage for client certificate: {usage}";
            }
        }

        return spec.Usages.AsSpan().Contains(KeyUsage.ClientAuth)
            ? ""
            : $"missing required usage for client certificate: {KeyUsage.ClientAuth}";
    }
}
