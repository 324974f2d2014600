using System.Buffers;
using System.Text.Json;
using Netes.Api.Meta;

namespace Netes.ApiServer.Rendering;

/// <summary>
/// PartialObjectMetadata: it stands in the group meta.k8s.io, its fields are those of the core's ObjectMeta.
/// Source: apimachinery pkg/apis/meta/v1/types.go.
/// </summary>
internal static class MetadataWriter
{
    public static void Write(ObjectMeta metadata, string version, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        Write(metadata, version, writer);
    }

    public static void Write(ObjectMeta metadata, string version, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "PartialObjectMetadata");
        writer.WriteString("apiVersion", $"meta.k8s.io/{version}");
        writer.WritePropertyName("metadata");
        metadata.WriteJson(writer);
        writer.WriteEndObject();
    }
}
