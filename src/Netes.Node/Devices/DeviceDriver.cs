using System.Collections.Immutable;
using Google.Protobuf;
using Grpc.Core;
using Netes.Nodes.Dra;
using Netes.Nodes.DraHealth;
using Netes.Nodes.Plugins;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Devices;

/// <summary>
/// One registered plugin of a driver of devices. Calls may overlap.
/// Source: pkg/kubelet/cm/dra/plugin/dra_plugin.go; KEP-4381.
/// </summary>
internal sealed class DeviceDriver : IDisposable
{
    private const string Package = "k8s.io.kubelet.pkg.apis.dra.";

    // Half of the time after which a pod is tried again.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan HealthRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(120);
    private const double Slower = 1.6; // as gRPC's connections are tried again

    private readonly PluginEndpoint endpoint;
    private readonly DeviceMetrics metrics;
    private readonly TimeProvider time;
    private readonly Method<NodePrepareResourcesRequest, NodePrepareResourcesResponse> prepare;
    private readonly Method<NodeUnprepareResourcesRequest, NodeUnprepareResourcesResponse> unprepare;
    private readonly Action<DeviceDriver, IReadOnlyList<DeviceHealth>?> heard;

    /// <param name="name">The driver's name.</param>
    /// <param name="path">The plugin's socket.</param>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="metrics">Counts its calls.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Told when the plugin was reached or lost.</param>
    /// <param name="heard">Told the health of all its devices, and null when that is not known any more.</param>
    public DeviceDriver(
        string name, string path, string service, DeviceMetrics metrics, TimeProvider time,
        Action<DeviceDriver> changed, Action<DeviceDriver, IReadOnlyList<DeviceHealth>?> heard)
    {
        (Name, Path, this.metrics, this.time, this.heard) = (name, path, metrics, time, heard);
        endpoint = new(path, time, () => changed(this));
        prepare = Method(service, "NodePrepareResources", NodePrepareResourcesRequest.Parser,
            NodePrepareResourcesResponse.Parser);
        unprepare = Method(service, "NodeUnprepareResources", NodeUnprepareResourcesRequest.Parser,
            NodeUnprepareResourcesResponse.Parser);
    }

    /// <summary>The services that can be asked, the newest first; a plugin says which of them it has.</summary>
    public static ImmutableArray<string> Services { get; } = ["v1.DRAPlugin", "v1beta1.DRAPlugin"];

    public string Name { get; }

    public string Path { get; }

    /// <summary>There is a connection to it.</summary>
    public bool IsConnected => endpoint.IsOpen;

    /// <exception cref="RuntimeException">It failed as a whole, for no claim alone.</exception>
    public Task<NodePrepareResourcesResponse> PrepareAsync(
        NodePrepareResourcesRequest request, CancellationToken cancel) => CallAsync(prepare, request, cancel);

    /// <exception cref="RuntimeException">It failed as a whole, for no claim alone.</exception>
    public Task<NodeUnprepareResourcesResponse> UnprepareAsync(
        NodeUnprepareResourcesRequest request, CancellationToken cancel) => CallAsync(unprepare, request, cancel);

    /// <summary>
    /// Keeps a connection, so that it is known whether the plugin is there, and listens to what it says of its devices'
    /// health. Runs until cancelled.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var retry = FirstRetry;
        while (true)
        {
            var hasHealth = await ListenAsync(cancel);
            if (!endpoint.IsOpen)
            {
                await Task.Delay(retry, time, cancel);
                retry = retry * Slower > LastRetry ? LastRetry : retry * Slower;
                continue;
            }

            retry = FirstRetry;
            if (hasHealth)
            {
                await Task.Delay(HealthRetry, time, cancel);
            }
            else
            {
                await endpoint.WhenClosedAsync(cancel);
            }
        }
    }

    public void Dispose() => endpoint.Dispose();

    /// <summary>One stream of health to its end; false when the plugin has none.</summary>
    private async Task<bool> ListenAsync(CancellationToken cancel)
    {
        var client = new DRAResourceHealth.DRAResourceHealthClient(endpoint.Calls);
        try
        {
            using var call = client.NodeWatchResources(new(), cancellationToken: cancel);
            while (await call.ResponseStream.MoveNext(cancel))
            {
                heard(this, call.ResponseStream.Current.Devices);
            }

            return true;
        }
        catch (RpcException error)
        {
            cancel.ThrowIfCancellationRequested();
            return error.StatusCode != StatusCode.Unimplemented;
        }
        finally
        {
            heard(this, null);
        }
    }

    private Task<TAnswer> CallAsync<TRequest, TAnswer>(
        Method<TRequest, TAnswer> method, TRequest request, CancellationToken cancel)
        where TRequest : class
        where TAnswer : class => metrics.CallAsync(Name, method.FullName, () => endpoint.CallAsync(
            (calls, options) => calls.AsyncUnaryCall(method, null, options, request), CallLimit, cancel));

    private static Method<TRequest, TAnswer> Method<TRequest, TAnswer>(
        string service, string name, MessageParser<TRequest> request, MessageParser<TAnswer> answer)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer> =>
        new(MethodType.Unary, Package + service, name, Marshaller(request), Marshaller(answer));

    private static Marshaller<T> Marshaller<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => Marshallers.Create(static message => message.ToByteArray(), parser.ParseFrom);
}
