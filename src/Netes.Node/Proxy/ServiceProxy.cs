using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;
using Netes.Nodes.Network;

namespace Netes.Nodes.Proxy;

/// <summary>
/// Keeps the kernel's rules equal to the cluster's Services: observe → compile (pure) → the difference, in one
/// transaction. At start and after a failure the table is made anew in one transaction, so traffic never sees a gap.
/// Source: pkg/proxy/nftables.
/// </summary>
public sealed partial class ServiceProxy
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly NodeNetworkOptions _options;
    private readonly NftTableOptions _table;
    private readonly Informer<Service> _services;
    private readonly Informer<EndpointSlice> _slices;
    private readonly Informer<Pod> _localPods;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly UdpFlows _flows = new(UdpFlows.RunAsync);
    private NftState? _applied;
    private ValueList<ServicePortView> _udp;

    /// <param name="options">The node and the cluster's ranges.</param>
    /// <param name="informers">Gives Services, EndpointSlices and, for host ports, the pods of this node.</param>
    /// <param name="time">For the pause after a failure.</param>
    /// <param name="logger">Where failures are told.</param>
    public ServiceProxy(
        NodeNetworkOptions options,
        InformerSet informers,
        TimeProvider time,
        ILogger<ServiceProxy> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _table = new() { ClusterCidr = options.ClusterCidr, ServiceCidr = options.ServiceCidr };
        _services = informers.Get<Service>();
        _slices = informers.Get<EndpointSlice>();
        _localPods = informers.Get<Pod>(NodeAgent.PodsOf(options.NodeName));
    }

    /// <summary>Runs until cancelled. The rules stay when it ends: a restart of the agent interrupts no
    /// connection.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var nft = new LibNftables();
        _services.AddHandler(_ => _changed.Writer.TryWrite(true));
        _slices.AddHandler(_ => _changed.Writer.TryWrite(true));
        _localPods.AddHandler(change =>
        {
            // Most pods have no host port and change no rule.
            if (HostPorts.Of([.. new[] { change.Old, change.New }.OfType<Pod>()], _options.NodeAddress).Any())
            {
                _changed.Writer.TryWrite(true);
            }
        });
        try
        {
            await Task.WhenAll(
                _services.WaitForSyncAsync(cancel), _slices.WaitForSyncAsync(cancel),
                _localPods.WaitForSyncAsync(cancel));
            _changed.Writer.TryWrite(true);
            await foreach (var _ in _changed.Reader.ReadAllAsync(cancel))
            {
                await SyncAsync(nft, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task SyncAsync(LibNftables nft, CancellationToken cancel)
    {
        var ports = ServicePorts.Compile(
            _services.Cache.List(), _slices.Cache.List(), _options.NodeName, _options.DnsAddress);
        var next = NftCompiler.Compile(ports, HostPorts.Of(_localPods.Cache.List(), _options.NodeAddress), _table);
        var commands = _applied is null
            ? NftTable.Create(_table) + NftDiff.Between(NftState.Empty, next, _table.Table)
            : NftDiff.Between(_applied, next, _table.Table);
        if (commands.Length == 0)
        {
            return;
        }

        try
        {
            nft.Run(commands);
            _applied = next;
            Applied(_logger, ports.Count, next.Chains.Count);
            await CleanFlowsAsync(ports, cancel);
        }
        catch (InvalidOperationException error)
        {
            SyncFailed(_logger, error);
            _applied = null;
            await Task.Delay(RetryAfter, _time, cancel);
            _changed.Writer.TryWrite(true);
        }
    }

    private async Task CleanFlowsAsync(ValueList<ServicePortView> ports, CancellationToken cancel)
    {
        var udp = ports.Where(port => port.Protocol == "udp").ToValueList();
        if (udp == _udp)
        {
            return;
        }

        try
        {
            await _flows.CleanAsync(udp, cancel);
            _udp = udp;
        }
        catch (InvalidOperationException error)
        {
            FlowsNotCleaned(_logger, error); // the next change tries again
        }
    }

    [LoggerMessage(LogLevel.Warning, "Flows of UDP to endpoints that are gone could not be ended")]
    private static partial void FlowsNotCleaned(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Debug, "Rules serve {Ports} ports of Services in {Chains} chains")]
    private static partial void Applied(ILogger logger, int ports, int chains);

    [LoggerMessage(LogLevel.Error, "The rules of Services could not be applied; the table is made anew")]
    private static partial void SyncFailed(ILogger logger, Exception error);
}
