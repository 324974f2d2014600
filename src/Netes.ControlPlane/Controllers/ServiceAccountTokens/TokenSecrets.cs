using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>Secrets that hold tokens of service accounts. Source: pkg/serviceaccount/util.go.</summary>
internal static class TokenSecrets
{
    private const string NameAnnotation = "kubernetes.io/service-account.name";
    private const string UidAnnotation = "kubernetes.io/service-account.uid";

    /// <summary>The name of the account whose token the secret holds or is to hold; empty: it is no such secret.
    /// </summary>
    public static string AccountOf(Secret secret) =>
        secret.Type == SecretType.KubernetesIoServiceAccountToken
            ? secret.Metadata.Annotations.Get(NameAnnotation, "")
            : "";

    /// <summary>The account's uid; empty: not told yet.</summary>
    public static string AccountUidOf(Secret secret) => secret.Metadata.Annotations.Get(UidAnnotation, "");

    /// <summary>The secret with all that it is to hold; the same when nothing is missing or outdated.</summary>
    public static Secret Complete(
        Secret secret, ServiceAccount account, string rootCertificate, ServiceAccountTokenSigner sign)
    {
        var data = secret.Data;
        var authority = ByteString.FromUtf8(rootCertificate);
        if (!authority.IsEmpty && data.Get("ca.crt") != authority)
        {
            data = data.Set("ca.crt", authority);
        }

        if (data.Get("namespace").IsEmpty)
        {
            data = data.Set("namespace", ByteString.FromUtf8(secret.Metadata.Namespace));
        }

        if (data.Get("token").IsEmpty)
        {
            data = data.Set("token", ByteString.FromUtf8(sign(account, secret)));
        }

        if (data == secret.Data)
        {
            return secret;
        }

        var annotations = secret.Metadata.Annotations
            .Set(NameAnnotation, account.Metadata.Name).Set(UidAnnotation, account.Metadata.Uid);
        return secret with { Metadata = secret.Metadata with { Annotations = annotations }, Data = data };
    }
}
