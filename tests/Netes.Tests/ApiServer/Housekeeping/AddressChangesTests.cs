using Netes.Api.Core;
using Netes.ApiServer.Housekeeping;

namespace Netes.Tests.ApiServer.Housekeeping;

public sealed class AddressChangesTests
{
    [Fact]
    public void ServiceThatChanges_concernsItsAddressesAlone()
    {
        var changes = new AddressChanges();
        var services = Enumerable.Range(1, 200).Select(i => Web($"s{i}", $"10.96.0.{i}")).ToList();
        services.ForEach(service => changes.ServiceChanged(null, service));
        Assert.True(changes.More.IsCompleted);
        Assert.Equal(200, changes.Take().Count);
        Assert.False(changes.More.IsCompleted);

        var same = services[6] with { Metadata = services[6].Metadata with { Generation = 2 } };
        changes.ServiceChanged(services[6], same);
        Assert.Empty(changes.Take());
        changes.ServiceChanged(services[7], null);
        Assert.Equal(["10.96.0.8"], changes.Take());
        Assert.Empty(changes.HoldersOf("10.96.0.8"));
        changes.AddressChanged("10.96.0.9");
        changes.AddressChanged("10.96.0.9");
        Assert.Equal(["10.96.0.9"], changes.Take());
    }

    [Fact]
    public void ServicesOfOneAddress_areAllKnownUntilTheyGo()
    {
        var changes = new AddressChanges();
        var (one, two) = (Web("one", "10.96.0.1"), Web("two", "10.96.0.1", "fd00::1"));
        changes.ServiceChanged(null, one);
        changes.ServiceChanged(null, two);
        Assert.Equal([("default", "one"), ("default", "two")], changes.HoldersOf("10.96.0.1"));
        Assert.Equal(["10.96.0.1", "fd00::1"], changes.Take());
        changes.ServiceChanged(one, Web("one", "10.96.0.2"));
        Assert.Equal(["10.96.0.1", "10.96.0.2"], changes.Take());
        Assert.Equal([("default", "two")], changes.HoldersOf("10.96.0.1"));
    }

    [Fact]
    public void RangesThatChange_concernEveryAddress()
    {
        var changes = new AddressChanges();
        changes.ServiceChanged(null, Web("one", "10.96.0.1"));
        changes.ServiceChanged(null, Web("none", "None"));
        _ = changes.Take();
        changes.RangesChanged();
        Assert.Equal(["10.96.0.1"], changes.Take());
    }

    private static Service Web(string name, params string[] addresses) => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new() { Type = "ClusterIP", ClusterIP = addresses[0], ClusterIPs = [.. addresses] },
    };
}
