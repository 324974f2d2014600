using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Certificates;
using Netes.Client;
using Netes.Host.Joining;

namespace Netes.Host;

/// <summary>The token by which agents join: kept in a file for the administrator and as a Secret for the
/// authenticator.</summary>
internal static class JoinSecrets
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The token told, or kept, or a new one; always with the authority's hash.</summary>
    public static JoinToken Ensure(ServerOptions options, string authorityPem)
    {
        var file = Path.Combine(options.DataFolder, "join-token");
        var known = options.Token;
        if (known is null && SecretFiles.ReadIfThere(file) is { } text && JoinToken.TryParse(text, out var kept))
        {
            known = kept;
        }

        known ??= new(RandomNumberGenerator.GetString(Alphabet, 6), RandomNumberGenerator.GetString(Alphabet, 16), "");
        using var authority = X509Certificate2.CreateFromPem(authorityPem);
        var token = known with { AuthorityHash = Convert.ToHexStringLower(SHA256.HashData(authority.RawData)) };
        SecretFiles.Write(file, token + "\n");
        return token;
    }

    /// <summary>Makes the token known to the authenticator. Source: KEP-130, bootstrap token Secrets.</summary>
    public static async Task PublishAsync(KubernetesClient client, JoinToken token, CancellationToken cancel)
    {
        var secret = new Secret
        {
            Metadata = new() { Name = $"bootstrap-token-{token.Id}", Namespace = "kube-system" },
            Type = "bootstrap.kubernetes.io/token",
            Data = ValueMap.Of(
                ("description", ByteString.FromUtf8("Joins agents to the cluster.")),
                ("token-id", ByteString.FromUtf8(token.Id)),
                ("token-secret", ByteString.FromUtf8(token.Secret)),
                ("usage-bootstrap-authentication", ByteString.FromUtf8("true")),
                ("usage-bootstrap-signing", ByteString.FromUtf8("true")),
                ("auth-extra-groups", ByteString.FromUtf8("system:bootstrappers:netes:default-node-token"))),
        };
        try
        {
            // Read first: a start writes nothing that is there, so that it needs no room on the disk.
            var there = await client.GetAsync<Secret>("kube-system", secret.Metadata.Name, cancel);
            if (there.Data != secret.Data)
            {
                await client.UpdateAsync(there with { Data = secret.Data }, cancel);
            }
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            await CreateAsync(client, secret, cancel);
        }
    }

    private static async Task CreateAsync(KubernetesClient client, Secret secret, CancellationToken cancel)
    {
        try
        {
            await client.CreateAsync(secret, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // Another server was faster, with the token that all share.
        }
    }
}
