using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Netes.Api.Core;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Probes;

/// <summary>What one probe is run against.</summary>
public sealed record ProbeTarget(Container Container, string ContainerId, string PodAddress);

/// <summary>Runs one probe once. Source: pkg/kubelet/prober/prober.go, pkg/probe/{exec,tcp,grpc}.</summary>
public sealed class Prober(IContainerRuntime runtime, Dial dial, TimeProvider time)
{
    private const int OutputLimit = 10 * 1024;

    public async Task<ProbeResult> RunAsync(Probe probe, ProbeTarget target, CancellationToken cancel)
    {
        var seconds = Math.Max(1, probe.TimeoutSeconds);
        var timeout = Durations.OfSeconds(seconds);
        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var handler = probe.ProbeHandler;
            return handler switch
            {
                { Exec: { } exec } => await ExecAsync(exec, target, timeout, cancel),
                { HTTPGet: { } get } =>
                    await HttpProbe.RunAsync(get, target.Container, target.PodAddress, dial, linked.Token),
                { TCPSocket: { } tcp } => await TcpAsync(tcp, target, linked.Token),
                { GRPC: { } grpc } => await GrpcAsync(grpc, target, timeout, linked.Token),
                _ => ProbeResult.Unknown($"missing probe handler for {target.Container.Name}"),
            };
        }
        catch (FormatException error)
        {
            return ProbeResult.Unknown(error.Message);
        }
        finally
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<ProbeResult> ExecAsync(
        ExecAction exec, ProbeTarget target, TimeSpan timeout, CancellationToken cancel)
    {
        try
        {
            var result = await runtime.ExecSyncAsync(target.ContainerId, exec.Command, timeout, cancel);
            var output = Encoding.UTF8.GetString(
                [.. result.Stdout.Span, .. result.Stderr.Span]);
            output = output.Length > OutputLimit ? output[..OutputLimit] : output;
            return result.ExitCode == 0 ? ProbeResult.Success : ProbeResult.Failure(output);
        }
        catch (RuntimeException error) when (error.Code == StatusCode.DeadlineExceeded)
        {
            var command = string.Join(' ', (IEnumerable<string>)exec.Command);
            return ProbeResult.Failure(
                $"command timed out: \"{command}\" timed out after {(int)timeout.TotalSeconds}s");
        }
        catch (RuntimeException error)
        {
            return ProbeResult.Unknown($"rpc error: code = {error.Code} desc = {error.Detail}");
        }
    }

    private async Task<ProbeResult> TcpAsync(TCPSocketAction tcp, ProbeTarget target, CancellationToken cancel)
    {
        var host = tcp.Host.Length > 0 ? tcp.Host : target.PodAddress;
        var port = ProbePorts.Resolve(tcp.Port, target.Container);
        try
        {
            await using var stream = await dial(ProbePorts.EndPoint(host, port, target.Container), cancel);
            return ProbeResult.Success;
        }
        catch (SocketException error)
        {
            return ProbeResult.Failure(SocketErrors.Explain(error, host, port));
        }
        catch (OperationCanceledException)
        {
            return ProbeResult.Failure(FormattableString.Invariant($"dial tcp {host}:{port}: i/o timeout"));
        }
    }

    private async Task<ProbeResult> GrpcAsync(
        GRPCAction grpc, ProbeTarget target, TimeSpan timeout, CancellationToken cancel)
    {
        var address = FormattableString.Invariant($"{target.PodAddress}:{grpc.Port}");
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = (_, cancel) =>
                dial(ProbePorts.EndPoint(target.PodAddress, grpc.Port, target.Container), cancel),
        };
        using var channel = GrpcChannel.ForAddress("http://" + address,
            new GrpcChannelOptions { HttpHandler = handler });
        var client = new GrpcHealth.Health.HealthClient(channel);
        try
        {
            var request = new GrpcHealth.HealthCheckRequest { Service = grpc.Service ?? "" };
            var answer = await client.CheckAsync(request, cancellationToken: cancel);
            return answer.Status == GrpcHealth.HealthCheckResponse.Types.ServingStatus.Serving
                ? ProbeResult.Success
                : ProbeResult.Failure($"service unhealthy (responded with \"{Name(answer.Status)}\")");
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            return ProbeResult.Failure(
                "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
                + error.Status.Detail);
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException)
        {
            var within = FormattableString.Invariant($"{(int)timeout.TotalSeconds}s");
            return ProbeResult.Failure(
                $"timeout: failed to connect service \"{address}\" within {within}: {error.Message}");
        }
    }

    private static string Name(GrpcHealth.HealthCheckResponse.Types.ServingStatus status) => status switch
    {
        GrpcHealth.HealthCheckResponse.Types.ServingStatus.NotServing => "NOT_SERVING",
        GrpcHealth.HealthCheckResponse.Types.ServingStatus.ServiceUnknown => "SERVICE_UNKNOWN",
        _ => "UNKNOWN",
    };
}
