using Netes.Api;
using Netes.Api.Certificates;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Deletes requests that nobody needs any more, each when its time has come. Source:
/// pkg/controller/certificates/cleaner/cleaner.go, which looks once an hour.
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

        if (CleaningPlan.End(request) is not { } end)
        {
            return ReconcileResult.Done;
        }

        var wait = end - _context.Now;
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
