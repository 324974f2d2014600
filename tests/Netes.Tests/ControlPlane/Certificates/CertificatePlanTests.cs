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

    /// <summary>Signer, subject, alternative names, usages; the node when it is a client's request.</summary>
    [Theory]
    [InlineData(Client, "O=system:nodes, CN=system:node:n1", "", "digital signature,client auth", "n1")]
    [InlineData(Client, "O=system:nodes, CN=system:node:n1", "", "key encipherment,digital signature,client auth",
        "n1")]
    [InlineData(Client, "O=system:nodes, CN=system:node:n1", "", "client auth", null)]
    [InlineData(Client, "O=system:nodes, CN=system:node:n1", "", "digital signature,client auth,server auth", null)]
    [InlineData(Client, "O=system:nodes, CN=system:node:n1", "dns:n1", "digital signature,client auth", null)]
    [InlineData(Client, "O=system:nodes, CN=system:node:n1", "mail:a@b", "digital signature,client auth", null)]
    [InlineData(Client, "O=system:nodes, CN=system:node:", "", "digital signature,client auth", null)]
    [InlineData(Client, "O=system:nodes, CN=n1", "", "digital signature,client auth", null)]
    [InlineData(Client, "O=system:masters, CN=system:node:n1", "", "digital signature,client auth", null)]
    [InlineData(Client, "O=system:nodes, O=system:masters, CN=system:node:n1", "", "digital signature,client auth",
        null)]
    [InlineData(Client, "CN=system:node:n1", "", "digital signature,client auth", null)]
    [InlineData(Serving, "O=system:nodes, CN=system:node:n1", "", "digital signature,client auth", null)]
    public void ClientRequest_isKnownByAllItsParts(
        string signer, string subject, string names, string usages, string? node) =>
        Assert.Equal(node, KubeletRequests.ClientNode(Spec(signer, subject, names, usages, "system:bootstrap:a")));

    [Theory]
    [InlineData("system:node:n1", "dns:n1;ip:10.0.0.1", true)]
    [InlineData("system:node:n1", "", false)]
    [InlineData("system:node:n2", "dns:n1", false)]
    [InlineData("system:bootstrap:a", "dns:n1", false)]
    [InlineData("system:node:n1", "dns:n1;mail:a@b", false)]
    public void ServingRequest_isTheNodesOwn(string user, string names, bool known) => Assert.Equal(
        known,
        KubeletRequests.Serving(Spec(
            Serving, "O=system:nodes, CN=system:node:n1", names, "digital signature,server auth", user)) is not null);

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

        Assert.Equal(foreign, KubeletRequests.FindForeignName(KubeletRequests.Serving(spec)!, nodes));
    }

    [Theory]
    [InlineData("kubernetes.io/kube-apiserver-client", "CN=alice", "client auth,digital signature", true)]
    [InlineData("kubernetes.io/kube-apiserver-client", "CN=alice", "client auth,server auth", false)]
    [InlineData("kubernetes.io/kube-apiserver-client", "CN=alice", "digital signature", false)]
    [InlineData("kubernetes.io/kube-apiserver-client", "O=system:masters, CN=alice", "client auth", false)]
    [InlineData("kubernetes.io/legacy-unknown", "CN=any", "code signing", true)]
    [InlineData(Client, "CN=alice", "client auth,digital signature", false)]
    public void Signer_signsWhatItIsFor(string signer, string subject, string usages, bool signs) => Assert.Equal(
        signs, SigningRules.FindError(Spec(signer, subject, "", usages, "alice")).Length == 0);

    [Theory]
    [InlineData(null, 24)]
    [InlineData("Approved", 3)]
    [InlineData("Denied", 3)]
    public void Request_isKeptUntilNobodyNeedsIt(string? condition, int hours)
    {
        var created = DateTimeOffset.UnixEpoch;
        var request = new CertificateSigningRequest { Metadata =
            new ObjectMeta { CreationTimestamp = new Timestamp(0) } };
        if (condition is not null)
        {
            request = request.With(condition, "r", "m", created.AddHours(2));
        }

        Assert.Equal(created.AddHours(hours), CleaningPlan.End(request));
    }

    private static Node NodeAt(string name, string address) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = address }] },
    };

    private static CertificateSigningRequestSpec Spec(
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
