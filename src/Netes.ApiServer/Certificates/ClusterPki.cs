using System.Net;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;

namespace Netes.ApiServer.Certificates;

/// <summary>
/// The cluster's keys and certificates in one folder, with kubeadm's file names. Source: cmd/kubeadm/app/phases/certs.
/// </summary>
public sealed class ClusterPki : IDisposable
{
    private readonly string _folder;
    private readonly ClusterPkiOptions _options;
    private readonly TimeProvider _time;

    private ClusterPki(string folder, ClusterPkiOptions options, TimeProvider time)
    {
        _folder = folder;
        _options = options;
        _time = time;
        Authority = EnsureAuthority("ca", "kubernetes");
        FrontProxyAuthority = EnsureAuthority("front-proxy-ca", "front-proxy-ca");
        ServiceAccountKeys = ServiceAccountKeys.Ensure(Path.Combine(folder, "sa.key"), Path.Combine(folder, "sa.pub"));
        ApiServer = Ensure("apiserver", Authority, ServerSubject());
        KubeletClient = EnsureClient("apiserver-kubelet-client", "kube-apiserver-kubelet-client", "system:masters");
        FrontProxyClient = Ensure("front-proxy-client", FrontProxyAuthority, new CertificateSubject
        {
            CommonName = "front-proxy-client",
            ForClient = true,
        });
        Admin = EnsureClient("admin", "kubernetes-admin", "system:masters");
        ControllerManager = EnsureClient("controller-manager", "system:kube-controller-manager");
        Scheduler = EnsureClient("scheduler", "system:kube-scheduler");
    }

    /// <summary>Signs servers, users and nodes.</summary>
    public CertificateAuthority Authority { get; }

    /// <summary>Signs only the client that forwards users' names to aggregated API servers.</summary>
    public CertificateAuthority FrontProxyAuthority { get; }

    public ServiceAccountKeys ServiceAccountKeys { get; }

    /// <summary>The API server's serving certificate.</summary>
    public CertificatePair ApiServer { get; }

    /// <summary>The API server as a client of node agents.</summary>
    public CertificatePair KubeletClient { get; }

    /// <summary>The API server as a client of aggregated API servers.</summary>
    public CertificatePair FrontProxyClient { get; }

    public CertificatePair Admin { get; }

    public CertificatePair ControllerManager { get; }

    public CertificatePair Scheduler { get; }

    /// <summary>
    /// Loads what <paramref name="folder"/> holds, makes what is missing, and renews what has less than a third of its
    /// life left or lacks a name. Throws <see cref="InvalidDataException"/> when an authority is damaged or has
    /// expired: nothing in the cluster would trust a new one. Call it once per process; two processes must not share
    /// the folder.
    /// </summary>
    public static ClusterPki Ensure(string folder, ClusterPkiOptions options, TimeProvider time)
    {
        SecretFiles.CreateFolder(folder);
        return new ClusterPki(folder, options, time);
    }

    /// <summary>
    /// A node's client certificate: user <c>system:node:NAME</c> in group <c>system:nodes</c>; kept in the folder.
    /// </summary>
    public CertificatePair EnsureNodeClient(string nodeName) =>
        EnsureClient($"kubelet-client-{Checked(nodeName)}", $"system:node:{nodeName}", "system:nodes");

    /// <summary>A node's serving certificate; kept in the folder, made anew when its addresses changed.</summary>
    public CertificatePair EnsureNodeServer(string nodeName, IEnumerable<IPAddress> addresses) =>
        Ensure($"kubelet-{Checked(nodeName)}", Authority, new CertificateSubject
        {
            CommonName = $"system:node:{nodeName}",
            Organizations = ["system:nodes"],
            DnsNames = [nodeName],
            Addresses = addresses.ToValueList(),
            ForServer = true,
        });

    /// <summary>A kubeconfig file's text for the user of <paramref name="client"/>.</summary>
    public string WriteKubeconfig(KubeconfigNames names, string serverUrl, CertificatePair client) =>
        Kubeconfigs.Write(names, serverUrl, Authority.Pem, client);

    public void Dispose()
    {
        Authority.Dispose();
        FrontProxyAuthority.Dispose();
        ServiceAccountKeys.Dispose();
    }

