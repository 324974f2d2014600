using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Publishes the API server's authority to each namespace. Source:
/// pkg/controller/certificates/rootcacertpublisher/publisher.go.
/// </summary>
internal sealed class RootCertificateController : IController
{
    private const string MapName = "kube-root-ca.crt";
    private const string DescriptionAnnotation = "kubernetes.io/description";
    private const string Description =
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the "
        + "internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of "
        + "Kubernetes clusters.";

    private readonly ControllerContext _context;
    private readonly RootCertificateMetrics? _metrics;
    private readonly ObjectCache<Namespace> _namespaces;
    private readonly ObjectCache<ConfigMap> _maps;
    private readonly KeyedController<ObjectKey> _keyed;

    public RootCertificateController(ControllerContext context)
    {
        _context = context;
        _metrics = context.Options.Metrics is { } registry ? new(registry, context.Time) : null;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, workers: 1, queue: new("root_ca_cert_publisher"));
        var namespaces = context.Informers.Get<Namespace>();
        var maps = context.Informers.Get<ConfigMap>();
        _namespaces = namespaces.Cache;
        _maps = maps.Cache;
        namespaces.Enqueue(_keyed.Queue);
        maps.AddHandler(change =>
        {
            if (change.Key.Name == MapName)
            {
                _keyed.Queue.Add(new ObjectKey("", change.Key.Namespace));
            }
        });
    }

    public string Name => "root-ca-certificate-publisher-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        try
        {
            return await (_metrics?.MeasureAsync(() => PublishAsync(key, cancel)) ?? PublishAsync(key, cancel));
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            return ReconcileResult.Later(failure.Message);
        }
    }

    private async Task<ReconcileResult> PublishAsync(ObjectKey key, CancellationToken cancel)
    {
        var certificate = _context.Options.RootCertificatePem;
        var current = _maps.Get(key.Name, MapName);
        if (certificate.Length == 0 || (current is null && !IsActive(key)))
        {
            return ReconcileResult.Done;
        }

        var data = ValueMap.Of(("ca.crt", certificate));
        if (current is null)
        {
            await CreateAsync(Described(ConfigMap.Empty, key.Name) with { Data = data }, cancel);
        }
        else if (current.Data != data || current.Metadata.Annotations.Get(DescriptionAnnotation, "").Length == 0)
        {
            await _context.Client.UpdateAsync(Described(current, key.Name) with { Data = data }, cancel);
        }

        return ReconcileResult.Done;
    }

    /// <summary>Whether the API server would take in anything new.</summary>
    private bool IsActive(ObjectKey key) => _namespaces.TryGet(key, out var space)
        && space.Status.Phase != NamespacePhase.Terminating && space.Metadata.DeletionTimestamp is null;

    private async Task CreateAsync(ConfigMap map, CancellationToken cancel)
    {
        try
        {
            await _context.Client.CreateAsync(map, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || PodControl.IsNamespaceEnding(failure))
        {
            // Nobody will need it.
            return;
        }
    }

    /// <summary>Another description may stand, until the map has to be written anyway.</summary>
    private static ConfigMap Described(ConfigMap map, string ns) => map with
    {
        Metadata = map.Metadata with
        {
            Namespace = ns,
            Name = MapName,
            Annotations = map.Metadata.Annotations.Set(DescriptionAnnotation, Description),
        },
    };
}
