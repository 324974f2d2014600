using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.Certificates;

using Node = Netes.Api.Core.Node;

public sealed class CertificatePlanTests
{
    private const string Client = "kubernetes.io/kube-apiserver-client-kubelet";
    private const string Serving = "kubernetes.io/kubelet-serving";

    /// <summary>Subject, alternative names, usages; what Kubernetes says of it.</summary>
    [Theory]
    [InlineData("O=system:nodes, CN=system:node:n1", "", "digital signature,client auth", "")]
    [InlineData("O=system:nodes, CN=system:node:n1", "", "key encipherment,digital signature,client auth", "")]
    [InlineData("O=system:nodes, CN=system:node:n1", "", "client auth",
        "usages did not match [client auth digital signature key encipherment]")]
    [InlineData("O=system:nodes, CN=system:node:n1", "", "digital signature,client auth,server auth",
        "usages did not match [client auth digital signature key encipherment]")]
    [InlineData("O=system:nodes, CN=system:node:n1", "dns:n1", "client auth", "DNS subjectAltNames are not allowed")]
    [InlineData("O=system:nodes, CN=system:node:n1", "mail:a@b", "client auth",
        "Email subjectAltNames are not allowed")]
    [InlineData("O=system:nodes, CN=system:node:n1", "ip:10.0.0.1", "client auth",
        "IP subjectAltNames are not allowed")]
    [InlineData("O=system:nodes, CN=system:node:n1", "uri:spiffe://a/b", "client auth",
        "URI subjectAltNames are not allowed")]
    [InlineData("O=system:nodes, CN=n1", "", "client auth",
        "subject common name does not begin with system:node:")]
    [InlineData("O=system:masters, CN=system:node:n1", "dns:n1", "digital signature,client auth",
        "subject organization is not system:nodes")]
    [InlineData("O=system:nodes, O=system:masters, CN=system:node:n1", "", "digital signature,client auth",
        "subject organization is not system:nodes")]
    [InlineData("CN=system:node:n1", "", "digital signature,client auth", "subject organization is not system:nodes")]
    public void ClientRequest_isKnownByAllItsParts(string subject, string names, string usages, string error) =>
        Assert.Equal(error, Error(Client, subject, names, usages));

    [Theory]
    [InlineData("O=system:nodes, CN=system:node:n1", "dns:n1;ip:10.0.0.1", "digital signature,server auth", "")]
    [InlineData("O=system:nodes, CN=system:node:n1", "", "digital signature,server auth",
        "DNS or IP subjectAltName is required")]
    [InlineData("O=system:nodes, CN=system:node:n1", "dns:n1;mail:a@b", "digital signature,server auth",
        "Email subjectAltNames are not allowed")]
    [InlineData("O=system:nodes, CN=system:node:n1", "dns:n1;uri:spiffe://a/b", "digital signature,server auth",
        "URI subjectAltNames are not allowed")]
    [InlineData("O=system:nodes, CN=n1", "dns:n1", "server auth",
        "usages did not match [digital signature key encipherment server auth]")]
    [InlineData("O=system:nodes, CN=n1", "dns:n1", "digital signature,server auth",
        "subject common name does not begin with system:node:")]
    [InlineData("CN=system:node:n1", "dns:n1", "digital signature,server auth",
        "subject organization is not system:nodes")]
    public void ServingRequest_isSignedWhoeverAsks(string subject, string names, string usages, string error) =>
        Assert.Equal(error, Error(Serving, subject, names, usages));

    [Theory]
    [InlineData("system:node:n1", "dns:n1;ip:10.0.0.1", true)]
    [InlineData("system:node:n1", "", false)]
    [InlineData("system:node:n2", "dns:n1", false)]
    [InlineData("system:bootstrap:a", "dns:n1", false)]
    [InlineData("system:node:n1", "dns:n1;mail:a@b", false)]
    public void ServingRequest_isTheNodesOwn(string user, string names, bool known)
    {
        var spec = Spec(
            Serving, "O=system:nodes, CN=system:node:n1", names, "digital signature,server auth", user);
        Assert.Equal(known, KubeletRequests.IsOwnServing(spec, Asked(spec)));
    }

    [Theory]
    [InlineData(true, "dns:n1;ip:10.0.0.1", "")]
    [InlineData(true, "ip:10.0.0.9", "10.0.0.9")]
    [InlineData(true, "dns:kubernetes", "kubernetes")]
    [InlineData(true, "dns:n2", "n2")]
    [InlineData(false, "dns:n1;ip:10.0.0.9", "")]
    [InlineData(false, "ip:10.0.0.2", "10.0.0.2")]
    [InlineData(false, "dns:kubernetes.default.svc", "kubernetes.default.svc")]
    [InlineData(false, "ip:127.0.0.1", "127.0.0.1")]
    public void ServingNames_areTheNodesAndNobodyElses(bool isRegistered, string names, string foreign)
    {
        var spec = Spec(Serving, "O=system:nodes, CN=system:node:n1", names, "digital signature,server auth",
            "system:node:n1");
        List<Node> nodes = [NodeAt("n2", "10.0.0.2")];
        if (isRegistered)
        {
            nodes.Add(NodeAt("n1", "10.0.0.1"));
        }

        Assert.Equal(foreign, KubeletRequests.FindForeignName(Asked(spec), nodes));
    }