    private CertificateSubject ServerSubject() => new()
    {
        CommonName = "kube-apiserver",
        DnsNames = new[]
        {
            "kubernetes", "kubernetes.default", "kubernetes.default.svc",
            $"kubernetes.default.svc.{_options.ClusterDomain}", "localhost",
        }.Concat(_options.ServerNames).Distinct().ToValueList(),
        Addresses = new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, _options.ServiceAddress }
            .Concat(_options.ServerAddresses).Distinct().ToValueList(),
        ForServer = true,
    };

    private CertificatePair EnsureClient(string file, string user, params ValueList<string> groups) =>
        Ensure(file, Authority, new CertificateSubject { CommonName = user, Organizations = groups, ForClient = true });

    private CertificatePair Ensure(string file, CertificateAuthority authority, CertificateSubject subject)
    {
        var there = Read(file);
        if (there is not null && there.IsWhole() && IsGood(there, authority, subject))
        {
            return there;
        }

        var made = authority.Issue(subject, _options.CertificateLifetime);
        WritePair(file, made);
        return made;
    }

    private CertificateAuthority EnsureAuthority(string file, string commonName)
    {
        var certificatePath = Path.Combine(_folder, $"{file}.crt");
        if (!File.Exists(certificatePath))
        {
            // The certificate is written last: a key alone is a creation that was cut off.
            WritePair(file, CertificateAuthority.Create(commonName, _options.AuthorityLifetime, _time));
        }

        var pair = Read(file);
        if (pair is null || !pair.IsWhole())
        {
            throw new InvalidDataException($"{certificatePath} and its key do not belong together or are damaged");
        }

        var authority = CertificateAuthority.Load(pair, _time);
        return authority.Certificate.NotAfter.ToUniversalTime() > _time.GetUtcNow().UtcDateTime
            ? authority
            : throw new InvalidDataException($"{certificatePath} has expired");
    }

    private bool IsGood(CertificatePair pair, CertificateAuthority authority, CertificateSubject subject)
    {
        using var certificate = pair.LoadPublic();
        var start = certificate.NotBefore.ToUniversalTime();
        var end = certificate.NotAfter.ToUniversalTime();
        var left = end - _time.GetUtcNow().UtcDateTime;
        return left > (end - start) / 3
            && certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.Certificate.SubjectName.RawData)
            && IsSignedBy(certificate, authority)
            && SubjectNames.Read(certificate.SubjectName) == (subject.CommonName, subject.Organizations)
            && Covers(certificate, subject);
    }

    private static bool IsSignedBy(X509Certificate2 certificate, CertificateAuthority authority)
    {
        var issuer = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>()
            .FirstOrDefault()?.KeyIdentifier;
        var key = authority.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().First();
        return issuer is { } id && id.Span.SequenceEqual(key.SubjectKeyIdentifierBytes.Span);
    }

    private static bool Covers(X509Certificate2 certificate, CertificateSubject subject)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var dnsNames = names?.EnumerateDnsNames().ToHashSet() ?? [];
        var addresses = names?.EnumerateIPAddresses().ToHashSet() ?? [];
        return dnsNames.IsSupersetOf(subject.DnsNames) && addresses.IsSupersetOf(subject.Addresses);
    }

    private CertificatePair? Read(string file)
    {
        var certificate = SecretFiles.ReadIfThere(Path.Combine(_folder, $"{file}.crt"));
        var key = SecretFiles.ReadIfThere(Path.Combine(_folder, $"{file}.key"));
        return certificate is null || key is null ? null : new CertificatePair(certificate, key);
    }

    private void WritePair(string file, CertificatePair pair)
    {
        SecretFiles.Write(Path.Combine(_folder, $"{file}.key"), pair.KeyPem);
        SecretFiles.Write(Path.Combine(_folder, $"{file}.crt"), pair.CertificatePem);
    }

    private static string Checked(string nodeName) =>
        nodeName.Length is > 0 and <= 253 && nodeName.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
        && nodeName[0] != '.'
            ? nodeName
            : throw new ArgumentException($"not a node name: {FieldError.Quote(nodeName)}");
}
