using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.Client;

namespace Netes.Nodes.Network;

/// <summary>
/// Connects the pods of this node: kernel settings, the CNI configuration once the node has its pod range, routes to
/// the other nodes' ranges, and the addresses that Services and DNS need.
/// </summary>
public sealed partial class NodeNetwork(
    NodeNetworkOptions options, InformerSet informers, TimeProvider time, ILogger<NodeNetwork> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private readonly Informer<Node> _nodes = informers.Get<Node>();
    private readonly Informer<ServiceCIDR> _ranges = informers.Get<ServiceCIDR>();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private IReadOnlyDictionary<string, string> _routes = new Dictionary<string, string>();
    private IReadOnlySet<string> _serviceRanges = new HashSet<string>();
    private string _podCidr = "";

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var failure in KernelSettings.Apply())
        {
            SettingFailed(logger, failure);
        }

        // Before any rule exists a Service address must lead nowhere; with rules, this route only carries packets of
        // this machine to the output hook, where they are translated or rejected.
        await IpCommand.BatchAsync(
            [
                $"addr replace {options.DnsAddress}/32 dev lo",
                $"route replace {options.ServiceCidr} dev lo src {options.NodeAddress}",
            ],
            cancel);
        _nodes.AddHandler(_ => _changed.Writer.TryWrite(true));
        _ranges.AddHandler(_ => _changed.Writer.TryWrite(true));
        await _nodes.WaitForSyncAsync(cancel);
        _changed.Writer.TryWrite(true);
        try
        {
            await foreach (var _ in _changed.Reader.ReadAllAsync(cancel))
            {
                await SyncAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task SyncAsync(CancellationToken cancel)
    {
        try
        {
            await ConfigurePodsAsync(cancel);
            var desired = NodeRoutes.Desired(_nodes.Cache.List(), options.NodeName);
            var serviceRanges = NodeRoutes.ServiceRanges(_ranges.Cache.List(), options.ServiceCidr);
            IReadOnlyList<string> changes =
            [
                .. NodeRoutes.Changes(_routes, desired),
                .. NodeRoutes.ServiceChanges(_serviceRanges, serviceRanges, options.NodeAddress),
            ];
            if (changes.Count > 0)
            {
                await IpCommand.BatchAsync(changes, cancel);
                RoutesChanged(logger, changes.Count);
            }

            (_routes, _serviceRanges) = (desired, serviceRanges);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            SyncFailed(logger, error);
            // Start from nothing: what was half applied is applied again.
            (_routes, _serviceRanges) = (new Dictionary<string, string>(), new HashSet<string>());
            await Task.Delay(RetryAfter, time, cancel);
            _changed.Writer.TryWrite(true);
        }
    }

    private async Task ConfigurePodsAsync(CancellationToken cancel)
    {
        var podCidr = _nodes.Cache.Get("", options.NodeName)?.Spec.PodCIDR ?? "";
        if (!options.ManagePodNetwork || podCidr.Length == 0 || podCidr == _podCidr)
        {
            return;
        }

        Directory.CreateDirectory(options.CniConfigFolder);
        var path = Path.Combine(options.CniConfigFolder, CniConfig.FileName);
        var text = CniConfig.Render(podCidr, options.IpamFolder);
        if (!File.Exists(path) || await File.ReadAllTextAsync(path, cancel) != text)
        {
            // The runtime watches the folder: it must never see half a file, nor one with its ending that is not ready.
            var draft = path + ".draft";
            await File.WriteAllTextAsync(draft, text, cancel);
            File.Move(draft, path, overwrite: true);
        }

        _podCidr = podCidr;
        PodsConfigured(logger, options.NodeName, podCidr);
    }

    [LoggerMessage(LogLevel.Warning, "A kernel setting could not be applied: {Setting}")]
    private static partial void SettingFailed(ILogger logger, string setting);

    [LoggerMessage(LogLevel.Information, "Pods of Node {Name} get addresses of {PodCidr}")]
    private static partial void PodsConfigured(ILogger logger, string name, string podCidr);

    [LoggerMessage(LogLevel.Information, "{Count} routes to other nodes and to services changed")]
    private static partial void RoutesChanged(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "The node's network could not be brought up to date")]
    private static partial void SyncFailed(ILogger logger, Exception error);
}
