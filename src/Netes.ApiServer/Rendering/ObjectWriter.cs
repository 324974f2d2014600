using System.Buffers;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Rendering;

/// <summary>
/// Writes objects of one resource as a client wants them. JSON of the stored version is a splice of the stored bytes;
/// every other form is made on demand.
/// </summary>
internal sealed class ObjectWriter(ServedResource resource, ResponseFormat format, TableWriter table)
{
    public ResponseFormat Format => format;

    /// <summary>
    /// True for forms that take work to make and are the same for everyone. The stored bytes are as good as copied, and
    /// a table's rows depend on what was sent before.
    /// </summary>
    public bool IsShareable =>
        format.Form == ResponseForm.Metadata
        || (format.Form == ResponseForm.Object && (format.IsProtobuf || resource.Converter is not null));

    /// <summary>One object, whole.</summary>
    public void Write(CacheEntry entry, IBufferWriter<byte> output)
    {
        if (format.IsProtobuf)
        {
            output.Write(Proto(entry));
        }
        else if (format.Form == ResponseForm.Table)
        {
            table.WriteTable([entry], At(entry), output);
        }
        else if (format.Form == ResponseForm.Metadata)
        {
            MetadataWriter.Write(resource.Record(entry).Metadata, format.FormVersion, output);
        }
        else if (resource.Converter is null)
        {
            entry.WriteTo(output);
        }
        else
        {
            output.Write(resource.Strategy.EncodeJson(resource.Record(entry)));
        }
    }

    /// <summary>One object as an item of a list: without apiVersion and kind, unless it is metadata.</summary>
    public void WriteItem(CacheEntry entry, IBufferWriter<byte> output)
    {
        if (format.Form == ResponseForm.Metadata)
        {
            Write(entry, output);
        }
        else if (resource.Converter is null)
        {
            entry.WriteItemTo(output);
        }
        else
        {
            var converted = resource.Strategy.EncodeJson(resource.Record(entry));
            output.Write("{"u8);
            output.Write(converted.AsSpan(converted.AsSpan().IndexOf("\"metadata\":"u8)));
        }
    }

    /// <summary>An object as an answer.</summary>
    public ApiResult Answer(CacheEntry entry, int statusCode = 200)
    {
        if (format is { Form: ResponseForm.Object, MediaType: MediaTypes.Json } && resource.Converter is null)
        {
            return new()
            {
                StatusCode = statusCode,
                ContentType = ContentType,
                Body = new ApiResultBody.Segments(entry.ToLine()),
            };
        }

        var buffer = new ArrayBufferWriter<byte>(entry.Json.Length + 64);
        Write(entry, buffer);
        buffer.Write(format.IsProtobuf ? [] : "\n"u8);
        return Answers.Bytes(
            format.IsYaml ? Yaml.FromJson(buffer.WrittenSpan) : buffer.WrittenMemory, ContentType, statusCode);
    }

    public string ContentType => format.MediaType;

    /// <summary>The object of an event: a table's columns stand in the first one only.</summary>
    public void WriteInWatch(CacheEntry entry, IBufferWriter<byte> output)
    {
        if (format.Form == ResponseForm.Table)
        {
            table.WriteTable([entry], At(entry), output, isWatch: true);
        }
        else
        {
            Write(entry, output);
        }
    }

    /// <summary>The objects as a list in protobuf.</summary>
    public byte[] ProtoList(ListMeta metadata, IReadOnlyList<CacheEntry> entries) =>
        format.Form == ResponseForm.Metadata
        ? ProtoCodec.EncodeList<PartialObjectMetadata>(
            metadata,
            [.. entries.Select(entry => new PartialObjectMetadata { Metadata = resource.Record(entry).Metadata })],
            MetadataVersion)
        : resource.Strategy.EncodeProtoList(metadata, [.. entries.Select(resource.Record)]);

    private static ListMeta At(CacheEntry entry) =>
        new() { ResourceVersion = ResourceVersions.Format(entry.Revision) };

    private string MetadataVersion => $"meta.k8s.io/{format.FormVersion}";

    private byte[] Proto(CacheEntry entry) => format.Form == ResponseForm.Metadata
        ? ProtoCodec.Encode(new PartialObjectMetadata { Metadata = resource.Record(entry).Metadata }, MetadataVersion)
        : resource.Strategy.EncodeProto(resource.Record(entry));

    /// <summary>An object that says only how far a watch has come.</summary>
    public void WriteBookmark(ObjectMeta metadata, IBufferWriter<byte> output)
    {
        switch (format.Form)
        {
            case ResponseForm.Metadata when format.IsProtobuf:
                output.Write(ProtoCodec.Encode(new PartialObjectMetadata { Metadata = metadata }, MetadataVersion));
                break;
            case ResponseForm.Object when format.IsProtobuf:
                output.Write(resource.Strategy.EncodeProto(
                    resource.Strategy.WithMetadata(resource.Strategy.Empty, metadata)));
                break;
            case ResponseForm.Table:
                table.WriteTable(
                    [], new ListMeta { ResourceVersion = metadata.ResourceVersion }, output, isWatch: true);
                break;
            case ResponseForm.Metadata:
                MetadataWriter.Write(metadata, format.FormVersion, output);
                break;
            default:
                output.Write(resource.Strategy.EncodeJson(
                    resource.Strategy.WithMetadata(resource.Strategy.Empty, metadata)));
                break;
        }
    }

    /// <summary>Objects as one table.</summary>
    public void WriteTable(IEnumerable<CacheEntry> entries, ListMeta metadata, IBufferWriter<byte> output) =>
        table.WriteTable(entries, metadata, output);
}
