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
        var time = TimeProvider.System;
        var healths = new DeviceHealths(time);
        using var driver = new DeviceDriver(
            "gpu.x", "/not/there", DeviceDriver.Services[0], new DeviceMetrics(new MetricRegistry(), time), time,
            static _ => { }, static (_, _) => { });
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
}
