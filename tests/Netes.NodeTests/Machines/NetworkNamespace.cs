using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Netes.NodeTests.Machines;

/// <summary>
/// Makes connections inside another network namespace: a socket belongs to the namespace in which its thread was when
/// it was made, so a thread of its own goes there, makes the socket, and ends.
/// </summary>
public sealed partial class NetworkNamespace(string path)
{
    private const int NetworkNamespaceKind = 0x40000000;

    public async ValueTask<Stream> ConnectAsync(EndPoint endPoint, CancellationToken cancel)
    {
        var socket = CreateSocket(endPoint.AddressFamily == AddressFamily.InterNetworkV6
            ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        try
        {
            await socket.ConnectAsync(endPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket CreateSocket(AddressFamily family)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle(path);
                if (SetNamespace((int)file.DangerousGetHandle(), NetworkNamespaceKind) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                }

                socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException($"no socket in {path}", failure);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int file, int kind);
}
