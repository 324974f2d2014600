using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Netes.Cli.Clusters.Images;

/// <summary>The sandbox image, carried rather than pulled: an archive in the form of "docker save".</summary>
internal static class PauseImage
{
    public const string Name = "netes.local/pause:1";

    public static byte[] Archive(Architecture architecture)
    {
        var layer = Tar([("pause", PauseProgram.Write(architecture), true)]);
        var processor = architecture == Architecture.Arm64 ? "arm64" : "amd64";
        var digest = Convert.ToHexStringLower(SHA256.HashData(layer));
        var config = Encoding.UTF8.GetBytes(
            $$"""
            {"architecture":"{{processor}}","os":"linux","config":{"Entrypoint":["/pause"],"User":"65535:65535"},
            "rootfs":{"type":"layers","diff_ids":["sha256:{{digest}}"]},"created":"1970-01-01T00:00:00Z"}
            """);
        var manifest = Encoding.UTF8.GetBytes(
            $$"""[{"Config":"config.json","RepoTags":["{{Name}}"],"Layers":["layer.tar"]}]""");
        return Tar([("config.json", config, false), ("layer.tar", layer, false), ("manifest.json", manifest, false)]);
    }

    private static byte[] Tar((string Name, byte[] Content, bool Executable)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content, executable) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(content),
                    Mode = executable ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        return bytes.ToArray();
    }
}
