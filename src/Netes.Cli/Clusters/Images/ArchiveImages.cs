using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Images;

/// <summary>
/// Reads the images of an archive, be it "docker save"'s or an OCI layout. Sources: github.com/moby/moby
/// image/spec/v1.2.md; github.com/opencontainers/image-spec image-layout.md.
/// </summary>
internal static class ArchiveImages
{
    public const string NameAnnotation = "io.containerd.image.name";
    private const string RefAnnotation = "org.opencontainers.image.ref.name";
    private const string OciManifestType = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>This machine's processor as images name it.</summary>
    public static string ThisArchitecture =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "arm64" : "amd64";

    /// <param name="archive">The archive.</param>
    /// <param name="architecture">Go's name of the processor: amd64, arm64.</param>
    public static IReadOnlyList<LoadableImage> Read(ArchiveFile archive, string architecture)
    {
        try
        {
            return archive.Has("manifest.json") ? ReadDocker(archive)
                : archive.Has("index.json") ? ReadOci(archive, architecture)
                : throw new ToolException("not an image archive: it has neither manifest.json nor index.json");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ToolException($"not an image archive: {error.Message}");
        }
    }

    private static List<LoadableImage> ReadDocker(ArchiveFile archive)
    {
        using var manifest = JsonDocument.Parse(archive.Read("manifest.json"));
        return [.. manifest.RootElement.EnumerateArray().Select(image =>
        {
            var config = archive.Read(image.GetProperty("Config").GetString()!);
            var files = image.GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!);
            var layers = files.Zip(DiffIds(config), (file, diffId) => LayerOf(archive, file, diffId)).ToList();
            var names = image.TryGetProperty("RepoTags", out var tags) && tags.ValueKind == JsonValueKind.Array
                ? tags.EnumerateArray().Select(tag => ImageName.Normalize(tag.GetString()!)).ToList()
                : [];
            var configBlob = Made(config);
            return new LoadableImage(
                names, ImageJson.DockerManifestType, Made(ImageJson.WriteManifest(configBlob, layers)), configBlob,
                [.. layers.Select(layer => layer.Blob)]);
        })];
    }

    // Uncompressed layers are named by the digest that the configuration states; others have to be computed.
    private static (Blob Blob, bool Compressed) LayerOf(ArchiveFile archive, string file, string diffId)
    {
        using var content = archive.Open(file);
        Span<byte> start = stackalloc byte[2];
        var compressed = content.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [0x1f, 0x8b];
        if (!compressed)
        {
            return (new Blob(diffId, content.Length, file, null), false);
        }

        content.Position = 0;
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        return (new Blob(digest, content.Length, file, null), true);
    }

    private static List<string> DiffIds(byte[] config)
    {
        using var document = JsonDocument.Parse(config);
        return [.. document.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray()
            .Select(id => id.GetString()!)];
    }

    private static IReadOnlyList<LoadableImage> ReadOci(ArchiveFile archive, string architecture)
    {
        using var index = JsonDocument.Parse(archive.Read("index.json"));
        return
        [
            .. index.RootElement.GetProperty("manifests").EnumerateArray()
                .Select(descriptor => ReadDescriptor(archive, descriptor, architecture, 0)).OfType<LoadableImage>()
                .GroupBy(image => image.Manifest.Digest)
                .Select(same => same.First() with { Names = [.. same.SelectMany(image => image.Names).Distinct()] }),
        ];
    }

    private static LoadableImage? ReadDescriptor(
        ArchiveFile archive, JsonElement descriptor, string architecture, int depth)
    {
        var digest = descriptor.GetProperty("digest").GetString()!;
        var bytes = archive.Read(EntryName(digest));
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (root.TryGetProperty("manifests", out var inner))
        {
            // An index of several processors: the first manifest for this one.
            var fitting = inner.EnumerateArray().Where(each => depth < 3 && Fits(each, architecture))
                .Select(each => ReadDescriptor(archive, each, architecture, depth + 1))
                .FirstOrDefault(each => each is not null);
            return fitting is null ? null : fitting with { Names = NamesOf(descriptor, fitting.Names) };
        }

        var type = root.TryGetProperty("mediaType", out var media) ? media.GetString()! : OciManifestType;
        return new LoadableImage(
            NamesOf(descriptor, []), type, new Blob(digest, bytes.Length, null, bytes),
            BlobOf(root.GetProperty("config")), [.. root.GetProperty("layers").EnumerateArray().Select(BlobOf)]);
    }

    private static bool Fits(JsonElement descriptor, string architecture) =>
        !descriptor.TryGetProperty("platform", out var platform)
        || (platform.GetProperty("architecture").GetString() == architecture
            && platform.GetProperty("os").GetString() == "linux");

    private static IReadOnlyList<string> NamesOf(JsonElement descriptor, IReadOnlyList<string> otherwise)
    {
        if (!descriptor.TryGetProperty("annotations", out var annotations))
        {
            return otherwise;
        }

        var name = annotations.TryGetProperty(NameAnnotation, out var full) ? full.GetString()
            : annotations.TryGetProperty(RefAnnotation, out var reference) ? reference.GetString()
            : null;
        return name is null ? otherwise : [ImageName.Normalize(name)];
    }

    private static Blob BlobOf(JsonElement descriptor)
    {
        var digest = descriptor.GetProperty("digest").GetString()!;
        return new Blob(digest, descriptor.GetProperty("size").GetInt64(), EntryName(digest), null);
    }

    private static Blob Made(byte[] content) =>
        new("sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, null, content);

    private static string EntryName(string digest) => "blobs/" + digest.Replace(':', '/');
}
