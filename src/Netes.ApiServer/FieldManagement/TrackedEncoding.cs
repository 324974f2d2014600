using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// Encodes an object for the store together with its managed fields. The object is encoded once, without them; what
/// changed is found by comparing those bytes with the stored ones; then the bytes are put together. The record's sets
/// of fields are parts of the stored bytes, so that neither it nor its copies hold them a second time.
/// </summary>
internal static class TrackedEncoding
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%()*,-./:;=?@[]^_{|}~");

    /// <summary>The record and its bytes; no bytes when the object is what it was.</summary>
    /// <param name="strategy">Of the stored version.</param>
    /// <param name="record">What is to be stored, with the managed fields as they are.</param>
    /// <param name="current">What is stored; null for a new object.</param>
    /// <param name="tracking">Who writes; null: the write is not tracked, and the fields stay whose they are.</param>
    public static (IKubernetesObject Record, byte[]? Json) Encode(
        ResourceStrategy strategy, IKubernetesObject record, CacheEntry? current, FieldTracking? tracking)
    {
        var entries = record.Metadata.ManagedFields;
        if (tracking is null && entries.IsEmpty)
        {
            return (record, strategy.EncodeJson(record));
        }

        var scratch = FieldScratch.Rent();
        try
        {
            var plain = strategy.WithMetadata(record, record.Metadata with { ManagedFields = default });
            strategy.EncodeJson(plain, scratch.Plain);
            if (tracking is not null)
            {
                var live = current is null ? [] : current.Record(strategy).Metadata.ManagedFields;
                entries = tracking.Applied ?? Track(strategy, plain, current, live, tracking, scratch);
                if (current is not null && IsSame(current, live, entries, scratch))
                {
                    return (record, null);
                }
            }

            return Join(strategy, plain, entries, scratch);
        }
        finally
        {
            scratch.Return();
        }
    }

    // Source: apimachinery pkg/util/managedfields/internal/skipnonapplied.go: who has no entries gets none.
    private static ValueList<ManagedFieldsEntry> Track(
        ResourceStrategy strategy, IKubernetesObject plain, CacheEntry? current, ValueList<ManagedFieldsEntry> live,
        FieldTracking tracking, FieldScratch scratch)
    {
        var entries = ManagedEntries.StartFrom(tracking.Requested, live, tracking.Subresource.Length > 0);
        if (current is not null && entries.IsEmpty)
        {
            return [];
        }

        var served = tracking.Resource;
        var next = scratch.Plain.WrittenSpan;
        if (tracking.Wanted is not null || served.Converter is not null)
        {
            served.Strategy.EncodeJson(served.FromStored(tracking.Wanted ?? plain), scratch.Wanted);
            next = scratch.Wanted.WrittenSpan;
        }

        var old = current is null ? served.Strategy.EmptyJson.Span
            : served.Converter is null ? current.Json.Span
            : served.Strategy.EncodeJson(served.Record(current));
        FieldComparison.Compare(served.Strategy.Fields, old, next, tracking.Ignored, scratch);
        return ManagedEntries.AfterUpdate(entries, tracking, scratch);
    }

    // Nothing but the time of an entry would change. Source: apiserver pkg/endpoints/handlers/fieldmanager/equality.go.
    private static bool IsSame(
        CacheEntry current, ValueList<ManagedFieldsEntry> live, ValueList<ManagedFieldsEntry> entries,
        FieldScratch scratch)
    {
        if (live.Count != entries.Count
            || !StoredFields.Find(current.Json.Span).IsRestEqual(current.Json.Span, scratch.Plain.WrittenSpan))
        {
            return false;
        }

        for (var i = 0; i < live.Count; i++)
        {
            if (!ReferenceEquals(live[i], entries[i]) && live[i] != entries[i] with { Time = live[i].Time })
            {
                return false;
            }
        }

        return true;
    }

    private static (IKubernetesObject Record, byte[] Json) Join(
        ResourceStrategy strategy, IKubernetesObject plain, ValueList<ManagedFieldsEntry> entries, FieldScratch scratch)
    {
        var head = scratch.Plain.WrittenSpan;
        if (entries.IsEmpty)
        {
            return (plain, head.ToArray());
        }

        var place = StoredFields.Find(head);
        var output = scratch.Entries;
        output.Write(place.IsFirst ? "\"managedFields\":["u8 : ",\"managedFields\":["u8);
        var sets = new (int Start, int Length)[entries.Count];
        for (var i = 0; i < sets.Length; i++)
        {
            output.Write(i == 0 ? "{"u8 : ",{"u8);
            sets[i] = Write(output, entries[i]);
            output.Write("}"u8);
        }

        output.Write("]"u8);
        if (head.Length <= ResourceStore.MaxObjectBytes
            && head.Length + output.WrittenCount > ResourceStore.MaxObjectBytes)
        {
            // Better untracked than refused. Source: apiserver pkg/endpoints/handlers/create.go, isTooLargeError.
            return (plain, head.ToArray());
        }

        var json = GC.AllocateUninitializedArray<byte>(head.Length + output.WrittenCount);
        head[..place.Start].CopyTo(json);
        output.WrittenSpan.CopyTo(json.AsSpan(place.Start));
        head[place.Start..].CopyTo(json.AsSpan(place.Start + output.WrittenCount));
        var kept = new ManagedFieldsEntry[sets.Length];
        for (var i = 0; i < sets.Length; i++)
        {
            kept[i] = entries[i] with
            {
                FieldsV1 = new(json.AsMemory(place.Start + sets[i].Start, sets[i].Length)),
            };
        }

        return (strategy.WithMetadata(plain, plain.Metadata with { ManagedFields = [.. kept] }), json);
    }

    // The members of an entry in Go's order; returns where its set stands.
    private static (int Start, int Length) Write(ArrayBufferWriter<byte> output, ManagedFieldsEntry entry)
    {
        output.Write("\"manager\":"u8);
        WriteText(output, entry.Manager);
        output.Write(entry.Operation == ManagedEntries.Apply ? ",\"operation\":\"Apply\""u8
            : ",\"operation\":\"Update\""u8);
        output.Write(",\"apiVersion\":"u8);
        WriteText(output, entry.ApiVersion);
        if (entry.Time is { } time)
        {
            output.Write(",\"time\":\""u8);
            var length = 0;
            time.ToDateTimeOffset().TryFormat(
                output.GetSpan(32), out length, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            output.Advance(length);
            output.Write("\""u8);
        }

        output.Write(",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":"u8);
        var start = output.WrittenCount;
        output.Write(ManagedEntries.SetOf(entry));
        var set = (start, output.WrittenCount - start);
        if (entry.Subresource.Length > 0)
        {
            output.Write(",\"subresource\":"u8);
            WriteText(output, entry.Subresource);
        }

        return set;
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            output.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        }
        else
        {
            output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(text.Length)));
        }

        output.Write("\""u8);
    }
}
