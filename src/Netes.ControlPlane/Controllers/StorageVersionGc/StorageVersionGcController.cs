using Netes.Api;
using Netes.Api.ApiServerInternal;
using Netes.Api.Coordination;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Takes out of the storage versions what API servers said that are gone: their leases are. One worker looks at leases
/// that went, one at records that nobody's lease stands behind. Source: pkg/controller/storageversiongc.
/// </summary>
internal sealed class StorageVersionGcController : IController
{
    private const string Leases = "kube-system";
    private const string IdentityLabel = "apiserver.kubernetes.io/identity";
    private const string Identity = "kube-apiserver";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Lease> _leases;
    private readonly KeyedController<string> _goneLeases;
    private readonly KeyedController<string> _records;

    public StorageVersionGcController(ControllerContext context)
    {
        _context = context;
        _goneLeases = new(
            context, "storage_version_garbage_collector_leases", TakeOutServerAsync, workers: 1);
        _records = new(
            context, "storage_version_garbage_collector_storageversions", CheckAsync, workers: 1);
        var leases = context.Informers.Get<Lease>();
        _leases = leases.Cache;
        leases.AddHandler(change =>
        {
            if (change.New is null && change.Old is { } gone && IsServers(gone))
            {
                _goneLeases.Queue.Add(gone.Metadata.Name);
            }
        });
        context.Informers.Get<StorageVersion>().AddHandler(change =>
        {
            if (change.New is { } next && next.Status.StorageVersions.Any(server =>
                _leases.Get(Leases, server.APIServerID) is not { } lease || !IsServers(lease)))
            {
                _records.Queue.Add(next.Metadata.Name);
            }
        });
    }

    public string Name => "storageversion-garbage-collector-controller";

    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(_goneLeases.RunAsync(cancel), _records.RunAsync(cancel));

    private static bool IsServers(Lease lease) => lease.Metadata.Namespace == Leases
        && lease.Metadata.Labels.Get(IdentityLabel, "") == Identity;

    private async Task<ReconcileResult> TakeOutServerAsync(string server, CancellationToken cancel)
    {
        // It may have come back: a server that starts again has its old name.
        if (await FindLeaseAsync(server, cancel) is not null)
        {
            return ReconcileResult.Done;
        }

        List<ApiException> failures = [];
        var all = await _context.Client.ListAsync<StorageVersion>("", null, cancel);
        foreach (var item in all.Items.ToArray())
        {
            var kept = item.Status.StorageVersions.Where(other => other.APIServerID != server).ToValueList();
            if (kept.Count == item.Status.StorageVersions.Count)
            {
                continue;
            }

            try
            {
                await KeepAsync(item, kept, cancel);
            }
            catch (ApiException failure)
            {
                // The others are looked at all the same; what failed comes again with the lease.
                failures.Add(failure);
            }
        }

        return failures.Count == 0 ? ReconcileResult.Done : throw new AggregateException(failures);
    }

    private async Task<ReconcileResult> CheckAsync(string name, CancellationToken cancel)
    {
        StorageVersion item;
        try
        {
            item = await _context.Client.GetAsync<StorageVersion>("", name, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return ReconcileResult.Done;
        }

        List<ServerStorageVersion> kept = [];
        foreach (var server in item.Status.StorageVersions.ToArray())
        {
            if (await FindLeaseAsync(server.APIServerID, cancel) is { } lease && IsServers(lease))
            {
                kept.Add(server);
            }
        }

        if (kept.Count < item.Status.StorageVersions.Count)
        {
            await KeepAsync(item, kept.ToValueList(), cancel);
        }

        return ReconcileResult.Done;
    }

    private async Task KeepAsync(
        StorageVersion item, ValueList<ServerStorageVersion> kept, CancellationToken cancel)
    {
        if (!kept.IsEmpty)
        {
            await _context.Client.UpdateStatusAsync(
                StorageVersionAgreement.WithServers(item, kept, Timestamp.From(_context.Now)), cancel);
            return;
        }

        try
        {
            await _context.Client.DeleteAsync<StorageVersion>("", item.Metadata.Name, null, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // The other worker was quicker.
            return;
        }
    }

    private async Task<Lease?> FindLeaseAsync(string name, CancellationToken cancel)
    {
        try
        {
            return await _context.Client.GetAsync<Lease>(Leases, name, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }
}
