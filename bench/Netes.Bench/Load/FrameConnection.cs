using System.Buffers.Binary;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Netes.Client;

namespace Netes.Bench.Load;

/// <summary>
/// HTTP/2 frame by frame over TLS, with blocking calls: what is measured is the server's time, and of a client's only
/// what none can do without. (.NET's own hands everything through several threads, and costs as much as the server.)
/// One thread receives, one sends. Source: RFC 9113, RFC 7541 (no dynamic table).
/// </summary>
internal sealed class FrameConnection : IDisposable
{
    public const byte Data = 0, Headers = 1;
    public const byte EndStream = 1, EndHeaders = 4;

    private const byte Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    private const byte Ack = 1;
    private const int FrameHeader = 9;
    private const int LargestFrame = 16 << 10;
    private const int Window = int.MaxValue - ushort.MaxValue;

    private readonly HttpTransportOptions _options;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SslStream _stream;
    private readonly byte[] _in = new byte[4 * (FrameHeader + LargestFrame)];
    private readonly byte[] _out = new byte[FrameHeader + LargestFrame];
    private int _begin;
    private int _end;

    public FrameConnection(HttpTransportOptions options)
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
        Send(WindowUpdate, 0, 0, [Window >> 24, Window >> 16 & 0xff, Window >> 8 & 0xff, Window & 0xff]);
    }

    /// <summary>Whether something has come that was not received yet.</summary>
    public bool HasInput => _end > _begin || _socket.Available > 0;

    /// <summary>The fields of a GET, or of a POST where there is a body of so many bytes.</summary>
    public byte[] Head(string path, int? body)
    {
        const byte Get = 0x82, Post = 0x83, Https = 0x87;
        var head = new List<byte> { body is null ? Get : Post, Https };
        Add(1, _options.Server.Authority);
        Add(4, path);
        Add(19, "application/json");
        if (body is { } length)
        {
            Add(28, length.ToString(CultureInfo.InvariantCulture));
            Add(31, "application/json");
        }

        Add(58, _options.UserAgent);
        if (_options.BearerToken.Length > 0)
        {
            Add(23, $"Bearer {_options.BearerToken}");
        }

        return [.. head];

        // Each field by the number of its name in the static table, its value as it is.
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
    public static bool IsSuccess(ReadOnlySpan<byte> fields)
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

    public void Send(byte kind, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32BigEndian(_out, payload.Length << 8);
        (_out[3], _out[4]) = (kind, flags);
        BinaryPrimitives.WriteInt32BigEndian(_out.AsSpan(5), stream);
        payload.CopyTo(_out.AsSpan(FrameHeader));
        _stream.Write(_out, 0, FrameHeader + payload.Length);
    }

    /// <summary>The next frame of headers or data; its payload is good until the next.</summary>
    /// <exception cref="IOException">The server ended a stream, or the connection.</exception>
    public Frame Receive()
    {
        while (true)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(Take(FrameHeader, out ReadOnlySpan<byte> header)) >>> 8;
            (byte kind, byte flags) = (header[3], header[4]);
            int stream = BinaryPrimitives.ReadInt32BigEndian(header[5..]) & int.MaxValue;
            Take(length, out ReadOnlySpan<byte> payload);
            switch (kind)
            {
                case Headers or Data:
                    return new(kind, (flags & EndStream) != 0, stream, payload);
                case Settings or Ping when (flags & Ack) == 0:
                    Send(kind, Ack, 0, kind == Ping ? payload : []);
                    break;
                case Reset or GoAway:
                    throw new IOException($"the server ended stream {stream}, frame {kind}");
            }
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private ReadOnlySpan<byte> Take(int length, out ReadOnlySpan<byte> taken)
    {
        if (_end - _begin < length)
        {
            // A frame's header was read by value before its payload moves it.
            _in.AsSpan(_begin, _end - _begin).CopyTo(_in);
            (_begin, _end) = (0, _end - _begin);
            while (_end < length)
            {
                int read = _stream.Read(_in, _end, _in.Length - _end);
                _end += read > 0 ? read : throw new EndOfStreamException("the server closed the connection");
            }
        }

        taken = _in.AsSpan(_begin, length);
        _begin += length;
        return taken;
    }
}

/// <summary>One frame of HTTP/2.</summary>
internal readonly ref struct Frame(byte kind, bool isLast, int stream, ReadOnlySpan<byte> payload)
{
    public byte Kind => kind;

    /// <summary>Nothing more comes on this stream.</summary>
    public bool IsLast => isLast;

    public int Stream => stream;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
