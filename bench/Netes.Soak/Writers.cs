using System.Globalization;
using System.Text;
using Netes.Bench.Load;
using Netes.Client;

namespace Netes.Soak;

/// <summary>
/// 64 clients that write ConfigMaps: 90 of 100 times an update, 5 a creation, 5 a deletion. Every request goes into the
/// ledger before it is sent, every acknowledgement after it has come.
/// </summary>
internal sealed class Writers(Ledger ledger, int valueBytes)
{
    public const string Prefix = "soak-";
    public const int Count = 64;
    private const int KeysOfWriter = 2;

    private long _refused;
    private long _next;

    /// <summary>Answers that said no, such as "no room on the disk".</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Runs until cancelled or until the server is gone; no answer is thrown away.</summary>
    public Task RunAsync(IReadOnlyList<HttpTransport> connections, CancellationToken cancel) =>
        Task.WhenAll(Enumerable.Range(0, Count).Select(
            writer => Task.Run(() => WriteAsync(writer, connections[writer % connections.Count], cancel), cancel)));

    private async Task WriteAsync(int writer, HttpTransport connection, CancellationToken cancel)
    {
        var random = new Random((int)Interlocked.Increment(ref _next));
        while (!cancel.IsCancellationRequested)
        {
            string key = $"{Prefix}{writer}-{random.Next(KeysOfWriter)}";
            if (ledger.Of(key).IsPending)
            {
                // Its answer never came: nobody knows what is there, until the next comparison.
                return;
            }

            string? value = ledger.Of(key).Value is not null && random.Next(20) == 0
                ? null
                : $"{Interlocked.Increment(ref _next)}-{new string('x', valueBytes)}";
            if (!await SendAsync(connection, key, value, cancel))
            {
                return;
            }
        }
    }

    /// <summary>False when there was no answer.</summary>
    private async Task<bool> SendAsync(HttpTransport connection, string key, string? value, CancellationToken cancel)
    {
        ApiRequest request = Request(key, value, exists: ledger.Of(key).Value is not null);
        ledger.Begins(key, value);
        try
        {
            // Not cancelled: a request that is under way is waited for, else its outcome is unknown.
            await using ApiResponse response = await connection.SendAsync(request, CancellationToken.None);
            ReadOnlyMemory<byte> body = await response.ReadAllAsync(4 << 20, CancellationToken.None);
            if (response.IsSuccess)
            {
                ledger.Acknowledges(key, value, value is null ? 0 : RevisionOf(body.Span));
                return true;
            }

            // A refused write was not done, except where the disk failed in the middle: then it may be there.
            string text = Encoding.UTF8.GetString(body.Span);
            if (!text.Contains("no room on the disk", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _refused);
                return false;
            }

            // The store keeps room in reserve for deletions: they are what helps.
            Ledger.Invariant(value is not null, $"a deletion was refused: {text}");
            ledger.Refuses(key);
            Interlocked.Increment(ref _refused);
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The server went away, or the time is up: what came of it is found out by comparing.
            return false;
        }
    }

    private static ApiRequest Request(string key, string? value, bool exists)
    {
        string path = $"{Objects.ConfigMaps}/{key}";
        if (value is null)
        {
            return new ApiRequest(HttpMethod.Delete, path);
        }

        byte[] body = Objects.Utf8(
            $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{key}}}"},"data":{"k":"{{{value}}}"}}""");
        return exists
            ? new ApiRequest(HttpMethod.Put, path) { Body = body }
            : new ApiRequest(HttpMethod.Post, Objects.ConfigMaps) { Body = body };
    }

    public static long RevisionOf(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> member = "\"resourceVersion\":\""u8;
        ReadOnlySpan<byte> rest = json[(json.IndexOf(member) + member.Length)..];
        return long.Parse(rest[..rest.IndexOf((byte)'"')], CultureInfo.InvariantCulture);
    }
}
