using System.Net;
using Netes.Api.Core;
using Netes.Nodes.Pods;
using Netes.Nodes.Probes;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Hooks;

/// <summary>Runs postStart and preStop handlers. Source: pkg/kubelet/lifecycle/handlers.go.</summary>
public sealed class ContainerHooks(IContainerRuntime runtime, Dial dial, TimeProvider time)
{
    /// <summary>Runs the handler to its end; answers what went wrong, or null.</summary>
    public async Task<string?> RunAsync(
        LifecycleHandler handler, PodContainer container, string containerId, string podAddress,
        CancellationToken cancel)
    {
        try
        {
            if (handler.Exec is { } exec)
            {
                var result = await runtime.ExecSyncAsync(containerId, exec.Command, TimeSpan.Zero, cancel);
                return result.ExitCode == 0 ? null : ExplainExec(exec, container.Name, result);
            }

            if (handler.HTTPGet is { } get)
            {
                var result = await HttpProbe.RunAsync(get, container.Spec, podAddress, dial, cancel);
                return result.Succeeded ? null : $"HTTP lifecycle hook ({get.Path}) for Container \"{container.Name}\" "
                    + $"failed - error: {result.Output}";
            }

            if (handler.TCPSocket is { } tcp)
            {
                var host = tcp.Host.Length > 0 ? tcp.Host : podAddress;
                await using var stream = await dial(ProbePorts.EndPoint(host, tcp.Port, container.Spec), cancel);
                return null;
            }

            if (handler.Sleep is { } sleep)
            {
                await Task.Delay(Durations.OfSeconds(sleep.Seconds), time, cancel);
            }

            return null;
        }
        catch (Exception error) when (error is RuntimeException or IOException or ProtocolViolationException
            or System.Net.Sockets.SocketException or FormatException)
        {
            return error.Message;
        }
    }

    private static string ExplainExec(ExecAction exec, string container, Cri.ExecSyncResponse result)
    {
        var command = string.Join(' ', (IEnumerable<string>)exec.Command);
        var (output, error) = (result.Stdout.ToStringUtf8(), result.Stderr.ToStringUtf8());
        return $"Exec lifecycle hook ([{command}]) for Container \"{container}\" failed - error: command '{command}' "
            + $"exited with {result.ExitCode}: {error}, message: \"{output}{error}\"";
    }
}
