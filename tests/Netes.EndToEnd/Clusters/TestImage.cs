using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Netes.EndToEnd.Clusters;

/// <summary>
/// An image made of Debian's static busybox, in the form of <c>docker save</c>. No registry is needed.
/// </summary>
internal static class TestImage
{
    public const string Name = "netes.test/busybox:1";

    private static readonly string[] Applets =
    [
        "sh", "sleep", "cat", "echo", "ls", "env", "id", "hostname", "httpd", "wget", "nslookup", "nc", "ps", "kill",
            "touch",
        "rm", "mkdir", "tar", "test", "true", "false", "stat", "date", "head", "tail", "grep", "ip", "mount", "df",
        "seq", "dd",
    ];

    public static void Write(string path)
    {
        var layer = Layer();
        var layerDigest = Convert.ToHexStringLower(SHA256.HashData(layer));
        var config = Encoding.UTF8.GetBytes($$$"""
            {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/sh"]},
            "rootfs":{"type":"layers","diff_ids":["sha256:{{{layerDigest}}}"]}}
            """);
        var configName = Convert.ToHexStringLower(SHA256.HashData(config)) + ".json";
        var manifest = Encoding.UTF8.GetBytes(
            $$"""[{"Config":"{{configName}}","RepoTags":["{{Name}}"],"Layers":["{{layerDigest}}/layer.tar"]}]""");
        using var file = File.Create(path);
        using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        Add(tar, configName, config);
        Add(tar, $"{layerDigest}/layer.tar", layer);
        Add(tar, "manifest.json", manifest);
    }

    private static byte[] Layer()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar))
        {
            foreach (var folder in (string[])["bin", "tmp", "etc", "var", "www"])
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, folder + "/")
                {
                    Mode = (UnixFileMode)Convert.ToInt32(folder == "tmp" ? "1777" : "755", 8),
                });
            }

            Add(tar, "bin/busybox", File.ReadAllBytes("/bin/busybox"), (UnixFileMode)Convert.ToInt32("555", 8));
            Add(tar, "etc/passwd", "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n"u8.ToArray());
            foreach (var applet in Applets)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox" });
            }
        }

        return bytes.ToArray();
    }

    private static void Add(
        TarWriter tar, string name, byte[] content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.GroupRead
            | UnixFileMode.OtherRead) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
            Mode = mode,
        });
}
