using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// A door from a node to the host's network: one thread that lives in the host's network namespace, looks names up
/// there and makes sockets there. A socket stays in the namespace in which it was made, whoever uses it afterwards.
/// </summary>
internal sealed class HostNetwork : IDisposable
{
    private const int Waiting = 256;
    private readonly BlockingCollection<Action> work = new(Waiting);

    /// <param name="descriptor">Of the host's network namespace, opened before the node had its own.</param>
    public HostNetwork(int descriptor)
    {
        var thread = new Thread(() =>
        {
            Syscalls.EnterNetwork(descriptor);
            foreach (var action in work.GetConsumingEnumerable())
            {
                action();
            }
        })
        { IsBackground = true, Name = "host network" };
        thread.Start();
    }

    /// <summary>
    /// Connects to a name or address as the host would; never to the host's own loopback, which is not the node's.
    /// </summary>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancel)
    {
        var (address, socket) = await RunAsync(() =>
        {
            var found = Dns.GetHostAddresses(host).FirstOrDefault(each => !IPAddress.IsLoopback(each))
                ?? throw new SocketException((int)SocketError.AccessDenied);
            return (found, new Socket(found.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        }, cancel);
        try
        {
            await socket.ConnectAsync(address, port, cancel);
            return socket;
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => work.CompleteAdding();

    private Task<T> RunAsync<T>(Func<T> run, CancellationToken cancel)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                result.SetResult(run());
            }
            catch (SocketException error)
            {
                result.SetException(error);
            }
        }, cancel);
        return result.Task;
    }
}
