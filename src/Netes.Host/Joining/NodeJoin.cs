using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.ApiServer.Certificates;
using Netes.Client;

namespace Netes.Host.Joining;

/// <summary>
/// Makes a machine a node: finds the authority, gets the certificates by CSR, keeps them in files, renews them when a
/// third of their life is left. Tries for ever: the server may come up later than the agent.
/// </summary>
public sealed partial class NodeJoin(AgentOptions options, TimeProvider time, ILogger<NodeJoin> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private string Folder => Path.Combine(options.DataFolder, "pki");

    /// <summary>The credentials from the files, or from the cluster.</summary>
    public async Task<NodeCredentials> EnsureAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await JoinAsync(cancel);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or ApiException
                or System.Net.Sockets.SocketException or InvalidOperationException)
            {
                JoinFailed(logger, error.Message, options.Server);
                await Task.Delay(RetryAfter, time, cancel);
            }
        }
    }

    /// <summary>How long the credentials may be used before <see cref="EnsureAsync"/> is called again.</summary>
    public TimeSpan UntilRenewal(NodeCredentials credentials)
    {
        var until = new[] { credentials.Client, credentials.Server }.Min(RenewalTime) - time.GetUtcNow();
        return until > TimeSpan.Zero ? until : TimeSpan.Zero;
    }

    private async Task<NodeCredentials> JoinAsync(CancellationToken cancel)
    {
        SecretFiles.CreateFolder(Folder);
        var authority = SecretFiles.ReadIfThere(FilePath("ca.crt"));
        if (authority is null)
        {
            authority = options.AuthorityFile.Length > 0
                ? await File.ReadAllTextAsync(options.AuthorityFile, cancel)
                : await AuthorityProbe.FetchAsync(options.Server, options.Token.AuthorityHash, cancel);
            SecretFiles.Write(FilePath("ca.crt"), authority);
        }

        var client = await ReadOrRequestAsync(
            "kubelet-client", authority, current: null,
            requests => requests.ClientAsync(options.NodeName, cancel));
        var server = await ReadOrRequestAsync(
            "kubelet-server", authority, client,
            requests => requests.ServerAsync(options.NodeName, options.NodeAddress, cancel));
        return new(client, server, authority);
    }

    private async Task<X509Certificate2> ReadOrRequestAsync(
        string name,
        string authority,
        X509Certificate2? current,
        Func<CertificateRequests, Task<X509Certificate2>> request)
    {
        var known = Read(name);
        if (known is not null && time.GetUtcNow() < RenewalTime(known))
        {
            return known;
        }

        // A node renews with the certificate it has; only a new one shows the token.
        var identity = current ?? (known is not null && time.GetUtcNow() < known.NotAfter ? known : null);
        using var transport = Transport(authority, identity);
        var certificate = await request(new CertificateRequests(new KubernetesClient(transport, "netes-agent")));
        using var key = certificate.GetECDsaPrivateKey()
            ?? throw new CryptographicException("the certificate came without its key");
        SecretFiles.Write(FilePath($"{name}.pem"),
            certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        Signed(logger, name, options.NodeName, certificate.NotAfter);
        return Read(name)!;
    }

    private HttpTransport Transport(string authorityPem, X509Certificate2? identity)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(authorityPem);
        return new(new HttpTransportOptions
        {
            Server = options.Server,
            Authorities = authorities,
            ClientCertificate = identity is null ? null : () => identity,
            BearerToken = identity is null ? options.Token.Bearer : "",
        });
    }

    private X509Certificate2? Read(string name)
    {
        var pem = SecretFiles.ReadIfThere(FilePath($"{name}.pem"));
        return pem is null ? null : X509Certificate2.CreateFromPem(pem, pem);
    }

    private static DateTimeOffset RenewalTime(X509Certificate2 certificate) =>
        certificate.NotAfter - ((certificate.NotAfter - certificate.NotBefore) / 3);

    private string FilePath(string name) => Path.Combine(Folder, name);

    [LoggerMessage(LogLevel.Warning, "Joining {Server} failed and is tried again: {Reason}")]
    private static partial void JoinFailed(ILogger logger, string reason, Uri server);

    [LoggerMessage(LogLevel.Information, "Certificate {Name} of Node {Node} is signed until {NotAfter}")]
    private static partial void Signed(ILogger logger, string name, string node, DateTime notAfter);
}
