using Netes.Api;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Hears of deletions of kinds that quotas count and that nobody else of the controllers watches: from the first quota
/// that names one. Kinds are few, so that a watch lasts as long as the controller.
/// Source: pkg/controller/resourcequota/resource_quota_monitor.go.
/// </summary>
/// <param name="context">The controller's.</param>
/// <param name="name">The controller's, for the log.</param>
/// <param name="gone">Told of each object that went: its namespace and its kind.</param>
internal sealed class QuotaMonitors(
    ControllerContext context, string name, Action<string, ResourceDefinition> gone)
{
    // A kind that was just begun to be watched is listed by then; one that is not served never will be.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceDefinition, Informer<PartialObjectMetadata>> _informers = [];
    private readonly List<Task> _running = [];

    /// <summary>Ends when all watches have ended.</summary>
    public Task Ended
    {
        get
        {
            lock (_lock)
            {
                return Task.WhenAll(_running);
            }
        }
    }

    /// <returns>When to count again, since something may have gone unheard; null: not for that.</returns>
    public TimeSpan? Watch(IEnumerable<ResourceDefinition> resources, CancellationToken cancel)
    {
        TimeSpan? again = null;
        foreach (var resource in resources)
        {
            lock (_lock)
            {
                if (_informers.TryGetValue(resource, out var known))
                {
                    again ??= known.HasSynced ? null : Unheard;
                    continue;
                }

                var begun = new Informer<PartialObjectMetadata>(
                    context.Client, resource, InformerOptions.Default, context.Time, context.NewRandom(),
                    context.Logger(name));
                begun.AddHandler(change =>
                {
                    if (change.New is null)
                    {
                        gone(change.Key.Namespace, resource);
                    }
                });
                _informers.Add(resource, begun);
                _running.Add(begun.RunAsync(cancel));
                again = First;
            }
        }

        return again;
    }
}
