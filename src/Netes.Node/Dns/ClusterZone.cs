using System.Net;
using System.Net.Sockets;
using Netes.Api.Core;
using Netes.Api.Discovery;

namespace Netes.Nodes.Dns;

/// <summary>
/// Answers names of the cluster's zone from Services and EndpointSlices. Immutable: a change makes a new zone.
/// Source: the DNS-based service discovery specification of Kubernetes (kubernetes/dns, docs/specification.md 1.1.0).
/// </summary>
public sealed class ClusterZone
{
    private const int TtlSeconds = 5;

    /// <summary>Aliases of aliases are followed so far, so that a circle ends.</summary>
    private const int MaxAliases = 8;
    private readonly string _domain;
    private readonly uint _serial;
    private readonly Dictionary<(string Namespace, string Name), ServiceNames> _services;
    private readonly Dictionary<IPAddress, List<string>> _reverse = [];
    private readonly HashSet<string> _namespaces;

    public ClusterZone(
        string domain, uint serial, IEnumerable<Service> services, IEnumerable<EndpointSlice> slices)
    {
        (_domain, _serial) = (domain, serial);
        var byService = slices.ToLookup(slice =>
            (slice.Metadata.Namespace, slice.Metadata.Labels.Get("kubernetes.io/service-name", "")!));
        _services = services.ToDictionary(
            service => (service.Metadata.Namespace, service.Metadata.Name),
            service => new ServiceNames(
                service, [.. byService[(service.Metadata.Namespace, service.Metadata.Name)]], ServiceName(service)));
        _namespaces = [.. _services.Keys.Select(key => key.Namespace)];
        foreach (var names in _services.Values)
        {
            foreach (var (address, name) in names.Reverse)
            {
                if (!_reverse.TryGetValue(address, out var known))
                {
                    _reverse[address] = known = [];
                }

                known.Add(name);
            }
        }
    }

    /// <summary>The answer, or null when the name is not ours and an upstream server has to be asked.</summary>
    public DnsAnswer? Answer(string name, DnsType type) => Answer(name, type, 0);

    private DnsAnswer? Answer(string name, DnsType type, int aliases)
    {
        if (name == _domain)
        {
            return type == DnsType.Soa ? Found([Soa()]) : NoData();
        }

        if (name.EndsWith('.' + _domain, StringComparison.Ordinal))
        {
            var labels = name[..^(_domain.Length + 1)].Split('.');
            Array.Reverse(labels);
            return labels[0] switch
            {
                "svc" => Service(name, labels, type, aliases),
                "pod" => Pod(name, labels, type),
                "dns-version" when labels.Length == 1 =>
                    type is DnsType.Txt or DnsType.Any ? Found([new TxtRecord(name, 28800, "1.1.0")]) : NoData(),
                _ => NotFound(),
            };
        }

        return ReverseName.TryParse(name, out var address) && _reverse.TryGetValue(address, out var names)
            ? type is DnsType.Ptr or DnsType.Any
                ? Found([.. names.Select(target => new PtrRecord(name, TtlSeconds, target))])
                : NoData()
            : null;
    }

    private string ServiceName(Service service) =>
        $"{service.Metadata.Name}.{service.Metadata.Namespace}.svc.{_domain}";

    // labels: svc, namespace, service[, endpoint | _proto, _port]
    private DnsAnswer Service(string name, string[] labels, DnsType type, int aliases)
    {
        if (labels.Length < 3)
        {
            return labels.Length == 1 || _namespaces.Contains(labels[1]) ? NoData() : NotFound();
        }

        if (!_services.TryGetValue((labels[1], labels[2]), out var service))
        {
            return NotFound();
        }

        if (service.ExternalName is { } target && labels.Length == 3)
        {
            // Programs do not ask a second time: where the alias leads to a name of ours, its addresses belong to the
            // answer.
            var behind = type == DnsType.Cname || aliases >= MaxAliases ? null : Answer(target, type, aliases + 1);
            return Found([new CnameRecord(name, TtlSeconds, target), .. behind?.Answers ?? []]);
        }

        if (labels.Length == 5 && labels[3].StartsWith('_') && labels[4].StartsWith('_'))
        {
            return Srv(name, service, labels[3][1..], labels[4][1..], type);
        }

        var addresses = labels.Length switch
        {
            3 => service.Addresses,
            4 => service.EndpointAddresses(labels[3]),
            _ => [],
        };
        return addresses.Count == 0 && (labels.Length > 3 || service.IsHeadless)
            ? NotFound()
            : type == DnsType.Srv && labels.Length == 3 ? Srv(name, service, "*", "*", type)
            : Addresses(name, addresses, type);
    }

    private DnsAnswer Srv(string name, ServiceNames service, string protocol, string port, DnsType type)
    {
        var targets = service.Targets(protocol, port);
        if (targets.Count == 0)
        {
            return NotFound();
        }

        return type is DnsType.Srv or DnsType.Any
            ? new(
                DnsCode.NoError,
                [.. targets.Select(t => new SrvRecord(name, TtlSeconds, t.Port, t.Name)).Distinct()],
                [],
                [.. targets.Select(t => new ARecord(t.Name, TtlSeconds, t.Address)).Distinct()])
            : NoData();
    }

    // labels: pod, namespace, 10-244-1-7
    private DnsAnswer Pod(string name, string[] labels, DnsType type) =>
        labels.Length == 3 && IPAddress.TryParse(labels[2].Replace('-', '.'), out var address)
            && address.AddressFamily == AddressFamily.InterNetwork && labels[2].Count(c => c == '-') == 3
            ? Addresses(name, [address], type)
            : labels.Length < 3 ? NoData() : NotFound();

    private DnsAnswer Addresses(string name, IReadOnlyList<IPAddress> addresses, DnsType type)
    {
        var records = addresses
            .Select(address => new ARecord(name, TtlSeconds, address))
            .Where(record => type == DnsType.Any || record.Type == type)
            .ToList();
        return records.Count > 0 ? Found(records) : NoData();
    }

    private static DnsAnswer Found(IReadOnlyList<DnsRecord> records) => new(DnsCode.NoError, records, [], []);

    private DnsAnswer NoData() => new(DnsCode.NoError, [], [Soa()], []);

    private DnsAnswer NotFound() => new(DnsCode.NameError, [], [Soa()], []);

    private SoaRecord Soa() => new(_domain, TtlSeconds, _serial);
}
