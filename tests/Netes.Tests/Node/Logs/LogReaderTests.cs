using System.Text;
using Netes.Nodes.Logs;

namespace Netes.Tests.Node.Logs;

/// <summary>Goal: of a CRI log file, exactly what was asked for.</summary>
public sealed class LogReaderTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    private const string Log = """
        2026-01-01T00:00:01.000000000Z stdout F one
        2026-01-01T00:00:02.000000000Z stderr F two
        2026-01-01T00:00:03.000000000Z stdout P thr
        2026-01-01T00:00:03.100000000Z stdout F ee
        broken

        """;

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task Parts_are_joined_and_broken_lines_skipped() =>
        Assert.Equal("one\ntwo\nthree\n", await ReadAsync(new()));

    [Fact]
    public async Task One_stream_only() =>
        Assert.Equal("two\n", await ReadAsync(new() { Stream = "stderr" }));

    [Fact]
    public async Task Lines_since_a_time() => Assert.Equal(
        "two\nthree\n", await ReadAsync(new() { Since = DateTimeOffset.Parse("2026-01-01T00:00:02Z") }));

    [Fact]
    public async Task Timestamps_once_per_line() => Assert.EndsWith(
        "2026-01-01T00:00:03.000000000Z three\n", await ReadAsync(new() { Timestamps = true }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "ee\n")]
    [InlineData(99, "one\ntwo\nthree\n")]
    public async Task Last_lines(long count, string expected) =>
        Assert.Equal(expected, await ReadAsync(new() { TailLines = count }));

    [Fact]
    public async Task Limit_in_bytes_cuts() => Assert.Equal("one\nt", await ReadAsync(new() { LimitBytes = 5 }));

    [Fact]
    public async Task Following_goes_on_in_the_new_file_when_the_old_one_was_renamed()
    {
        const string Short = "2026-01-01T00:00:01.000000000Z stdout F 1\n", Long =
            "2026-01-01T00:00:02.000000000Z stdout F a new file that is longer than the old one was\n";
        await File.WriteAllTextAsync(path, Short);
        var looks = 0;
        using var target = new MemoryStream();

        await new LogReader(TimeProvider.System).CopyAsync(
            path, new() { Follow = true },
            async cancel =>
            {
                if (looks++ == 1)
                {
                    File.Move(path, path + ".old");
                    await File.WriteAllTextAsync(path, Long, cancel);
                }

                return looks < 4;
            }, target, CancellationToken.None);

        File.Delete(path + ".old");
        Assert.Equal("1\na new file that is longer than the old one was\n",
            Encoding.UTF8.GetString(target.ToArray()));
    }

    private async Task<string> ReadAsync(LogReadOptions options)
    {
        await File.WriteAllTextAsync(path, Log);
        using var target = new MemoryStream();
        await new LogReader(TimeProvider.System).CopyAsync(
            path, options, _ => Task.FromResult(false), target, CancellationToken.None);
        return Encoding.UTF8.GetString(target.ToArray());
    }
}
