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
    private readonly ObjectCache<Namespace> _namespaces;
    private readonly ObjectCache<ConfigMap> _maps;
    private readonly KeyedController<ObjectKey> _keyed;

    public RootCertificateController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
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
        var certificate = _context.Options.RootCertificatePem;
        if (certificate.Length == 0 || !_namespaces.TryGet(key, out var space)
            || space.Status.Phase == NamespacePhase.Terminating || space.Metadata.DeletionTimestamp is not null)
        {
            return ReconcileResult.Done;
        }

        var existing = _maps.Get(key.Name, MapName);
        var current = existing ?? ConfigMap.Empty;
        var wanted = current with
        {
            Metadata = current.Metadata with
            {
                Namespace = key.Name,
                Name = MapName,
                Annotations = current.Metadata.Annotations.Set(DescriptionAnnotation, Description),
            },
            Data = ValueMap.Of(("ca.crt", certificate)),
        };
        if (wanted == existing)
        {
            return ReconcileResult.Done;
        }

        try
        {
            await (existing is null
                ? _context.Client.CreateAsync(wanted, cancel)
                : _context.Client.UpdateAsync(wanted, cancel));
        }
        catch (ApiException failure) when (failure.IsAlreadyExists || PodControl.IsNamespaceEnding(failure))
        {
            // The cache will show it, or nobody will need it.
        }

        return ReconcileResult.Done;
    }
}
