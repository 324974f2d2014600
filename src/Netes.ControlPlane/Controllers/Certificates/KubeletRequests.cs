using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// What a node's requests must be like, and what is said of those that are not.
/// Source: pkg/apis/certificates/helpers.go.
/// </summary>
internal static class KubeletRequests
{
    public const string ClientSigner = "kubernetes.io/kube-apiserver-client-kubelet";
    public const string ServingSigner = "kubernetes.io/kubelet-serving";

    private const string NodePrefix = "system:node:";
    private const string NodesGroup = "system:nodes";
    private const string NotOfNodes = "subject organization is not system:nodes";
    private const string NotANode = "subject common name does not begin with system:node:";
    private const string HasMail = "Email subjectAltNames are not allowed";
    private const string HasUri = "URI subjectAltNames are not allowed";

    /// <summary>Why it is no request for a node's client certificate; empty when it is one.</summary>
    public static string FindClientError(CertificateRequestText asked, ValueList<string> usages) =>
        asked.Organizations is not [NodesGroup] ? NotOfNodes
        : !asked.DnsNames.IsEmpty ? "DNS subjectAltNames are not allowed"
        : asked.HasMailNames ? HasMail
        : !asked.Addresses.IsEmpty ? "IP subjectAltNames are not allowed"
        : asked.HasUris ? HasUri
        : !NamesNode(asked) ? NotANode
        : FindUsageError(usages, KeyUsage.ClientAuth);

    /// <summary>Why it is no request for a node's serving certificate; empty when it is one.</summary>
    public static string FindServingError(CertificateRequestText asked, ValueList<string> usages) =>
        asked.Organizations is not [NodesGroup] ? NotOfNodes
        : asked.DnsNames.IsEmpty && asked.Addresses.IsEmpty ? "DNS or IP subjectAltName is required"
        : asked.HasMailNames ? HasMail
        : asked.HasUris ? HasUri
        : FindUsageError(usages, KeyUsage.ServerAuth) is { Length: > 0 } error ? error
        : !NamesNode(asked) ? NotANode
        : "";

    /// <summary>Whether a node asks for a serving certificate of its own.</summary>
    public static bool IsOwnServing(CertificateSigningRequestSpec spec, CertificateRequestText asked) =>
        spec.SignerName == ServingSigner && FindServingError(asked, spec.Usages).Length == 0
        && asked.CommonName.Length > NodePrefix.Length
        && asked.CommonName == spec.Username && spec.Groups.AsSpan().Contains(NodesGroup);

    /// <summary>
    /// Why the serving names are not the node's; empty when they are. A registered node may ask for its addresses. One
    /// that is not registered yet may ask for its name and for addresses that no other node has.
    /// </summary>
    public static string FindForeignName(CertificateRequestText asked, IReadOnlyList<Node> nodes)
    {
        var name = asked.CommonName[NodePrefix.Length..];
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

    private static bool NamesNode(CertificateRequestText asked) =>
        asked.CommonName.StartsWith(NodePrefix, StringComparison.Ordinal);

    private static bool Has(Node node, string address) => node.Status.Addresses.Any(one => one.Address == address);

    /// <summary>The one purpose, signatures, and, for RSA keys, key encipherment.</summary>
    private static string FindUsageError(ValueList<string> usages, string purpose)
    {
        var fits = usages.AsSpan().Contains(purpose) && usages.AsSpan().Contains(KeyUsage.DigitalSignature)
            && usages.All(usage => usage == purpose || usage is KeyUsage.DigitalSignature or KeyUsage.KeyEncipherment);
        string[] wanted = [KeyUsage.DigitalSignature, KeyUsage.KeyEncipherment, purpose];
        return fits ? "" : $"usages did not match [{string.Join(' ', wanted.Order(StringComparer.Ordinal))}]";
    }
}
