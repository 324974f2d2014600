using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Netes.NodeTests.Machines;

/// <summary>
/// Ports for servers that a test starts later, maybe more than once. Not of the range from which the kernel takes those
/// of outgoing connections: there, one that is free now may be a client's a moment later.
/// </summary>
public static class FreePort
{
    private const int First = 10000, Last = 29999;
    private static int next = RandomNumberGenerator.GetInt32(First, Last);

    public static int Take()
    {
        for (var tries = 0; tries < Last - First; tries++)
        {
            var port = First + (Interlocked.Increment(ref next) % (Last - First));
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"no port from {First} to {Last} is free");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
