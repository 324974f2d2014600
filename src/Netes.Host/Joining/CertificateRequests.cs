using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.Host.Joining;

/// <summary>
/// Gets certificates from the cluster: a CertificateSigningRequest, which the controllers approve and sign.
/// Source: client-go util/certificate/csr.
/// </summary>
internal sealed class CertificateRequests(KubernetesClient client)
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client-kubelet";
    private const string ServerSigner = "kubernetes.io/kubelet-serving";

    /// <summary>The node's client certificate with its key.</summary>
    public Task<X509Certificate2> ClientAsync(string nodeName, CancellationToken cancel) => RequestAsync(
        nodeName, ClientSigner, ["digital signature", "client auth"], names: null, cancel);

    /// <summary>The node's serving certificate with its key.</summary>
    public Task<X509Certificate2> ServerAsync(string nodeName, IPAddress address, CancellationToken cancel)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(nodeName);
        names.AddIpAddress(address);
        return RequestAsync(nodeName, ServerSigner, ["digital signature", "server auth"], names, cancel);
    }

    private async Task<X509Certificate2> RequestAsync(
        string nodeName,
        string signer,
        ValueList<string> usages,
        SubjectAlternativeNameBuilder? names,
        CancellationToken cancel)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName($"system:node:{nodeName}");
        subject.AddOrganizationName("system:nodes");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        var created = await client.CreateAsync(
            new CertificateSigningRequest
            {
                Metadata = new ObjectMeta { GenerateName = "csr-" },
                Spec = new()
                {
                    Request = ByteString.FromUtf8(request.CreateSigningRequestPem()),
                    SignerName = signer,
                    Usages = usages,
                },
            },
            cancel);
        var signed = await WaitAsync(created, cancel);
        using var certificate = X509Certificate2.CreateFromPem(signed.Status.Certificate.ToUtf8());
        return certificate.CopyWithPrivateKey(key);
    }

    private async Task<CertificateSigningRequest> WaitAsync(CertificateSigningRequest created, CancellationToken cancel)
    {
        var name = created.Metadata.Name;
        var parameters = new WatchParameters
        {
            FieldSelector = $"metadata.name={name}",
            ResourceVersion = created.Metadata.ResourceVersion,
        };
        while (true)
        {
            // The watch starts at the creation, so a quick signature is not missed; a watch that ends is begun again.
            await foreach (var change in client.WatchAsync<CertificateSigningRequest>("", parameters, cancel))
            {
                if (change.Type == WatchEventType.Deleted)
                {
                    throw new InvalidOperationException(
                        $"CertificateSigningRequest {name} was deleted before it was signed");
                }

                foreach (var condition in change.Object.Status.Conditions)
                {
                    if (condition.Type is "Denied" or "Failed")
                    {
                        throw new InvalidOperationException(
                            $"CertificateSigningRequest {name}: {condition.Type}: {condition.Message}");
                    }
                }

                if (!change.Object.Status.Certificate.IsEmpty)
                {
                    return change.Object;
                }
            }
        }
    }
}
