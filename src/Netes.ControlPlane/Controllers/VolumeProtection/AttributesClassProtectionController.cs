using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// A class of attributes that volumes or claims name is not gone before they let go of it (KEP-3751).
/// Source: pkg/controller/volume/vacprotection/vac_protection_controller.go.
/// </summary>
internal sealed class AttributesClassProtectionController : IController
{
    public const string Finalizer = "kubernetes.io/vac-protection";

    private readonly ControllerContext _context;
    private readonly ObjectCache<VolumeAttributesClass> _classes;
    private readonly ObjectIndex<PersistentVolume> _volumes;
    private readonly ObjectIndex<PersistentVolumeClaim> _claims;
    private readonly KeyedController<ObjectKey> _keyed;

    public AttributesClassProtectionController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new("vacprotection"));
        var classes = context.Informers.Get<VolumeAttributesClass>();
        var (volumes, claims) =
            (context.Informers.Get<PersistentVolume>(), context.Informers.Get<PersistentVolumeClaim>());
        _classes = classes.Cache;
        _volumes = volumes.Cache.AddIndex(ClassesOf);
        _claims = claims.Cache.AddIndex(ClassesOf);
        classes.Enqueue(_keyed.Queue);
        volumes.AddHandler(change => LetGo(change.Old, change.New, ClassesOf));
        claims.AddHandler(change => LetGo(change.Old, change.New, ClassesOf));
    }

    public string Name => "volumeattributesclass-protection-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    internal static IEnumerable<string> ClassesOf(PersistentVolume volume) =>
        Names(volume.Spec.VolumeAttributesClassName);

    /// <summary>The class that it should have, the one that it has, and the one that it is being given.</summary>
    internal static IEnumerable<string> ClassesOf(PersistentVolumeClaim claim) => Names(
        claim.Spec.VolumeAttributesClassName, claim.Status.CurrentVolumeAttributesClassName,
        claim.Status.ModifyVolumeStatus?.TargetVolumeAttributesClassName);

    private static IEnumerable<string> Names(params ReadOnlySpan<string?> names)
    {
        var set = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(name))
            {
                set.Add(name);
            }
        }

        return set;
    }

    private void LetGo<T>(T? old, T? next, Func<T, IEnumerable<string>> classesOf)
        where T : class
    {
        foreach (var name in old is null ? [] : classesOf(old).Except(next is null ? [] : classesOf(next)))
        {
            _keyed.Queue.Add(new ObjectKey("", name));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_classes.TryGet(key, out var value)
            && ProtectionFinalizers.Wanted(
                value.Metadata, Finalizer, _volumes.Count(key.Name) + _claims.Count(key.Name) > 0) is { } metadata)
        {
            await _context.Client.UpdateAsync(value with { Metadata = metadata }, cancel);
        }

        return ReconcileResult.Done;
    }
}
