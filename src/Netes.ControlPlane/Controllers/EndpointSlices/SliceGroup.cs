using Netes.Api;
using Netes.Api.Discovery;

namespace Netes.ControlPlane;

/// <summary>
/// How slices of the same family and ports come to hold their endpoints with as few writes as possible: what is right
/// stays where it is, slices that change anyway are filled, and what is then left goes where it fits. Pure.
/// Source: staging endpointslice/reconciler.go, reconcileByPortMapping.
/// </summary>
internal sealed record SliceGroup(List<EndpointSlice> Create, List<EndpointSlice> Update, List<EndpointSlice> Delete)
{
    public int Added { get; private set; }

    public int Removed { get; private set; }

    /// <param name="existing">The slices that there are.</param>
    /// <param name="endpoints">What they are to hold.</param>
    /// <param name="max">Endpoints per slice.</param>
    /// <param name="withLabels">The slice as its service is labelled now.</param>
    /// <param name="make">A new slice, without endpoints.</param>
    public static SliceGroup Plan(
        IReadOnlyList<EndpointSlice> existing, IEnumerable<Endpoint> endpoints, int max,
        Func<EndpointSlice, EndpointSlice> withLabels, Func<EndpointSlice> make)
    {
        var plan = new SliceGroup([], [], []);
        var missing = new Dictionary<EndpointIdentity, Endpoint>();
        foreach (var endpoint in endpoints)
        {
            missing[EndpointIdentity.Of(endpoint)] = endpoint;
        }

        var (changed, unchanged) = (new List<Filling>(), new List<Filling>());
        foreach (var slice in existing)
        {
            var kept = Keep(slice, missing);
            plan.Removed += slice.Endpoints.Count - kept.Count;
            var next = withLabels(slice);
            if (kept.Count == 0 && !slice.Endpoints.IsEmpty)
            {
                plan.Delete.Add(slice);
            }
            else if (kept.ToValueList() != slice.Endpoints || next != slice)
            {
                changed.Add(new Filling(next, kept));
            }
            else
            {
                unchanged.Add(new Filling(slice, kept));
            }
        }

        plan.Added = missing.Count;
        foreach (var filling in changed.OrderByDescending(static filling => filling.Endpoints.Count))
        {
            filling.Take(missing, max);
        }

        plan.Place(missing, changed, unchanged, max, make);
        plan.Update.AddRange(changed.Select(static filling => filling.Made));
        return plan;
    }

    /// <summary>The slice there is, to hold what another one would have held.</summary>
    public static EndpointSlice In(EndpointSlice slice, EndpointSlice next) => next with
    {
        Metadata = slice.Metadata with
        {
            Labels = next.Metadata.Labels,
            Annotations = next.Metadata.Annotations,
            OwnerReferences = next.Metadata.OwnerReferences,
        },
    };

    /// <summary>The slice's endpoints that are still right, as they are now; they are no longer missing.</summary>
    private static List<Endpoint> Keep(EndpointSlice slice, Dictionary<EndpointIdentity, Endpoint> missing)
    {
        var kept = new List<Endpoint>();
        foreach (var endpoint in slice.Endpoints)
        {
            if (missing.Remove(EndpointIdentity.Of(endpoint), out var next))
            {
                kept.Add(next);
            }
        }

        return kept;
    }

    /// <summary>The rest of less than a slice goes where it fills best; whatever is more fills new ones.</summary>
    private void Place(
        Dictionary<EndpointIdentity, Endpoint> missing, List<Filling> changed, List<Filling> unchanged, int max,
        Func<EndpointSlice> make)
    {
        while (missing.Count > 0)
        {
            var best = missing.Count >= max ? null : unchanged
                .Where(filling => filling.Endpoints.Count + missing.Count <= max)
                .MaxBy(static filling => filling.Endpoints.Count);
            if (best is not null)
            {
                best.Take(missing, max);
                unchanged.Remove(best);
                changed.Add(best);
            }
            else
            {
                var filling = new Filling(make(), []);
                filling.Take(missing, max);
                Create.Add(filling.Made);
            }
        }
    }

    private sealed record Filling(EndpointSlice Slice, List<Endpoint> Endpoints)
    {
        public EndpointSlice Made => Slice with { Endpoints = Endpoints.ToValueList() };

        public void Take(Dictionary<EndpointIdentity, Endpoint> missing, int max)
        {
            foreach (var (key, endpoint) in missing.Take(max - Endpoints.Count).ToList())
            {
                missing.Remove(key);
                Endpoints.Add(endpoint);
            }
        }
    }
}

/// <summary>
/// Which endpoint it is, whatever its state. Source: staging endpointslice/util/endpointset.go.
/// </summary>
internal readonly record struct EndpointIdentity(string Addresses, string Hostname, string Namespace, string Name)
{
    public static EndpointIdentity Of(Endpoint endpoint) => new(
        endpoint.Addresses.Count == 1
            ? endpoint.Addresses[0]
            : string.Join(' ', endpoint.Addresses.Order(StringComparer.Ordinal)),
        endpoint.Hostname ?? "", endpoint.TargetRef?.Namespace ?? "", endpoint.TargetRef?.Name ?? "");
}
