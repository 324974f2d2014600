using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Caching;
using Netes.ApiServer.FieldManagement;
using Netes.ApiServer.Registry;
using Netes.Bench.Load;

namespace Netes.Bench.Micro;

/// <summary>
/// What field management adds to a write of a pod of 10 KB: encoding it without (<c>.encode</c>) and with its managed
/// fields, for a create, for a patch that changes a label, and for one of the status.
/// </summary>
internal static class Fields
{
    public static Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var strategy = Pod.Resource.Accept(new StrategyVisitor());
        var resource = new ServedResource(strategy, new(strategy, 1 << 20), null);
        var json = Objects.LargePod("run", "pod", "node", 10 << 10);
        var pod = (Pod)strategy.Default(JsonCodec.Decode<Pod>(json).Value
            ?? throw new InvalidOperationException("an unreadable pod"));
        int count = context.Count(5_000);

        var created = Tracking("kubelet", "") with { Wanted = pod };
        var (record, stored) = TrackedEncoding.Encode(strategy, pod, null, created);
        var current = new CacheEntry("/registry/pods/run/pod", stored!, 7, record);
        var kept = (Pod)current.Record(strategy);
        var labels = kept.Metadata.Labels.Set("run", "other");
        Pod labelled = kept with { Metadata = kept.Metadata with { Labels = labels } };
        Pod reported = kept with { Status = kept.Status with { Phase = "Running", Message = "well" } };
        FieldTracking patched = Tracking("bench", ""), updated = Tracking("kubelet", "status");
        Clock.Measure(context, "fields.create.encode", count, () => strategy.EncodeJson(pod));
        Clock.Measure(context, "fields.create", count, () => TrackedEncoding.Encode(strategy, pod, null, created));
        Clock.Measure(context, "fields.patch.encode", count, () => strategy.EncodeJson(labelled));
        Clock.Measure(
            context, "fields.patch", count, () => TrackedEncoding.Encode(strategy, labelled, current, patched));
        Clock.Measure(
            context, "fields.status", count, () => TrackedEncoding.Encode(strategy, reported, current, updated));
        return Task.CompletedTask;

        FieldTracking Tracking(string manager, string subresource) =>
            new(resource, manager, subresource, new Timestamp(1_700_000_000));
    }
}
