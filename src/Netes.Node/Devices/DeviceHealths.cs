using System.Collections.Immutable;
using Netes.Api.Core;
using Netes.Nodes.DraHealth;

namespace Netes.Nodes.Devices;

/// <summary>How a device is, and until when that may be said without having heard anew.</summary>
internal readonly record struct KnownHealth(string Health, string Message, TimeSpan Limit, DateTimeOffset Until)
{
    public static KnownHealth Unknown { get; } =
        new(ResourceHealthStatus.Unknown, "", TimeSpan.Zero, DateTimeOffset.MaxValue);
}

/// <summary>
/// What drivers last said of their devices. Threading: every member may be called from any thread.
/// Source: pkg/kubelet/cm/dra/healthinfo.go; KEP-4680.
/// </summary>
internal sealed class DeviceHealths(TimeProvider time)
{
    private const int MaxMessage = 1024;
    private const string Cut = "...";

    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Report> reports = new(StringComparer.Ordinal);

    /// <summary>Something else is known of a driver's devices than before.</summary>
    public event Action<string> Changed = static _ => { };

    /// <param name="driver">Who says so.</param>
    /// <param name="devices">All its devices; null: it says nothing any more.</param>
    public void Update(DeviceDriver driver, IReadOnlyList<DeviceHealth>? devices)
    {
        var isNew = false;
        lock (gate)
        {
            var before = reports.GetValueOrDefault(driver.Name);
            if (devices is null)
            {
                // The end of an old plugin's stream says nothing about what a newer one told.
                isNew = before?.By == driver && reports.Remove(driver.Name);
            }
            else
            {
                var next = new Report(driver, Read(devices, before));
                reports[driver.Name] = next;
                isNew = before is null || !IsSame(before.Devices, next.Devices);
            }
        }

        if (isNew)
        {
            Changed(driver.Name);
        }
    }

    public KnownHealth Of(string driver, string pool, string device)
    {
        lock (gate)
        {
            return reports.TryGetValue(driver, out var report)
                && report.Devices.TryGetValue((pool, device), out var known) && known.Until > time.GetUtcNow()
                ? known : KnownHealth.Unknown;
        }
    }

    /// <summary>Devices that are left out stay as they were until their time is over.</summary>
    private ImmutableDictionary<(string Pool, string Device), KnownHealth> Read(
        IReadOnlyList<DeviceHealth> devices, Report? before)
    {
        var now = time.GetUtcNow();
        var known = ImmutableDictionary.CreateBuilder<(string Pool, string Device), KnownHealth>();
        known.AddRange(before?.Devices.Where(pair => pair.Value.Until > now) ?? []);
        foreach (var device in devices)
        {
            var limit = device.HealthCheckTimeoutSeconds > 0
                ? Durations.OfSeconds(device.HealthCheckTimeoutSeconds) : DefaultLimit;
            var health = device.Health switch
            {
                HealthStatus.Healthy => ResourceHealthStatus.Healthy,
                HealthStatus.Unhealthy => ResourceHealthStatus.Unhealthy,
                _ => ResourceHealthStatus.Unknown,
            };
            known[(device.Device?.PoolName ?? "", device.Device?.DeviceName ?? "")] =
                new(health, Shortened(device.Message), limit, now + limit);
        }

        return known.ToImmutable();
    }

    // Source: kubelet pkg/apis/dra-health, DeviceHealth.message. A character of two halves is not cut in two.
    private static string Shortened(string message)
    {
        if (message.Length <= MaxMessage)
        {
            return message;
        }

        var end = MaxMessage - Cut.Length;
        return message[..(char.IsHighSurrogate(message[end - 1]) ? end - 1 : end)] + Cut;
    }

    private static bool IsSame(
        ImmutableDictionary<(string Pool, string Device), KnownHealth> before,
        ImmutableDictionary<(string Pool, string Device), KnownHealth> next) => before.Count == next.Count
        && next.All(pair => before.TryGetValue(pair.Key, out var old)
            && (old.Health, old.Message, old.Limit) == (pair.Value.Health, pair.Value.Message, pair.Value.Limit));

    private sealed record Report(
        DeviceDriver By, ImmutableDictionary<(string Pool, string Device), KnownHealth> Devices);
}