    [Theory]
    [InlineData("kubernetes.io/kube-apiserver-client", "client auth,digital signature,key encipherment", "")]
    [InlineData("kubernetes.io/kube-apiserver-client", "client auth,server auth",
        "invalid usage for client certificate: server auth")]
    [InlineData("kubernetes.io/kube-apiserver-client", "digital signature",
        "missing required usage for client certificate: client auth")]
    [InlineData("kubernetes.io/legacy-unknown", "code signing", "")]
    public void Signer_signsWhatItIsFor(string signer, string usages, string error) =>
        Assert.Equal(error, Error(signer, "CN=alice", "", usages));

    /// <summary>Minutes that are asked for, and from now to the certificate's end.</summary>
    [Theory]
    [InlineData(null, (365 * 24 * 60) - 5)]
    [InlineData(400 * 24 * 60, (365 * 24 * 60) - 5)]
    [InlineData(8 * 60, (8 * 60) - 5)]
    [InlineData((8 * 60) - 1, (8 * 60) - 1)]
    [InlineData(1, 10)]
    public void Certificate_livesAsLongAsAskedWithinBounds(int? asked, int given) =>
        Assert.Equal(TimeSpan.FromMinutes(given), SigningRules.Lifetime(asked * 60));

    /// <summary>Conditions by the hour they came, whether there is a certificate, and the hour that ends it.</summary>
    [Theory]
    [InlineData("", false, 24)]
    [InlineData("Approved:2", true, 3)]
    [InlineData("Approved:2", false, 26)]
    [InlineData("Denied:2", false, 3)]
    [InlineData("Approved:2;Failed:5", false, 6)]
    [InlineData("Approved:2;Failed:5", true, 3)]
    [InlineData("example.com/Seen:2", false, null)]
    [InlineData("example.com/Seen:2;Approved:3", false, 27)]
    public void Request_isKeptUntilNobodyNeedsIt(string conditions, bool isIssued, int? hours)
    {
        var created = DateTimeOffset.UnixEpoch;
        var request = new CertificateSigningRequest
        {
            Metadata = new ObjectMeta { CreationTimestamp = new Timestamp(0) },
            Status = new() { Certificate = isIssued ? ByteString.FromUtf8("no certificate") : default },
        };
        foreach (var condition in conditions.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var hour = int.Parse(condition.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
            request = request.With(condition.Split(':')[0], "r", "m", created.AddHours(hour));
        }

        Assert.Equal(hours is { } end ? created.AddHours(end) : null, CleaningPlan.End(request));
    }

    [Fact]
    public void ExpiredCertificate_endsItsRequest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var end = DateTimeOffset.UnixEpoch.AddHours(2).AddMinutes(10);
        using var certificate = new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, end);
        var request = new CertificateSigningRequest
        {
            Status = new() { Certificate = ByteString.FromUtf8(certificate.ExportCertificatePem()) },
        };
        Assert.Equal(end, CleaningPlan.End(request.With("Approved", "r", "m", DateTimeOffset.UnixEpoch.AddHours(2))));
    }

    private static string Error(string signer, string subject, string names, string usages)
    {
        var spec = Spec(signer, subject, names, usages, "somebody");
        return SigningRules.FindError(spec, Asked(spec));
    }

    private static CertificateRequestText Asked(CertificateSigningRequestSpec spec)
    {
        Assert.True(CertificateRequestText.TryParse(spec.Request, out var asked, out _));
        return asked;
    }

    private static Node NodeAt(string name, string address) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = address }] },
    };

    internal static CertificateSigningRequestSpec Spec(
        string signer, string subject, string names, string usages, string user)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (names.Length > 0)
        {
            var builder = new SubjectAlternativeNameBuilder();
            foreach (var name in names.Split(';'))
            {
                var (type, value) = name.Split(':', 2) is [var t, var v] ? (t, v) : default;
                if (type == "dns")
                {
                    builder.AddDnsName(value);
                }
                else if (type == "ip")
                {
                    builder.AddIpAddress(IPAddress.Parse(value));
                }
                else if (type == "uri")
                {
                    builder.AddUri(new Uri(value));
                }
                else
                {
                    builder.AddEmailAddress(value);
                }
            }

            request.CertificateExtensions.Add(builder.Build());
        }

        return new()
        {
            SignerName = signer,
            Request = ByteString.FromUtf8(request.CreateSigningRequestPem()),
            Usages = usages.Split(',').ToValueList(),
            Username = user,
            Groups = user.StartsWith("system:node:", StringComparison.Ordinal) ? ["system:nodes"] : [],
        };
    }
}
