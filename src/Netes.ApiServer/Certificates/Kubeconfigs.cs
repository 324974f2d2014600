using System.Text;
using Netes.Api;

namespace Netes.ApiServer.Certificates;

/// <summary>The names inside a kubeconfig.</summary>
/// <param name="Cluster">The cluster's entry.</param>
/// <param name="User">The user's entry.</param>
/// <param name="Context">The context, which is also made current.</param>
public sealed record KubeconfigNames(string Cluster, string User, string Context)
{
    /// <summary><c>NAME</c> for all three, as kind does it.</summary>
    public static KubeconfigNames Of(string name) => new(name, name, name);
}

/// <summary>Writes kubeconfig files. Source: client-go tools/clientcmd/api/v1/types.go.</summary>
public static class Kubeconfigs
{
    /// <summary>A config with a client certificate.</summary>
    public static string Write(KubeconfigNames names, string serverUrl, string authorityPem, CertificatePair client) =>
        Write(names, serverUrl, authorityPem,
            $"""
                client-certificate-data: {Base64(client.CertificatePem)}
                client-key-data: {Base64(client.KeyPem)}
            """);

    /// <summary>A config with a bearer token.</summary>
    public static string WriteWithToken(KubeconfigNames names, string serverUrl, string authorityPem, string token) =>
        Write(names, serverUrl, authorityPem, $"    token: {FieldError.Quote(token)}");

    private static string Write(KubeconfigNames names, string serverUrl, string authorityPem, string credential)
    {
        var (cluster, user, context) = (
            FieldError.Quote(names.Cluster), FieldError.Quote(names.User), FieldError.Quote(names.Context));
        return $$"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {{cluster}}
              cluster:
                certificate-authority-data: {{Base64(authorityPem)}}
                server: {{FieldError.Quote(serverUrl)}}
            users:
            - name: {{user}}
              user:
            {{credential}}
            contexts:
            - name: {{context}}
              context:
                cluster: {{cluster}}
                user: {{user}}
            current-context: {{context}}
            preferences: {}

            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
