using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.ApiServer.Certificates;
using Xunit;

namespace Netes.Tests.ApiServer.Certificates;

public sealed class ClusterPkiTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"netes-pki-{Guid.NewGuid():N}");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void NewCluster_hasEveryFileForItsOwnerOnly()
    {
        using var pki = Ensure();
        string[] expected =
        [
            "admin", "apiserver", "apiserver-kubelet-client", "ca", "controller-manager", "front-proxy-ca",
            "front-proxy-client", "scheduler",
        ];
        Assert.Equal(
            expected.SelectMany(static name => new[] { $"{name}.crt", $"{name}.key" }).Append("sa.key").Append("sa.pub")
                .Order(),
            Directory.GetFiles(_folder).Select(static file => Path.GetFileName(file)).Order());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder));
        Assert.All(Directory.GetFiles(_folder), static file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void ServerCertificate_namesTheServiceLoopbackAndWhatWasAskedFor()
    {
        using var pki = Ensure(new ClusterPkiOptions
        {
            ServerNames = ["node-1"],
            ServerAddresses = [IPAddress.Parse("172.20.0.2")],
        });
        using var certificate = pki.ApiServer.Load();
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(
            [
                "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
                "localhost", "node-1",
            ],
            names.EnumerateDnsNames());
        Assert.Equal(
            ["127.0.0.1", "::1", "10.96.0.1", "172.20.0.2"],
                names.EnumerateIPAddresses().Select(static a => a.ToString()));
        Assert.True(certificate.MatchesHostname("kubernetes.default.svc"));
        Assert.True(Chains(pki, certificate));
    }

    [Fact]
    public void SecondStart_keepsAll()
    {
        using var first = Ensure();
        using var second = Ensure();
        Assert.Equal(first.ApiServer.CertificatePem, second.ApiServer.CertificatePem);
        Assert.Equal(first.Authority.Pem, second.Authority.Pem);
        Assert.Equal(first.ServiceAccountKeys.SigningKeyId, second.ServiceAccountKeys.SigningKeyId);
    }

    [Fact]
    public void StartWithLessThanAThirdLeft_renewsCertificatesAndKeepsTheAuthority()
    {
        using var first = Ensure();
        _time.Advance(TimeSpan.FromDays(200));
        using var kept = Ensure();
        Assert.Equal(first.Admin.CertificatePem, kept.Admin.CertificatePem);
        _time.Advance(TimeSpan.FromDays(60));
        using var renewed = Ensure();
        Assert.NotEqual(first.Admin.CertificatePem, renewed.Admin.CertificatePem);
        Assert.Equal(first.Authority.Pem, renewed.Authority.Pem);
    }

    [Fact]
    public void NewServerAddress_makesTheServingCertificateAnew()
    {
        using var first = Ensure();
        using var second = Ensure(new ClusterPkiOptions { ServerAddresses = [IPAddress.Parse("10.1.2.3")] });
        Assert.NotEqual(first.ApiServer.CertificatePem, second.ApiServer.CertificatePem);
        Assert.Equal(first.Admin.CertificatePem, second.Admin.CertificatePem);
    }

    [Fact]
    public void DamagedOrForeignLeaf_isMadeAnew()
    {
        using var first = Ensure();
        File.WriteAllText(Path.Combine(_folder, "admin.crt"), "damaged");
        File.Copy(Path.Combine(_folder, "scheduler.key"), Path.Combine(_folder, "apiserver.key"), overwrite: true);
        using var second = Ensure();
        Assert.NotEqual(first.Admin.CertificatePem, second.Admin.CertificatePem);
        Assert.NotEqual(first.ApiServer.CertificatePem, second.ApiServer.CertificatePem);
        Assert.Equal(first.Scheduler.CertificatePem, second.Scheduler.CertificatePem);
    }

    [Fact]
    public void DamagedOrExpiredAuthority_isRefused()
    {
        Ensure().Dispose();
        var key = Path.Combine(_folder, "ca.key");
        var good = File.ReadAllText(key);
        File.Copy(Path.Combine(_folder, "admin.key"), key, overwrite: true);
        Assert.Throws<InvalidDataException>(() => Ensure());
        File.WriteAllText(key, good);
        _time.Advance(TimeSpan.FromDays(3651));
        Assert.Throws<InvalidDataException>(() => Ensure());
    }

    [Fact]
    public void NodeCertificates_areTheNodesOwn()
    {
        using var pki = Ensure();
        using var client = pki.EnsureNodeClient("worker-1").Load();
        using var server = pki.EnsureNodeServer("worker-1", [IPAddress.Parse("172.20.0.3")]).Load();
        var (name, groups) = SubjectNames.Read(client.SubjectName);
        Assert.Equal("system:node:worker-1", name);
        Assert.Equal(["system:nodes"], groups);
        Assert.True(server.MatchesHostname("worker-1"));
        Assert.True(Chains(pki, client) && Chains(pki, server));
        Assert.Throws<ArgumentException>(() => pki.EnsureNodeClient("../evil"));
    }

    [Fact]
    public void SignedRequest_carriesItsNamesAndTheGivenUsagesOnly()
    {
        using var pki = Ensure();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=system:node:a, O=system:nodes", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("a");
        request.CertificateExtensions.Add(names.Build());
        var signed = pki.Authority.SignRequest(
            ByteString.FromUtf8(request.CreateSigningRequestPem()), ["digital signature", "server auth"],
                TimeSpan.FromHours(1));
        using var certificate = X509Certificate2.CreateFromPem(signed.ToUtf8());
        Assert.True(Chains(pki, certificate));
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(
            ["1.3.6.1.5.5.7.3.1"],
            certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages
                .Cast<Oid>().Select(static oid => oid.Value));
        Assert.Equal(
            ["a"], certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        Assert.Throws<InvalidDataException>(
            () => pki.Authority.SignRequest(ByteString.FromUtf8("no request"), ["client auth"], TimeSpan.FromHours(1)));
        Assert.Throws<InvalidDataException>(() => pki.Authority.SignRequest(
            ByteString.FromUtf8(request.CreateSigningRequestPem()), ["cert sign"], TimeSpan.FromHours(1)));
    }

    [Fact]
    public void NamesThatNobodyLooksAt_areNotSigned()
    {
        using var pki = Ensure();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=alice", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUserPrincipalName("administrator@example.com");
        names.AddEmailAddress("alice@example.com");
        names.AddDnsName("a");
        names.AddUri(new Uri("spiffe://cluster/a"));
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var signed = pki.Authority.SignRequest(
            ByteString.FromUtf8(request.CreateSigningRequestPem()), ["client auth"], TimeSpan.FromHours(1));
        using var certificate = X509Certificate2.CreateFromPem(signed.ToUtf8());
        var expected = new SubjectAlternativeNameBuilder();
        expected.AddEmailAddress("alice@example.com");
        expected.AddDnsName("a");
        expected.AddUri(new Uri("spiffe://cluster/a"));
        expected.AddIpAddress(System.Net.IPAddress.Loopback);
        Assert.Equal(
            Convert.ToHexString(expected.Build().RawData),
            Convert.ToHexString(
                certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().RawData));
    }

    [Fact]
    public void RequestWithoutKeyUsages_getsACertificateWithoutTheList()
    {
        using var pki = Ensure();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=alice", key, HashAlgorithmName.SHA256);
        var signed = pki.Authority.SignRequest(
            ByteString.FromUtf8(request.CreateSigningRequestPem()), ["client auth"], TimeSpan.FromHours(1));
        using var certificate = X509Certificate2.CreateFromPem(signed.ToUtf8());
        Assert.Empty(certificate.Extensions.OfType<X509KeyUsageExtension>());
        Assert.True(Chains(pki, certificate));
    }

    [Fact]
    public void PairsText_hidesTheKey()
    {
        using var pki = Ensure();
        Assert.DoesNotContain("PRIVATE", pki.Admin.ToString(), StringComparison.Ordinal);
    }

    private ClusterPki Ensure(ClusterPkiOptions? options = null) =>
        ClusterPki.Ensure(_folder, options ?? new ClusterPkiOptions(), _time);

    private static bool Chains(ClusterPki pki, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(pki.Authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
