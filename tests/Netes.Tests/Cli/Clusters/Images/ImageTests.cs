using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Netes.Cli.Clusters.Images;
using Netes.Cli.Machine;
using Netes.Nodes.Images;

namespace Netes.Tests.Cli.Clusters.Images;

public sealed class ImageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netes-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("app", "docker.io/library/app:latest")]
    [InlineData("app:1", "docker.io/library/app:1")]
    [InlineData("me/app", "docker.io/me/app:latest")]
    [InlineData("localhost/app", "localhost/app:latest")]
    [InlineData("localhost:5000/app:v2", "localhost:5000/app:v2")]
    [InlineData("index.docker.io/app", "docker.io/library/app:latest")]
    [InlineData("quay.io/a/b@sha256:00", "quay.io/a/b@sha256:00")]
    public void Names_become_containerds(string name, string expected) =>
        Assert.Equal(expected, ImageName.Normalize(name));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Archive_of_docker_save_is_read(bool compressed)
    {
        var file = Path.Combine(folder, "image.tar");
        await using (var to = File.Create(file))
        {
            await using Stream packed = compressed ? new GZipStream(to, CompressionLevel.Fastest) : to;
            await packed.WriteAsync(SandboxImage.Archive(), TestContext.Current.CancellationToken);
        }

        using var archive = await ArchiveFile.OpenAsync(file, folder, TestContext.Current.CancellationToken);
        var image = Assert.Single(ArchiveImages.Read(archive, "amd64"));

        Assert.Equal([SandboxImage.Name], image.Names);
        var layer = Assert.Single(image.Layers);
        await using var content = archive.Open(layer.EntryName!);
        Assert.Equal(layer.Digest, Digest(await SHA256.HashDataAsync(content, TestContext.Current.CancellationToken)));
        Assert.Equal(image.Manifest.Digest, Digest(SHA256.HashData(image.Manifest.Content!)));
    }

    [Fact]
    public async Task Oci_layout_yields_this_processors_image()
    {
        var arm = Manifest("{}", "arm layer");
        var amd = Manifest("{\"a\":1}", "amd layer");
        var index = Encoding.UTF8.GetBytes($$$"""
            {"manifests":[
            {"digest":"{{{Digest(arm.Bytes)}}}","platform":{"architecture":"arm64","os":"linux"}},
            {"digest":"{{{Digest(amd.Bytes)}}}","platform":{"architecture":"amd64","os":"linux"}}]}
            """);
        var top = Encoding.UTF8.GetBytes($$$"""
            {"manifests":[{"digest":"{{{Digest(index)}}}","annotations":{"org.opencontainers.image.ref.name":"me/app:1"}}]}
            """);
        using var archive = await WriteAsync(
            [.. arm.Files, .. amd.Files, (Name(index), index), ("index.json", top), ("oci-layout", "{}"u8.ToArray())]);

        var image = Assert.Single(ArchiveImages.Read(archive, "amd64"));

        Assert.Equal(["docker.io/me/app:1"], image.Names);
        Assert.Equal(Digest("amd layer"u8.ToArray()), Assert.Single(image.Layers).Digest);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    public async Task Something_else_is_refused(string text)
    {
        var file = Path.Combine(folder, "x");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ToolException>(async () =>
        {
            using var archive = await ArchiveFile.OpenAsync(file, folder, TestContext.Current.CancellationToken);
            ArchiveImages.Read(archive, "amd64");
        });
    }

    private static (byte[] Bytes, (string, byte[])[] Files) Manifest(string config, string layer)
    {
        var c = Encoding.UTF8.GetBytes(config);
        var l = Encoding.UTF8.GetBytes(layer);
        var bytes = Encoding.UTF8.GetBytes(
            $$$"""
            {"config":{"digest":"{{{Digest(c)}}}","size":{{{c.Length}}}},
            "layers":[{"digest":"{{{Digest(l)}}}","size":{{{l.Length}}}}]}
            """);
        return (bytes, [(Name(bytes), bytes), (Name(c), c), (Name(l), l)]);
    }

    private async Task<ArchiveFile> WriteAsync((string Name, byte[] Content)[] files)
    {
        var file = Path.Combine(folder, "oci.tar");
        await using (var tar = new TarWriter(File.Create(file)))
        {
            foreach (var (name, content) in files)
            {
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(content),
                });
            }
        }

        return await ArchiveFile.OpenAsync(file, folder, TestContext.Current.CancellationToken);
    }

    private static string Name(byte[] content) => "blobs/" + Digest(content).Replace(':', '/');

    private static string Digest(byte[] content) =>
        "sha256:" + Convert.ToHexStringLower(content.Length == 32 ? content : SHA256.HashData(content));
}
