using Netes.Api;
using Netes.Api.Core;
using Netes.Bench.Load;

namespace Netes.Bench.Micro;

/// <summary>A pod of 10 KB from and to its two wire forms.</summary>
internal static class Codecs
{
    public static Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int count = context.Count(10_000);
        byte[] json = Objects.LargePod("run", "pod", "node", 10 << 10);
        Pod pod = JsonCodec.Decode<Pod>(json).Value ?? throw new InvalidOperationException("an unreadable pod");
        byte[] proto = ProtoCodec.Encode(pod);
        Clock.Measure(context, "json.decode", count, () => JsonCodec.Decode<Pod>(json));
        Clock.Measure(context, "json.encode", count, () => JsonCodec.Encode(pod));
        Clock.Measure(context, "proto.decode", count, () => ProtoCodec.Decode<Pod>(proto));
        Clock.Measure(context, "proto.encode", count, () => ProtoCodec.Encode(pod));
        return Task.CompletedTask;
    }
}
