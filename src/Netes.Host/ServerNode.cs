using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Telemetry;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Certificates;
using Netes.Client;
using Netes.ControlPlane;
using Netes.Host.Joining;
using Netes.Store;
using Netes.Store.Memory;
using Netes.Store.Sqlite;

namespace Netes.Host;

/// <summary>
/// <c>netes server</c>: store → API server → controllers and scheduler → the machine's own agent, in one process. They
/// start in that order; the end of any of them ends all.
/// </summary>
public sealed partial class ServerNode(ServerOptions options, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<ServerNode>();
    private readonly MetricRegistry _metrics = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string StoreFolder => Path.Combine(options.DataFolder, "db");

    /// <summary>Runs until cancelled; returns when everything has ended.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var pki = ClusterPki.Ensure(Path.Combine(options.DataFolder, "pki"), PkiOptions(), time);
        var token = JoinSecrets.Ensure(options, pki.Authority.Pem);
        using var start = new UncollectedStart(StoreFolder);
        await using var store = await OpenStoreAsync(cancel);
        using var serving = pki.ApiServer.Load();
        using var kubeletClient = pki.KubeletClient.Load();
        using var frontProxy = pki.FrontProxyClient.Load();
        var server = new ApiServer.ApiServer(
            ApiOptions(pki, serving, kubeletClient) with { FrontProxy = new(frontProxy, pki.FrontProxyAuthority.Pem) },
            store, time, loggers);
        await using var parts = new Components(_logger, cancel);
        parts.Start("API server", server.RunAsync);
        var running = parts.RunAsync();
        await await Task.WhenAny(server.Listening, running);
        if (running.IsCompleted)
        {
            await running;
            return;
        }

        WriteKubeconfig(pki);
        var administrator = ControlPlaneParts.Client(server, "kubernetes-admin", KnownGroups.Masters);
        await JoinSecrets.PublishAsync(administrator, token, cancel);
        await LocalPathStorage.EnsureClassAsync(administrator, cancel);
        Serving(_logger, options.ClusterName, options.NodeAddress, options.Port);
        await using var work = new Components(_logger, parts.Stopping);
        var scheduling = options.Scheduler with { Metrics = _metrics };
        var started = ControlPlaneParts.Start(work, server, ControllerOptions(pki), scheduling, time, loggers);
        if (options.RunAgent)
        {
            work.Start("node agent", stop => RunAgentAsync(server, pki, stop));
        }

        var working = work.RunAsync();
        await Task.WhenAny(started, running, working);
        start.Dispose();
        _started.SetResult();
        await Task.WhenAny(running, working);
        await parts.StopAsync();
        await Task.WhenAll(running, working);
    }

    private async Task RunAgentAsync(ApiServer.ApiServer api, ClusterPki pki, CancellationToken cancel)
    {
        using var certificate = pki.EnsureNodeClient(options.NodeName).Load();
        using var server = pki.EnsureNodeServer(options.NodeName, [options.NodeAddress, IPAddress.Loopback]).Load();
        var credentials = new NodeCredentials(certificate, server, pki.Authority.Pem);
        var client = ControlPlaneParts.NodeClient(api, options.NodeName);
        var node = new NodeParts(AgentOptions(), new MetricRegistry(), time, loggers);
        await node.RunAsync(client, () => credentials, cancel);
    }

    private async Task<IStore> OpenStoreAsync(CancellationToken cancel) => options.Durable
        ? await SqliteStore.OpenAsync(
            new SqliteStoreOptions
            {
                Folder = StoreFolder,
                Committed = new CommitMetrics(_metrics).Observe,
                HistoryAfter = _started.Task,
            }, time, cancel)
        : new MemoryStore(new HistoryOptions(), time);

    private ClusterPkiOptions PkiOptions() => new()
    {
        ClusterDomain = options.Network.ClusterDomain,
        ServiceAddress = options.Network.ApiServerAddress,
        ServerNames = options.ExtraNames.Where(name => !IPAddress.TryParse(name, out _)).Append(options.NodeName)
            .ToValueList(),
        ServerAddresses = options.ExtraNames.Where(name => IPAddress.TryParse(name, out _)).Select(IPAddress.Parse)
            .Append(options.NodeAddress).ToValueList(),
    };

    private ApiServerOptions ApiOptions(ClusterPki pki, X509Certificate2 serving, X509Certificate2 kubeletClient)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pki.Authority.Pem);
        return new()
        {
            Listen = new(IPAddress.Any, options.Port),
            ServerCertificate = () => serving,
            ServerCertificateChain = authorities,
            Security = new()
            {
                Authentication = new AuthenticationOptions
                {
                    ClientAuthority = pki.Authority,
                    ServiceAccountKeys = pki.ServiceAccountKeys,
                },
            },
            AdvertiseAddress = options.NodeAddress,
            KubeletClientCertificate = kubeletClient,
            KubeletAuthorities = authorities,
            ServiceNetwork = options.Network.ServiceRange,
            SecondaryServiceNetwork = options.Network.SecondaryServiceRange,
            Metrics = _metrics,
            Features = options.Features,
            RuntimeConfig = options.RuntimeConfig,
        };
    }

    private ControllerOptions ControllerOptions(ClusterPki pki) => new()
    {
        ClusterCidrs = options.Network.SecondaryPodRange is { } second
            ? [options.Network.PodRange.ToString(), second.ToString()]
            : [options.Network.PodRange.ToString()],
        ServiceCidrs = options.Network.SecondaryServiceRange is { } secondService
            ? [options.Network.ServiceRange.ToString(), secondService.ToString()]
            : [options.Network.ServiceRange.ToString()],
        RootCertificatePem = pki.Authority.Pem,
        SignCertificate = pki.Authority.SignRequest,
        SignServiceAccountToken = (account, secret) => new LegacyServiceAccountToken(
            account.Metadata.Namespace, account.Metadata.Name, account.Metadata.Uid, secret.Metadata.Name)
            .Sign(pki.ServiceAccountKeys),
        Metrics = _metrics,
        Features = options.Features,
    };

    private AgentOptions AgentOptions() => new()
    {
        Server = new Uri($"https://127.0.0.1:{options.Port}"),
        Token = new("", "", ""),
        NodeName = options.NodeName,
        NodeAddress = options.NodeAddress,
        NodeLabels = options.NodeLabels,
        NodeTaints = options.NodeTaints,
        DataFolder = options.DataFolder,
        ContainerdSocket = options.ContainerdSocket,
        Network = options.Network,
    };

    private void WriteKubeconfig(ClusterPki pki)
    {
        var text = pki.WriteKubeconfig(
            KubeconfigNames.Of($"netes-{options.ClusterName}"), $"https://{options.NodeAddress}:{options.Port}",
            pki.Admin);
        string[] files = [Path.Combine(options.DataFolder, "admin.kubeconfig"), options.KubeconfigFile];
        foreach (var file in files.Where(static file => file.Length > 0))
        {
            try
            {
                SecretFiles.Write(file, text);
            }
            catch (IOException failure) when (File.Exists(file))
            {
                // A disk that is full must not keep the API from answering: who can read can make room.
                KubeconfigKept(_logger, file, failure.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{File} stays as it was: {Reason}")]
    private static partial void KubeconfigKept(ILogger logger, string file, string reason);

    [LoggerMessage(LogLevel.Information, "Cluster {Cluster} is served on https://{Address}:{Port}")]
    private static partial void Serving(ILogger logger, string cluster, IPAddress address, int port);
}
