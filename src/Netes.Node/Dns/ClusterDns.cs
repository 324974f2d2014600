using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Client;
using Netes.Nodes.Network;

namespace Netes.Nodes.Dns;

/// <summary>
/// The cluster's DNS on this node: the zone follows Services and EndpointSlices, other names go to the machine's
/// resolvers. It takes the place of the CoreDNS deployment; no pod, no image, no hop to another node.
/// </summary>
public sealed partial class ClusterDns
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly NodeNetworkOptions _options;
    private readonly Informer<Service> _services;
    private readonly Informer<EndpointSlice> _slices;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private ClusterZone? _zone;
    private uint _serial;

    public ClusterDns(
        NodeNetworkOptions options, InformerSet informers, TimeProvider time, ILogger<ClusterDns> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _services = informers.Get<Service>();
        _slices = informers.Get<EndpointSlice>();
    }

    /// <summary>Serves until cancelled; answers begin when the zone is complete, so that no name is denied too
    /// early.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        _services.AddHandler(_ => Changed());
        _slices.AddHandler(_ => Changed());
        var upstream =
            new DnsUpstream(DnsUpstream.ReadServers(await File.ReadAllTextAsync(_options.ResolvConf, cancel)));
        var server = new DnsServer(new(IPAddress.Parse(_options.DnsAddress), 53), Zone, upstream, _logger);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll(_services.WaitForSyncAsync(cancel), _slices.WaitForSyncAsync(cancel));
                await server.RunAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException error)
            {
                // The address may not be there yet, or an older agent still holds it.
                BindFailed(_logger, error, _options.DnsAddress);
                await Task.Delay(RetryAfter, _time, cancel);
            }
        }
    }

    private void Changed()
    {
        lock (_lock)
        {
            _zone = null;
        }
    }

    // Built at the first query after a change: a burst of changes costs one zone.
    private ClusterZone Zone()
    {
        lock (_lock)
        {
            return _zone ??= new ClusterZone(
                _options.ClusterDomain, ++_serial, _services.Cache.List(), _slices.Cache.List());
        }
    }

    [LoggerMessage(LogLevel.Warning, "DNS cannot be served on {Address} yet")]
    private static partial void BindFailed(ILogger logger, Exception error, string address);
}
