using Netes.Api;
using Netes.Api.Certificates;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Signs approved requests of Kubernetes' four signers. Source: pkg/controller/certificates/signer/signer.go.
/// </summary>
internal sealed class CertificateSigningController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<CertificateSigningRequest> _requests;
    private readonly KeyedController<ObjectKey> _keyed;

    public CertificateSigningController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: CertificateQueues.Settings);
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

        // What is said here is for good, so it is said of the request only: an authority that cannot sign may be able
        // to the next time.
        var spec = request.Spec;
        if (SigningRules.FindError(spec, request.Read()) is { Length: > 0 } error)
        {
            await _context.Client.UpdateStatusAsync(
                request.With(RequestConditionType.Failed, "SignerValidationFailure", error, _context.Now), cancel);
            return ReconcileResult.Done;
        }

        var certificate = sign(spec.Request, spec.Usages, SigningRules.Lifetime(spec.ExpirationSeconds));
        await _context.Client.UpdateStatusAsync(
            request with { Status = request.Status with { Certificate = certificate } }, cancel);
        return ReconcileResult.Done;
    }
}
