using System.Buffers.Binary;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Netes.Client;

namespace Netes.Bench.Load;

/// <summary>
/// One request after the other on one HTTP/2 connection, with blocking calls of one thread: what is measured is the
/// server's time, and of a client's only what none can do without. (.NET's own takes a third of a millisecond for each
/// on these two cores, since it hands every request through several threads.) Head and body are two writes, as
/// client-go's are. Source: RFC 9113, RFC 7541 (no dynamic table).
/// </summary>
internal sealed class LoneClient : IDisposable
{
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    private const byte EndStream = 1, Ack = 1, EndHeaders = 4;
    private const int FrameHeader = 9;
    private const int LargestFrame = 16 << 10;
    private const int Window = int.MaxValue - ushort.MaxValue;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    private readonly HttpTransportOptions _options;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SslStream _stream;
    private readonly byte[] _in = new byte[FrameHeader + LargestFrame];
    private readonly byte[] _out = new byte[FrameHeader + LargestFrame];
    private int _nextStream = 1;

    public LoneClient(HttpTransportOptions options)
    {
        _options = options;
        _socket.Connect(options.Server.Host, options.Server.Port);
        _stream = new SslStream(new NetworkStream(_socket));
        var tls = HttpTransport.CreateSslOptions(options);
        tls.TargetHost ??= options.Server.Host;
        tls.ApplicationProtocols = [SslApplicationProtocol.Http2];
        _stream.AuthenticateAsClient(tls);
        if (_stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
        {
            throw new AuthenticationException($"{options.Server} does not speak HTTP/2");
        }

        // No table, no pushes, and windows that no answer fills.
        _stream.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Send(Settings, 0, 0, [0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 4, 0x7f, 0xff, 0xff, 0xff]);
        Send(WindowUpdate, 0, 0, Number(Window));
    }

    /// <summary>Creates; any other answer than success is the end of the measure.</summary>
    public void Post(string path, ReadOnlySpan<byte> body)
    {
        int stream = _nextStream;
        _nextStream += 2;
        Send(Headers, EndHeaders, stream, Head(path, body.Length));
        Send(Data, EndStream, stream, body);
        Await();
        bool isSuccess = false;
        var text = new StringBuilder();
        while (true)
        {
            (byte kind, byte flags, int of, int length) = Receive();
            ReadOnlySpan<byte> payload = _in.AsSpan(0, length);
            switch (kind)
            {
                case Headers when of == stream && text.Length == 0 && !isSuccess:
                    isSuccess = IsSuccess(payload);
                    break;
                case Data when !isSuccess:
                    text.Append(Encoding.UTF8.GetString(payload));
                    break;
                case Settings when (flags & Ack) == 0:
                    Send(Settings, Ack, 0, []);
                    break;
                case Ping when (flags & Ack) == 0:
                    Send(Ping, Ack, 0, payload);
                    break;
                case Reset or GoAway:
                    throw new IOException($"POST {path}: the server ended the stream, frame {kind}");
            }

            if (of == stream && kind is Headers or Data && (flags & EndStream) != 0)
            {
                if (!isSuccess)
                {
                    throw new InvalidOperationException($"POST {path}: {text}");
                }

                return;
            }
        }
    }

    /// <summary>
    /// Looks for the answer instead of sleeping: a core that sleeps takes longer to wake than an answer to come, and
    /// the server's threads would wait for it.
    /// </summary>
    private void Await()
    {
        long began = TimeProvider.System.GetTimestamp();
        while (_socket.Available == 0 && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            Thread.SpinWait(20);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    /// <summary>Each field by the number of its name in the static table, its value as it is.</summary>
    private byte[] Head(string path, int length)
    {
        var head = new List<byte> { 0x83, 0x87 };
        Add(1, _options.Server.Authority);
        Add(4, path);
        Add(19, "application/json");
        Add(28, length.ToString(CultureInfo.InvariantCulture));
        Add(31, "application/json");
        Add(58, _options.UserAgent);
        if (_options.BearerToken.Length > 0)
        {
            Add(23, $"Bearer {_options.BearerToken}");
        }

        return [.. head];

        void Add(int name, string value)
        {
            AddNumber(name, 4);
            AddNumber(value.Length, 7);
            head.AddRange(Encoding.ASCII.GetBytes(value));
        }

        void AddNumber(int number, int bits)
        {
            int most = (1 << bits) - 1;
            head.Add((byte)Math.Min(number, most));
            for (number -= most; number >= 0; number = number < 128 ? -1 : number >> 7)
            {
                head.Add((byte)(number < 128 ? number : 128 | (number & 127)));
            }
        }
    }

    /// <summary>Whether the status, which comes first, is 2xx: by number, or by its first digit.</summary>
    private static bool IsSuccess(ReadOnlySpan<byte> fields)
    {
        while ((fields[0] & 0xe0) == 0x20)
        {
            fields = fields[1..];
        }

        const int First = 8, LastOfSuccess = 10;
        return (fields[0] & 0x80) != 0
            ? (fields[0] & 0x7f) is >= First and <= LastOfSuccess
            : (fields[1] & 0x80) != 0 ? fields[2] >> 3 == 2 : fields[2] == (byte)'2';
    }

    private void Send(byte kind, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32BigEndian(_out, payload.Length << 8);
        (_out[3], _out[4]) = (kind, flags);
        BinaryPrimitives.WriteInt32BigEndian(_out.AsSpan(5), stream);
        payload.CopyTo(_out.AsSpan(FrameHeader));
        _stream.Write(_out, 0, FrameHeader + payload.Length);
    }

    /// <summary>The next frame; its payload is in <see cref="_in"/> until the next.</summary>
    private (byte Kind, byte Flags, int Stream, int Length) Receive()
    {
        _stream.ReadExactly(_in, 0, FrameHeader);
        int length = BinaryPrimitives.ReadInt32BigEndian(_in) >>> 8;
        (byte kind, byte flags) = (_in[3], _in[4]);
        int stream = BinaryPrimitives.ReadInt32BigEndian(_in.AsSpan(5)) & int.MaxValue;
        _stream.ReadExactly(_in, 0, length);
        return (kind, flags, stream, length);
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
