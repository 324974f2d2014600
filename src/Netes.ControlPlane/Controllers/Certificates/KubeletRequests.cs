using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Which requests of nodes are what they should be. Source: pkg/apis/certificates/helpers.go;
/// pkg/controller/certificates/approver.
/// </summary>
internal static class KubeletRequests
{
    public const string ClientSigner = "kubernetes.io/kube-apiserver-client-kubelet";
    public const string ServingSigner = "kubernetes.io/kubelet-serving";

    private const string NodePrefix = "system:node:";
    private const string NodesGroup = "system:nodes";

    /// <summary>
    /// A node's client certificate: its name, its group, nothing else. The name of the node, or null.
    /// </summary>
    public static string? ClientNode(CertificateSigningRequestSpec spec) =>
        spec.SignerName == ClientSigner
        && HasUsages(spec.Usages, KeyUsage.ClientAuth)
        && CertificateRequestText.TryParse(spec.Request, out var asked, out _)
        && asked.DnsNames.IsEmpty && asked.Addresses.IsEmpty && !asked.HasOtherNames
            ? NodeName(asked)
            : null;

    /// <summary>A node's serving certificate, asked for by the node itself. The request's names, or null.</summary>
    public static CertificateRequestText? Serving(CertificateSigningRequestSpec spec) =>
        spec.SignerName == ServingSigner
        && HasUsages(spec.Usages, KeyUsage.ServerAuth)
        && CertificateRequestText.TryParse(spec.Request, out var asked, out _)
        && NodeName(asked) is not null
        && asked.CommonName == spec.Username && spec.Groups.AsSpan().Contains(NodesGroup)
        && (!asked.DnsNames.IsEmpty || !asked.Addresses.IsEmpty) && !asked.HasOtherNames
            ? asked
            : null;

    /// <summary>
    /// Why the serving names are not the node's; empty when they are. A registered node may ask for its addresses. One
    /// that is not registered yet may ask for its name and for addresses that no other node has.
    /// </summary>
    public static string FindForeignName(CertificateRequestText asked, IReadOnlyList<Node> nodes)
    {
        var name = NodeName(asked)!;
        var own = nodes.FirstOrDefault(node => node.Metadata.Name == name);
        var names = asked.DnsNames.Concat(asked.Addresses.Select(static address => address.ToString())).ToList();
        if (own is { Status.Addresses.IsEmpty: false })
        {
            return names.Find(one => one != name && !Has(own, one)) ?? "";
        }

        return asked.DnsNames.FirstOrDefault(one => one != name)
            ?? names.Find(one => nodes.Any(
                node => node.Metadata.Name != name && (node.Metadata.Name == one || Has(node, one))))
            ?? asked.Addresses.FirstOrDefault(System.Net.IPAddress.IsLoopback)?.ToString()
            ?? "";
    }

    private static string? NodeName(CertificateRequestText asked) =>
        asked.Organizations is [NodesGroup]
        && asked.CommonName.StartsWith(NodePrefix, StringComparison.Ordinal)
        && asked.CommonName.Length > NodePrefix.Length
            ? asked.CommonName[NodePrefix.Length..]
            : null;

    private static bool Has(Node node, string address) => node.Status.Addresses.Any(one => one.Address == address);

    /// <summary>The one purpose, signatures, and, for RSA keys, key encipherment.</summary>
    private static bool HasUsages(ValueList<string> usages, string purpose) =>
        usages.AsSpan().Contains(purpose)
        && usages.AsSpan().Contains(KeyUsage.DigitalSignature)
        && usages.All(usage => usage == purpose || usage is KeyUsage.DigitalSignature or KeyUsage.KeyEncipherment);
}
