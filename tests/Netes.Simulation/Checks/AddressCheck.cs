using System.Net;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.Simulation.World;

namespace Netes.Simulation.Checks;

/// <summary>
/// No two services have one address; a range of addresses goes when no service has one of it; a namespace goes when
/// nothing is left in it.
/// </summary>
internal sealed class AddressCheck
{
    private readonly Mirror _mirror;
    private readonly Verdict _verdict;

    public AddressCheck(Mirror mirror, Verdict verdict)
    {
        (_mirror, _verdict) = (mirror, verdict);
        mirror.Services.Changed += ServiceChanged;
        mirror.Ranges.Changed += RangeChanged;
        mirror.Namespaces.Changed += NamespaceChanged;
    }

    private void ServiceChanged(Service? old, Service? next)
    {
        if (next is null || old?.Spec.ClusterIP == next.Spec.ClusterIP
            || !System.Net.IPAddress.TryParse(next.Spec.ClusterIP, out var address))
        {
            return;
        }

        var name = $"{next.Metadata.Namespace}/{next.Metadata.Name}";
        if (_mirror.Services.Items.FirstOrDefault(other => other.Spec.ClusterIP == next.Spec.ClusterIP
            && other.Metadata.Uid != next.Metadata.Uid) is { } holder)
        {
            _verdict.Break(Finding.AddressTwice, $"service {name} got {address}, which {holder.Metadata.Name} has");
        }

        if (!_mirror.Ranges.Items.SelectMany(range => range.Spec.CIDRs).Append("10.96.0.0/16")
            .Any(range => IPNetwork.Parse(range).Contains(address)))
        {
            _verdict.Break(Finding.AddressInNoRange, $"service {name} got {address}, which is in no range");
        }
    }

    private void RangeChanged(ServiceCIDR? old, ServiceCIDR? next)
    {
        if (next is null && old!.Metadata.Name == Offices.Range
            && _mirror.Services.Items.FirstOrDefault(Offices.IsOfRange) is { } service)
        {
            _verdict.Break(
                Finding.RangeGoneInUse,
                $"range {Offices.Range} went, and service {service.Metadata.Name} has an address of it");
        }
    }

    private void NamespaceChanged(Namespace? old, Namespace? next)
    {
        // /registry/PLURAL/NAMESPACE/NAME; nobody waits for events.
        if (next is null && _mirror.All.Keys.FirstOrDefault(key => key.Split('/') is [_, _, not "events", var space, _]
            && space == old!.Metadata.Name) is { } left)
        {
            _verdict.Break(Finding.NamespaceGoneFull, $"namespace {old!.Metadata.Name} went and left {left}");
        }
    }
}
