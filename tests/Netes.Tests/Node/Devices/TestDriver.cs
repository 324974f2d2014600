using System.Collections.Immutable;
using System.Threading.Channels;
using Google.Protobuf;
using Netes.Nodes.Dra;
using Netes.Nodes.DraHealth;
using Netes.Nodes.PluginRegistration;

namespace Netes.Tests.Node.Devices;

/// <summary>
/// A driver of devices as one would be deployed: it registers with whoever watches the folder, prepares what it is
/// asked to, and remembers what it was asked. Each claim gets the device <c>d.example.com/gpu=CLAIM</c>.
/// </summary>
internal sealed class TestDriver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _service;
    private readonly Lock _gate = new();
    private readonly Channel<NodeWatchResourcesResponse> _health =
        Channel.CreateBounded<NodeWatchResourcesResponse>(100);

    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<string> _calls = [];
    private GrpcServer? _plugin;
    private GrpcServer? _registration;

    public TestDriver(string folder, string service = "v1.DRAPlugin") => (_folder, _service) = (folder, service);

    public static string Name => "d.example.com";

    public PluginInfo Info { get; init; } = new() { Type = "DRAPlugin", Name = Name };

    public bool HasHealth { get; init; }

    public string RegistrationSocket => $"{_folder}/plugins_registry/{Name}-reg.sock";

    public string PluginSocket => $"{_folder}/plugins/{Name}/dra.sock";

    /// <summary>What happened so far: <c>registered</c>, <c>refused WHY</c>, <c>prepare CLAIM</c>, ...</summary>
    public ImmutableArray<string> Calls
    {
        get
        {
            lock (_gate)
            {
                return _calls;
            }
        }
    }

    /// <summary>The answer to a claim; null: it is left out.</summary>
    public Func<Claim, NodePrepareResourceResponse?> Prepare { get; set; } = claim => new()
    {
        Devices =
        {
            new Device
            {
                PoolName = "n1", DeviceName = "gpu-0", RequestNames = { "gpu" },
                CdiDeviceIds = { $"{Name}/gpu={claim.Name}" },
            },
        },
    };

    /// <summary>Why a claim is not given back; empty: it is.</summary>
    public Func<Claim, string> Unprepare { get; set; } = _ => "";

    public async Task StartAsync()
    {
        await StartPluginAsync();
        await RegisterAsync();
    }

    public async Task StartPluginAsync()
    {
        var server = new GrpcServer()
            .Answer($"/k8s.io.kubelet.pkg.apis.dra.{_service}/NodePrepareResources",
                NodePrepareResourcesRequest.Parser, OnPrepare)
            .Answer($"/k8s.io.kubelet.pkg.apis.dra.{_service}/NodeUnprepareResources",
                NodeUnprepareResourcesRequest.Parser, OnUnprepare);
        if (HasHealth)
        {
            server.Stream("/v1alpha1.DRAResourceHealth/NodeWatchResources", TellHealthAsync);
        }

        _plugin = await server.StartAsync(PluginSocket);
    }

    public async Task RegisterAsync()
    {
        if (Info.Endpoint.Length == 0)
        {
            Info.Endpoint = PluginSocket;
        }

        if (Info.SupportedVersions.Count == 0)
        {
            Info.SupportedVersions.Add(_service);
        }

        _registration = await new GrpcServer()
            .Answer("/pluginregistration.Registration/GetInfo", InfoRequest.Parser, _ => Info)
            .Answer("/pluginregistration.Registration/NotifyRegistrationStatus", RegistrationStatus.Parser, OnStatus)
            .StartAsync(RegistrationSocket);
    }

    /// <summary>Its process ends; its sockets go with it.</summary>
    public async Task StopPluginAsync() => await _plugin!.DisposeAsync();

    public async Task UnregisterAsync() => await _registration!.DisposeAsync();

    public ValueTask TellHealthAsync(NodeWatchResourcesResponse health) =>
        _health.Writer.WriteAsync(health, TestContext.Current.CancellationToken);

    /// <summary>Ends when it was asked something as wanted.</summary>
    public async Task HeardAsync(Func<ImmutableArray<string>, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (wanted(_calls))
                {
                    return;
                }

                next = _heard.Task;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"the driver was not asked as wanted within {Patience}: {string.Join(", ", Calls)}");
            }
        }
    }

    public Task HeardAsync(string call, int times = 1) =>
        HeardAsync(calls => calls.Count(item => item == call) >= times);

    public async ValueTask DisposeAsync()
    {
        if (_registration is { } registration)
        {
            await registration.DisposeAsync();
        }

        if (_plugin is { } plugin)
        {
            await plugin.DisposeAsync();
        }
    }

    private RegistrationStatusResponse OnStatus(RegistrationStatus status)
    {
        Note(status.PluginRegistered ? "registered" : "refused " + status.Error);
        return new();
    }

    private NodePrepareResourcesResponse OnPrepare(NodePrepareResourcesRequest request)
    {
        var answer = new NodePrepareResourcesResponse();
        foreach (var claim in request.Claims)
        {
            Note("prepare " + claim.Name);
            if (Prepare(claim) is { } result)
            {
                answer.Claims[claim.Uid] = result;
            }
        }

        return answer;
    }

    private NodeUnprepareResourcesResponse OnUnprepare(NodeUnprepareResourcesRequest request)
    {
        var answer = new NodeUnprepareResourcesResponse();
        foreach (var claim in request.Claims)
        {
            Note("unprepare " + claim.Name);
            answer.Claims[claim.Uid] = new() { Error = Unprepare(claim) };
        }

        return answer;
    }

    private async Task TellHealthAsync(byte[] body, Func<IMessage, Task> write, CancellationToken cancel)
    {
        Note("health");
        await foreach (var item in _health.Reader.ReadAllAsync(cancel))
        {
            await write(item);
        }
    }

    private void Note(string call)
    {
        lock (_gate)
        {
            _calls = _calls.Add(call);
            _heard.TrySetResult();
            _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
