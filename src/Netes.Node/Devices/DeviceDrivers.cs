using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netes.Nodes.DraHealth;
using Netes.Nodes.Plugins;

namespace Netes.Nodes.Devices;

/// <summary>
/// The drivers whose plugins registered with this node; of one driver there may be several, old and new, while it is
/// being updated. A driver that nobody reaches for a while offers nothing any more: its slices of this node go.
/// Threading: every member may be called from any thread.
/// Source: pkg/kubelet/cm/dra/plugin/dra_plugin_manager.go.
/// </summary>
internal sealed partial class DeviceDrivers(
    NodeSlices slices, DeviceHealths healths, DeviceMetrics metrics, TimeProvider time, ILogger<DeviceDrivers> logger)
{
    /// <summary>How long a driver may be away before what it offers is taken back.</summary>
    public static readonly TimeSpan WipeDelay = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, CancellationTokenSource> wipes = new(StringComparer.Ordinal);
    private readonly HashSet<Task> wiping = [];
    private ImmutableDictionary<string, ImmutableArray<DeviceDriver>> drivers =
        ImmutableDictionary<string, ImmutableArray<DeviceDriver>>.Empty;

    private CancellationToken running;

    /// <summary>A driver can be asked that could not be asked before.</summary>
    public event Action Arrived = static () => { };

    /// <summary>Runs until cancelled; begins by taking back what no driver that is registered yet offers.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        running = cancel;
        try
        {
            await slices.DeleteAsync("", cancel);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Task[] rest;
            lock (gate)
            {
                rest = [.. wiping];
            }

            await Task.WhenAll(rest);
        }
    }

    /// <exception cref="PluginException">It cannot be asked anything, or its endpoint is another's.</exception>
    public DeviceDriver Add(string name, string path, ImmutableArray<string> services)
    {
        var service = Choose(name, path, services);
        DeviceDriver driver;
        lock (gate)
        {
            var all = drivers.GetValueOrDefault(name, []);
            if (all.Any(other => other.Path == path))
            {
                throw new PluginException($"endpoint {path} already registered for DRA driver plugin {name}");
            }

            driver = new(name, path, service, metrics, time, Changed, healths.Update);
            drivers = drivers.SetItem(name, all.Add(driver));
        }

        WipeWhenUnused(name);
        Arrived();
        return driver;
    }

    public void Remove(DeviceDriver driver)
    {
        lock (gate)
        {
            var rest = drivers.GetValueOrDefault(driver.Name, []).Remove(driver);
            drivers = rest.IsEmpty ? drivers.Remove(driver.Name) : drivers.SetItem(driver.Name, rest);
        }

        driver.Dispose();
        WipeWhenUnused(driver.Name);
    }

    /// <summary>The plugin to ask: the last one registered of those that are reached, else the last one.</summary>
    /// <exception cref="DeviceException">There is none.</exception>
    public DeviceDriver Get(string name)
    {
        if (name.Length == 0)
        {
            throw new DeviceException("DRA driver name is empty");
        }

        lock (gate)
        {
            return drivers.TryGetValue(name, out var all)
                ? all.LastOrDefault(driver => driver.IsConnected) ?? all[^1]
                : throw new DeviceException($"DRA driver {name} is not registered");
        }
    }

    private static string Choose(string name, string path, ImmutableArray<string> services)
    {
        var why = services.IsEmpty
            ? "empty list of supported gRPC services (aka supported versions)"
            : $"none of services supported by the plugin ({Quote(services)}) are supported by the kubelet "
                + $"({Quote(DeviceDriver.Services)})";
        return DeviceDriver.Services.FirstOrDefault(services.Contains)
            ?? throw new PluginException(
                $"invalid supported gRPC versions of DRA driver plugin {name} at endpoint {path}: {why}");
    }

    private static string Quote(ImmutableArray<string> words) =>
        $"[{string.Join(' ', words.Select(word => $"\"{word}\""))}]";

    private void Changed(DeviceDriver driver)
    {
        WipeWhenUnused(driver.Name);
        if (driver.IsConnected)
        {
            Arrived();
        }
    }

    /// <summary>Begins to wait when nobody of the driver is reached, and stops when somebody is.</summary>
    private void WipeWhenUnused(string name)
    {
        CancellationTokenSource? spared = null;
        lock (gate)
        {
            if (drivers.GetValueOrDefault(name, []).Any(driver => driver.IsConnected))
            {
                wipes.Remove(name, out spared);
            }
            else if (!wipes.ContainsKey(name) && !running.IsCancellationRequested)
            {
                var stop = CancellationTokenSource.CreateLinkedTokenSource(running);
                wipes.Add(name, stop);
                wiping.RemoveWhere(task => task.IsCompleted);
                wiping.Add(WipeAsync(name, stop, stop.Token));
            }
        }

        // Who takes it from the list disposes it.
        spared?.Cancel();
        spared?.Dispose();
    }

    private async Task WipeAsync(string name, CancellationTokenSource own, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(WipeDelay, time, cancel);
            LogWiping(name);
            await slices.DeleteAsync(name, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            bool isMine;
            lock (gate)
            {
                isMine = wipes.GetValueOrDefault(name) == own && wipes.Remove(name);
            }

            if (isMine)
            {
                own.Dispose();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "driver {Driver} stays away, deleting its resource slices")]
    private partial void LogWiping(string driver);
}
