using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Netes.Nodes.Images;

/// <summary>One file, directory or symbolic link of an image that is made here.</summary>
public sealed record ImageFile
{
    /// <summary>The path without a leading slash; of a directory without a trailing one.</summary>
    public required string Path { get; init; }

    public ReadOnlyMemory<byte> Content { get; init; }

    public string? LinkTo { get; init; }

    public bool IsDirectory { get; init; }

    public UnixFileMode Mode { get; init; } = (UnixFileMode)0b111_101_101;
}

/// <summary>
/// An image of one layer as <c>docker save</c> would write it: small enough to be made in memory, the same bytes
/// each time. Source: github.com/moby/moby/image/spec/v1.2.md.
/// </summary>
public sealed record ImageArchive
{
    public required string Name { get; init; }

    /// <summary>Go's name of the processor: amd64, arm64.</summary>
    public required string Architecture { get; init; }

    public required IReadOnlyList<ImageFile> Files { get; init; }

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<string> Environment { get; init; } = [];

    public byte[] ToArray()
    {
        var layer = WriteTar(Files);
        var layerDigest = Convert.ToHexStringLower(SHA256.HashData(layer));
        var config = WriteConfig(layerDigest);
        var configName = Convert.ToHexStringLower(SHA256.HashData(config)) + ".json";
        return WriteTar(
        [
            new() { Path = configName, Content = config },
            new() { Path = layerDigest + "/layer.tar", Content = layer },
            new() { Path = "manifest.json", Content = WriteManifest(configName, layerDigest) },
        ]);
    }

    private byte[] WriteConfig(string layerDigest) => WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("architecture", Architecture);
        json.WriteString("os", "linux");
        json.WriteStartObject("config");
        WriteList(json, "Entrypoint", Entrypoint);
        WriteList(json, "Cmd", Command);
        WriteList(json, "Env", Environment);
        json.WriteEndObject();
        json.WriteStartObject("rootfs");
        json.WriteString("type", "layers");
        WriteList(json, "diff_ids", ["sha256:" + layerDigest]);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private byte[] WriteManifest(string configName, string layerDigest) => WriteJson(json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("Config", configName);
        WriteList(json, "RepoTags", [Name]);
        WriteList(json, "Layers", [layerDigest + "/layer.tar"]);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static byte[] WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return stream.ToArray();
    }

    private static byte[] WriteTar(IEnumerable<ImageFile> files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var type = file.IsDirectory ? TarEntryType.Directory
                    : file.LinkTo is not null ? TarEntryType.SymbolicLink : TarEntryType.RegularFile;
                var entry = new PaxTarEntry(type, file.IsDirectory ? file.Path + "/" : file.Path)
                {
                    Mode = file.Mode, ModificationTime = DateTimeOffset.UnixEpoch,
                };
                if (file.LinkTo is not null)
                {
                    entry.LinkName = file.LinkTo;
                }
                else if (!file.IsDirectory)
                {
                    entry.DataStream = new MemoryStream(file.Content.ToArray());
                }

                tar.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }
}
