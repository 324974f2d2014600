using Microsoft.Extensions.Logging;
using Netes.Nodes.Devices;
using Netes.Nodes.PluginRegistration;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Plugins;

/// <summary>
/// Registers the plugins whose sockets are in the folder <c>plugins_registry</c>: asks each who it is, hands it to who
/// uses plugins of its type, and tells it how that went. A plugin stays registered until its socket goes; one that was
/// made anew under its path is another one.
/// Source: pkg/kubelet/pluginmanager (pluginwatcher, reconciler, operationexecutor/operation_generator.go).
/// </summary>
internal sealed partial class PluginRegistrations(
    string folder, DeviceDrivers drivers, TimeProvider time, ILogger<PluginRegistrations> logger)
{
    /// <summary>Drivers of devices; other types are not known here.</summary>
    private const string DriverType = "DRAPlugin";

    private const UnixFileMode FolderMode = (UnixFileMode)0b111_101_000;

    // Connecting included: a plugin makes its socket a moment before it listens.
    private static readonly TimeSpan InfoLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NotifyLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(122);

    /// <summary>Runs until cancelled; then no plugin is registered.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var known = new Dictionary<string, Known>(StringComparer.Ordinal);
        try
        {
            for (var retry = FirstRetry; ; retry = Longer(retry))
            {
                try
                {
                    Directory.CreateDirectory(folder, FolderMode);
                    using var sockets = new SocketFolder(folder);
                    await FollowAsync(sockets, known, cancel);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    LogNotWatched(folder, error.Message);
                    await Task.Delay(retry, time, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            await Task.WhenAll(known.Values.Select(plugin => plugin.StopAsync()));
        }
    }

    private async Task FollowAsync(SocketFolder sockets, Dictionary<string, Known> known, CancellationToken cancel)
    {
        while (true)
        {
            var found = sockets.Look();
            foreach (var (path, plugin) in known.ToArray())
            {
                if (!found.TryGetValue(path, out var identity) || identity != plugin.Identity)
                {
                    known.Remove(path);
                    await plugin.StopAsync();
                }
            }

            foreach (var (path, identity) in found)
            {
                if (!known.ContainsKey(path))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                    known.Add(path, new(identity, stop, KeepAsync(path, stop.Token)));
                }
            }

            await sockets.WaitAsync(cancel);
        }
    }

    /// <summary>Keeps one plugin registered.</summary>
    private async Task KeepAsync(string path, CancellationToken cancel)
    {
        await Task.Yield();
        for (var retry = FirstRetry; ; retry = Longer(retry))
        {
            try
            {
                await RegisterAsync(path, cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                // One plugin's failure is its own, also when it goes meanwhile.
                LogNotRegistered(path, error.Message);
                await Task.Delay(retry, time, cancel);
            }
        }
    }

    /// <summary>Registers it and returns only when that failed or was cancelled.</summary>
    private async Task RegisterAsync(string path, CancellationToken cancel)
    {
        var driver = await IntroduceAsync(path, cancel);
        try
        {
            LogRegistered(driver.Name, path);
            await driver.RunAsync(cancel);
        }
        finally
        {
            drivers.Remove(driver);
            LogGone(driver.Name, path);
        }
    }

    private async Task<DeviceDriver> IntroduceAsync(string path, CancellationToken cancel)
    {
        // This connection serves the registration alone: nobody asks that socket again.
        using var endpoint = new PluginEndpoint(path, time, static () => { });
        var client = new PluginRegistration.Registration.RegistrationClient(endpoint.Calls);
        var info = await InfoAsync(endpoint, client, path, cancel);
        if (info.Type != DriverType)
        {
            var unknown = "RegisterPlugin error -- no handler registered for plugin type: "
                + $"{info.Type} at socket {path}";
            await NotifyAsync(endpoint, client, path, unknown, cancel);
            throw new PluginException(unknown);
        }

        DeviceDriver driver;
        try
        {
            driver = drivers.Add(
                info.Name, info.Endpoint.Length > 0 ? info.Endpoint : path, [.. info.SupportedVersions]);
        }
        catch (PluginException error)
        {
            var why = $"RegisterPlugin error -- plugin registration failed with err: {error.Message}";
            await NotifyAsync(endpoint, client, path, why, cancel);
            throw new PluginException(why, error);
        }

        try
        {
            await NotifyAsync(endpoint, client, path, "", cancel);
            return driver;
        }
        catch
        {
            drivers.Remove(driver);
            throw;
        }
    }

    private static async Task<PluginInfo> InfoAsync(
        PluginEndpoint endpoint, PluginRegistration.Registration.RegistrationClient client, string path,
        CancellationToken cancel)
    {
        try
        {
            return await endpoint.CallAsync((_, options) => client.GetInfoAsync(new(), options), InfoLimit, cancel);
        }
        catch (RuntimeException error)
        {
            throw new PluginException(
                "RegisterPlugin error -- failed to get plugin info using RPC GetInfo at socket "
                + $"{path}, err: {error.Message}", error);
        }
    }

    /// <summary>A plugin that cannot be told is registered all the same: it was asked, and it answered.</summary>
    private async Task NotifyAsync(
        PluginEndpoint endpoint, PluginRegistration.Registration.RegistrationClient client, string path, string failure,
        CancellationToken cancel)
    {
        try
        {
            var status = new RegistrationStatus { PluginRegistered = failure.Length == 0, Error = failure };
            await endpoint.CallAsync(
                (_, options) => client.NotifyRegistrationStatusAsync(status, options), NotifyLimit, cancel);
        }
        catch (RuntimeException error)
        {
            LogNotTold(path, error.Message);
        }
    }

    private static TimeSpan Longer(TimeSpan retry) => retry * 2 > LastRetry ? LastRetry : retry * 2;

    private sealed record Known(SocketIdentity Identity, CancellationTokenSource Stop, Task Running)
    {
        public async Task StopAsync()
        {
            Stop.Cancel();
            try
            {
                await Running;
            }
            catch (OperationCanceledException) when (Stop.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                Stop.Dispose();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "plugins in {Folder} not watched, trying again: {Why}")]
    private partial void LogNotWatched(string folder, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "plugin at {Path} not registered, trying again: {Why}")]
    private partial void LogNotRegistered(string path, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "RegisterPlugin error -- failed to send registration status at socket {Path}, err: {Why}")]
    private partial void LogNotTold(string path, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "driver {Driver} registered at {Path}")]
    private partial void LogRegistered(string driver, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "driver {Driver} at {Path} is not registered any more")]
    private partial void LogGone(string driver, string path);
}
