using Netes.Api;
using Netes.Api.Certificates;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Signs approved requests of Kubernetes' four signers. Source: pkg/controller/certificates/signer/signer.go.
/// </summary>
internal sealed class CertificateSigningController : IController
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly ControllerContext _context;
    private readonly ObjectCache<CertificateSigningRequest> _requests;
    private readonly KeyedController<ObjectKey> _keyed;

    public CertificateSigningController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var requests = context.Informers.Get<CertificateSigningRequest>();
        _requests = requests.Cache;
        requests.Enqueue(_keyed.Queue);
    }

    public string Name => "certificatesigningrequest-signing-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_context.Options.SignCertificate is not { } sign
            || !_requests.TryGet(key, out var request)
            || !request.Status.Certificate.IsEmpty
            || !request.Has(RequestConditionType.Approved)
            || request.Has(RequestConditionType.Denied) || request.Has(RequestConditionType.Failed)
            || !SigningRules.Knows(request.Spec.SignerName))
        {
            return ReconcileResult.Done;
        }

        if (SigningRules.FindError(request.Spec) is { Length: > 0 } error)
        {
            await FailAsync(request, error, cancel);
            return ReconcileResult.Done;
        }

        var asked = request.Spec.ExpirationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Lifetime;
        try
        {
            var certificate = sign(request.Spec.Request, request.Spec.Usages, asked < Lifetime ? asked : Lifetime);
            await _context.Client.UpdateStatusAsync(
                request with { Status = request.Status with { Certificate = certificate } }, cancel);
        }
        catch (InvalidDataException failure)
        {
            await FailAsync(request, failure.Message, cancel);
        }

        return ReconcileResult.Done;
    }

    private Task FailAsync(CertificateSigningRequest request, string message, CancellationToken cancel) =>
        _context.Client.UpdateStatusAsync(
            request.With(RequestConditionType.Failed, "SignerValidationFailure", message, _context.Now), cancel);
}

/// <summary>What each signer signs. Source: pkg/controller/certificates/signer/signer.go, verify*.</summary>
internal static class SigningRules
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";
    private const string LegacySigner = "kubernetes.io/legacy-unknown";

    private static readonly string[] ClientUsages =
        [KeyUsage.DigitalSignature, KeyUsage.KeyEncipherment, KeyUsage.ClientAuth];

    public static bool Knows(string signer) => signer is ClientSigner or LegacySigner
        or KubeletRequests.ClientSigner or KubeletRequests.ServingSigner;

    /// <summary>Why the signer does not sign the request; empty when it does.</summary>
    public static string FindError(CertificateSigningRequestSpec spec)
    {
        if (!CertificateRequestText.TryParse(spec.Request, out var asked, out var error))
        {
            return error;
        }

        return spec.SignerName switch
        {
            KubeletRequests.ClientSigner when KubeletRequests.ClientNode(spec) is null =>
                "the request is not one for a node's client certificate",
            KubeletRequests.ServingSigner when KubeletRequests.Serving(spec) is null =>
                "the request is not one for the serving certificate of the node that asks",
            ClientSigner when asked.Organizations.AsSpan().Contains("system:masters") =>
                "the request is for the group system:masters",
            ClientSigner when !spec.Usages.AsSpan().Contains(KeyUsage.ClientAuth)
                || spec.Usages.Any(static usage => !ClientUsages.Contains(usage)) =>
                $"usages are not valid for the signer {ClientSigner}",
            _ => "",
        };
    }
}
