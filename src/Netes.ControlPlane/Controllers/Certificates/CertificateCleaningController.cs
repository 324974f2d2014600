using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Deletes requests that nobody needs any more. Source: pkg/controller/certificates/cleaner/cleaner.go.
/// </summary>
internal sealed class CertificateCleaningController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<CertificateSigningRequest> _requests;
    private readonly KeyedController<ObjectKey> _keyed;

    public CertificateCleaningController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, workers: 1);
        var requests = context.Informers.Get<CertificateSigningRequest>();
        _requests = requests.Cache;
        requests.Enqueue(_keyed.Queue);
    }

    public string Name => "certificatesigningrequest-cleaner-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_requests.TryGet(key, out var request))
        {
            return ReconcileResult.Done;
        }

        var wait = CleaningPlan.End(request) - _context.Now;
        if (wait > TimeSpan.Zero)
        {
            return ReconcileResult.Again(wait);
        }

        var options = new Netes.Api.Meta.DeleteOptions
        {
            Preconditions = new Netes.Api.Meta.Preconditions { Uid = request.Metadata.Uid },
        };
        try
        {
            await _context.Client.DeleteAsync<CertificateSigningRequest>("", key.Name, options, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }
}

/// <summary>How long a request is kept.</summary>
internal static class CleaningPlan
{
    private static readonly TimeSpan Decided = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pending = TimeSpan.FromHours(24);

    /// <summary>An hour after the decision, a day when there is none, or when the certificate has expired.</summary>
    public static DateTimeOffset End(CertificateSigningRequest request)
    {
        var created = request.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch;
        var decided = request.Status.Conditions
            .Where(static condition => condition.Type is RequestConditionType.Approved or RequestConditionType.Denied
                or RequestConditionType.Failed)
            .Select(static condition => condition.LastUpdateTime).OfType<Timestamp>().ToList();
        var end = decided.Count == 0 ? created + Pending : decided.Max().ToDateTimeOffset() + Decided;
        return Expiry(request.Status.Certificate) is { } expiry && expiry < end ? expiry : end;
    }

    private static DateTimeOffset? Expiry(ByteString pem)
    {
        if (pem.IsEmpty)
        {
            return null;
        }

        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem.ToUtf8());
            return certificate.NotAfter.ToUniversalTime();
        }
        catch (CryptographicException)
        {
            // Another signer may have put in what is no certificate; the request then ends by its age.
            return null;
        }
    }
}
