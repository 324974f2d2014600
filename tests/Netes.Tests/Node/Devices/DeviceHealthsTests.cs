using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Nodes.Devices;
using Netes.Nodes.DraHealth;

namespace Netes.Tests.Node.Devices;

/// <summary>What is remembered of what drivers say of their devices.</summary>
public sealed class DeviceHealthsTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(long.MaxValue)]
    public void Health_holds_for_as_long_as_the_driver_says(long seconds)
    {
        var healths = new DeviceHealths(TimeProvider.System);
        using var driver = Driver();
        healths.Update(driver,
        [
            new DeviceHealth
            {
                Device = new() { PoolName = "pool", DeviceName = "one" },
                Health = HealthStatus.Healthy,
                HealthCheckTimeoutSeconds = seconds,
            },
        ]);
        Assert.Equal(ResourceHealthStatus.Healthy, healths.Of("gpu.x", "pool", "one").Health);
        Assert.Equal(KnownHealth.Unknown, healths.Of("gpu.x", "pool", "two"));
    }

    [Theory]
    [InlineData(0, 1024, 1024, 'x')]
    [InlineData(0, 1025, 1024, '.')]
    [InlineData(1020, 1100, 1023, '.')]
    public void Long_message_is_cut(int before, int after, int length, char last)
    {
        var healths = new DeviceHealths(TimeProvider.System);
        using var driver = Driver();

        // With something before them, two halves of one character stand where the message would be cut.
        var message = before == 0
            ? new string('x', after)
            : $"{new string('x', before)}\U0001F525{new string('x', after)}";
        healths.Update(driver,
        [
            new DeviceHealth { Device = new() { PoolName = "pool", DeviceName = "one" }, Message = message },
        ]);
        var known = healths.Of("gpu.x", "pool", "one").Message;
        Assert.Equal((length, last), (known.Length, known[^1]));
        Assert.DoesNotContain(known, char.IsHighSurrogate);
    }

    private static DeviceDriver Driver() => new(
        "gpu.x", "/not/there", DeviceDriver.Services[0],
        new DeviceMetrics(new MetricRegistry(), TimeProvider.System), TimeProvider.System, static _ => { },
        static (_, _) => { });
}
