using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Netes.ApiServer.Http;

namespace Netes.Tests.ApiServer.Http;

public class GatheredOutputTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_arrive_whole_and_in_order_and_end_with_the_connection()
    {
        var wire = new Pipe();
        var connection = Connection(wire);
        const int Pieces = 5_000;
        var serving = GatheredOutput.Wrap(async inner =>
        {
            for (var i = 0; i < Pieces; i++)
            {
                BitConverter.TryWriteBytes(inner.Transport.Output.GetSpan(4), i);
                inner.Transport.Output.Advance(4);
                await inner.Transport.Output.FlushAsync(Cancel);
            }
        })(connection);
        var seen = 0;
        while (seen < Pieces)
        {
            var read = await wire.Reader.ReadAtLeastAsync(4, Cancel);
            var whole = read.Buffer.Slice(0, read.Buffer.Length / 4 * 4);
            foreach (var value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(whole.ToArray()))
            {
                Assert.Equal(seen++, value);
            }

            wire.Reader.AdvanceTo(whole.End);
        }

        await serving.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task Connection_that_breaks_ends_whoever_writes()
    {
        var wire = new Pipe();
        await wire.Reader.CompleteAsync(new IOException("reset"));
        await GatheredOutput.Wrap(async inner =>
        {
            FlushResult flushed;
            do
            {
                inner.Transport.Output.Write(new byte[1000]);
                flushed = await inner.Transport.Output.FlushAsync(Cancel);
            }
            while (!flushed.IsCompleted);
        })(Connection(wire)).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    private static DefaultConnectionContext Connection(Pipe wire) => new()
    {
        Transport = new Wire(new Pipe().Reader, wire.Writer),
    };

    private sealed record Wire(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
