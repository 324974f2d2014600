using System.Buffers;
using System.IO.Pipelines;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Rendering;

/// <summary>Lists: spliced from stored bytes and sent while they are being written, whatever their length.</summary>
internal static class ListWriter
{
    // Kestrel takes in 64 KiB before it waits for the client.
    private const int FlushBytes = 64 * 1024;

    public static ApiResult Answer(
        ServedResource resource, ObjectWriter writer, ListMeta metadata, IReadOnlyList<CacheEntry> entries) => new()
        {
            ContentType = writer.ContentType,
            Body = new ApiResultBody.Stream((output, cancel) => writer.Format.IsYaml
                ? WriteYamlAsync(resource, writer, metadata, entries, output, cancel)
                : WriteAsync(resource, writer, metadata, entries, output, cancel)),
        };

    // YAML is for people: the list is written as JSON first.
    private static async Task WriteYamlAsync(
        ServedResource resource, ObjectWriter writer, ListMeta metadata, IReadOnlyList<CacheEntry> entries,
        PipeWriter output, CancellationToken cancel)
    {
        var json = new MemoryStream();
        var buffered = PipeWriter.Create(json, new StreamPipeWriterOptions(leaveOpen: true));
        await WriteAsync(resource, writer, metadata, entries, buffered, cancel);
        await buffered.CompleteAsync();
        await output.WriteAsync(Yaml.FromJson(json.ToArray()), cancel);
    }

    private static async Task WriteAsync(
        ServedResource resource, ObjectWriter writer, ListMeta metadata, IReadOnlyList<CacheEntry> entries,
        PipeWriter output, CancellationToken cancel)
    {
        if (writer.Format.IsProtobuf)
        {
            await output.WriteAsync(writer.ProtoList(metadata, entries), cancel);
            return;
        }

        if (writer.Format.Form == ResponseForm.Table)
        {
            writer.WriteTable(entries, metadata, output);
        }
        else
        {
            WriteHead(resource, writer, metadata, output);
            for (var i = 0; i < entries.Count; i++)
            {
                if (i > 0)
                {
                    output.Write(","u8);
                }

                writer.WriteItem(entries[i], output);
                if (output.UnflushedBytes >= FlushBytes)
                {
                    await output.FlushAsync(cancel);
                }
            }

            output.Write("]}"u8);
        }

        output.Write("\n"u8);
        await output.FlushAsync(cancel);
    }

    private static void WriteHead(
        ServedResource resource, ObjectWriter writer, ListMeta metadata, IBufferWriter<byte> output)
    {
        var (kind, apiVersion) = writer.Format.Form == ResponseForm.Metadata
            ? ("PartialObjectMetadataList", $"meta.k8s.io/{writer.Format.FormVersion}")
            : ($"{resource.Definition.Kind}List", resource.Definition.ApiVersion);
        output.Write("{\"kind\":\""u8);
        output.Write(System.Text.Encoding.UTF8.GetBytes(kind));
        output.Write("\",\"apiVersion\":\""u8);
        output.Write(System.Text.Encoding.UTF8.GetBytes(apiVersion));
        output.Write("\",\"metadata\":"u8);
        JsonCodec.Encode(metadata, output);
        output.Write(",\"items\":["u8);
    }
}
