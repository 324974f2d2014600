using System.Buffers;
using System.Text.Json;

namespace Netes.Cli.Clusters.Images;

/// <summary>Writes the small documents of an image: its manifest, and the index of an archive.</summary>
internal static class ImageJson
{
    public const string DockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>A manifest of Docker's kind; the same bytes, hence the same digest, for the same content.</summary>
    public static byte[] WriteManifest(Blob config, IReadOnlyList<(Blob Blob, bool Compressed)> layers) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", DockerManifestType);
        json.WriteStartObject("config");
        WriteDescriptor(json, "application/vnd.docker.container.image.v1+json", config);
        json.WriteEndObject();
        json.WriteStartArray("layers");
        foreach (var (blob, compressed) in layers)
        {
            json.WriteStartObject();
            WriteDescriptor(json, "application/vnd.docker.image.rootfs.diff.tar" + (compressed ? ".gzip" : ""), blob);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The index.json of an OCI layout with one image: its manifest once per name.</summary>
    public static byte[] WriteIndex(LoadableImage image) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteStartArray("manifests");
        foreach (var name in image.Names)
        {
            json.WriteStartObject();
            WriteDescriptor(json, image.ManifestMediaType, image.Manifest);
            json.WriteStartObject("annotations");
            json.WriteString(ArchiveImages.NameAnnotation, name);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteDescriptor(Utf8JsonWriter json, string mediaType, Blob blob)
    {
        json.WriteString("mediaType", mediaType);
        json.WriteString("digest", blob.Digest);
        json.WriteNumber("size", blob.Length);
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
