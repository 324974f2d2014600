using System.Net;
using System.Net.Sockets;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;

namespace Netes.ControlPlane;

using EndpointPort = Netes.Api.Discovery.EndpointPort;

/// <summary>
/// The slices that say what Endpoints written by hand say. Pure.
/// Source: pkg/controller/endpointslicemirroring/{reconciler,utils,reconciler_helpers}.go.
/// </summary>
internal sealed record MirrorPlan(List<EndpointSlice> Create, List<EndpointSlice> Update, List<EndpointSlice> Delete)
{
    public const string ManagedBy = "endpointslicemirroring-controller.k8s.io";
    public const int MaxPerSubset = 1000;

    /// <summary>On Endpoints that are a leader's lock.</summary>
    public const string LeaderAnnotation = "control-plane.alpha.kubernetes.io/leader";

    private const string SkipLabel = "endpointslice.kubernetes.io/skip-mirror";

    /// <summary>Addresses that are none.</summary>
    public int Invalid { get; private set; }

    /// <summary>Addresses that are not mirrored: those, and what is beyond the limit of a subset.</summary>
    public int Skipped { get; private set; }

    public int Added { get; private set; }

    public int Updated { get; private set; }

    public int Removed { get; private set; }

    public SliceTotals Totals { get; private set; }

    /// <summary>Some say themselves that they are not to be mirrored; others hold only a leader's lease.</summary>
    public static bool IsMirrored(Endpoints endpoints) =>
        endpoints.Metadata.Labels.Get(SkipLabel, "") != "true"
        && !endpoints.Metadata.Annotations.ContainsKey(LeaderAnnotation);

    /// <param name="endpoints">What to mirror.</param>
    /// <param name="existing">The mirrors that there are.</param>
    public static MirrorPlan Make(Endpoints endpoints, IReadOnlyList<EndpointSlice> existing)
    {
        var plan = new MirrorPlan([], [], []);
        var groups = plan.Collect(endpoints);
        foreach (var ((family, ports), wanted) in groups)
        {
            var own = existing.Where(slice => slice.AddressType == family && slice.Ports == ports).ToList();
            var next = WithMetadata(own.FirstOrDefault() ?? New(endpoints, family, ports), endpoints) with
            {
                Endpoints = wanted.Values.Take(MaxPerSubset).ToValueList(),
            };
            if (own.Count == 0)
            {
                plan.Create.Add(next);
            }
            else if (next != own[0])
            {
                plan.Update.Add(next);
            }

            plan.Count(own.FirstOrDefault(), wanted);
            plan.Totals = plan.Totals.Add(wanted.Count, 1, MaxPerSubset);
            plan.Delete.AddRange(own.Skip(1));
        }

        plan.Delete.AddRange(existing.Where(slice => !groups.ContainsKey((slice.AddressType, slice.Ports))));
        plan.Reuse();
        return plan;
    }

    /// <summary>A slice that would go takes what a new one of its family would hold.</summary>
    private void Reuse()
    {
        foreach (var next in Create.ToList())
        {
            if (Delete.Find(slice => slice.AddressType == next.AddressType) is { } slice)
            {
                Create.Remove(next);
                Delete.Remove(slice);
                Update.Add(SliceGroup.In(slice, next));
            }
        }
    }

    private void Count(EndpointSlice? existing, SortedDictionary<string, Endpoint> wanted)
    {
        var found = 0;
        foreach (var endpoint in existing?.Endpoints ?? [])
        {
            if (!wanted.TryGetValue(KeyOf(endpoint), out var next))
            {
                Removed++;
                continue;
            }

            found++;
            Updated += next == endpoint ? 0 : 1;
        }

        Added += wanted.Count - found;
    }

    /// <summary>The endpoints by family and ports, each address once.</summary>
    private Dictionary<(string Family, ValueList<EndpointPort> Ports), SortedDictionary<string, Endpoint>> Collect(
        Endpoints endpoints)
    {
        var groups =
            new Dictionary<(string Family, ValueList<EndpointPort> Ports), SortedDictionary<string, Endpoint>>();
        foreach (var subset in EndpointSubsets.Repack(endpoints.Subsets))
        {
            var ports = subset.Ports.Select(port => new EndpointPort
            {
                Name = port.Name,
                Port = port.Port,
                Protocol = port.Protocol,
                AppProtocol = port.AppProtocol,
            }).ToValueList();
            var added = 0;
            foreach (var (address, ready) in subset.Addresses.Select(address => (address, true))
                .Concat(subset.NotReadyAddresses.Select(address => (address, false))))
            {
                if (added >= MaxPerSubset)
                {
                    Skipped++;
                }
                else if (!IPAddress.TryParse(address.IP, out var ip))
                {
                    Invalid++;
                    Skipped++;
                }
                else
                {
                    added++;
                    var family = ip.AddressFamily == AddressFamily.InterNetworkV6 ? IPFamily.IPv6 : IPFamily.IPv4;
                    if (!groups.TryGetValue((family, ports), out var group))
                    {
                        groups[(family, ports)] = group = new(StringComparer.Ordinal);
                    }

                    var endpoint = ToEndpoint(address, ip.ToString(), ready);
                    group[KeyOf(endpoint)] = endpoint;
                }
            }
        }

        return groups;
    }

    private static string KeyOf(Endpoint endpoint)
    {
        var identity = EndpointIdentity.Of(endpoint);
        return $"{identity.Addresses}|{identity.Hostname}|{identity.Namespace}/{identity.Name}";
    }

    private static EndpointSlice New(Endpoints endpoints, string family, ValueList<EndpointPort> ports) => new()
    {
        Metadata = new()
        {
            Namespace = endpoints.Metadata.Namespace,
            GenerateName = endpoints.Metadata.Name + "-",
        },
        AddressType = family,
        Ports = ports,
    };

    private static Endpoint ToEndpoint(EndpointAddress address, string ip, bool ready) => new()
    {
        Addresses = [ip],
        Conditions = new() { Ready = ready },
        TargetRef = address.TargetRef,
        NodeName = address.NodeName,
        Hostname = address.Hostname.Length == 0 ? null : address.Hostname,
    };

    private static EndpointSlice WithMetadata(EndpointSlice slice, Endpoints endpoints) => slice with
    {
        Metadata = slice.Metadata with
        {
            Labels = endpoints.Metadata.Labels
                .Set(EndpointSlicePlan.ServiceNameLabel, endpoints.Metadata.Name)
                .Set(EndpointSlicePlan.ManagedByLabel, ManagedBy),
            Annotations = endpoints.Metadata.Annotations
                .Remove(TriggerTimes.Annotation)
                .Remove(DeploymentFacts.LastAppliedAnnotation),
            OwnerReferences = [ObjectReferences.Controller(endpoints)],
        },
    };
}
