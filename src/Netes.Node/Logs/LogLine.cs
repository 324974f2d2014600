using System.Globalization;
using System.Text;

namespace Netes.Nodes.Logs;

/// <summary>
/// One line of a CRI log: <c>time stream tag content</c>; the tag P says that the text goes on in the next line.
/// Source: pkg/kubelet/kuberuntime/logs/logs.go, KEP-2 of CRI logging.
/// </summary>
internal readonly ref struct LogLine(
    ReadOnlySpan<byte> time, ReadOnlySpan<byte> stream, bool isPartial, ReadOnlySpan<byte> content)
{
    public ReadOnlySpan<byte> Time { get; } = time;

    public ReadOnlySpan<byte> Stream { get; } = stream;

    public bool IsPartial { get; } = isPartial;

    public ReadOnlySpan<byte> Content { get; } = content;

    /// <summary>Reads a line without its line feed; false when it is none (cut off by a crash).</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out LogLine value)
    {
        value = default;
        var first = line.IndexOf((byte)' ');
        if (first <= 0)
        {
            return false;
        }

        var rest = line[(first + 1)..];
        var second = rest.IndexOf((byte)' ');
        if (second <= 0)
        {
            return false;
        }

        var tagged = rest[(second + 1)..];
        var third = tagged.IndexOf((byte)' ');
        var tag = third < 0 ? tagged : tagged[..third];
        var content = third < 0 ? default : tagged[(third + 1)..];
        var partial = tag.Length > 0 && tag[0] == (byte)'P';
        value = new LogLine(line[..first], rest[..second], partial, content);
        return true;
    }

    public bool IsSince(DateTimeOffset since) =>
        DateTimeOffset.TryParse(
            Encoding.ASCII.GetString(Time), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && at >= since;
}
