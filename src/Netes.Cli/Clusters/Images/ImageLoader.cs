using System.Formats.Tar;
using Netes.Cli.Clusters.Nodes;

namespace Netes.Cli.Clusters.Images;

/// <summary>Brings images to nodes: to each only the layers that its container runtime lacks.</summary>
internal sealed class ImageLoader(ClusterPaths paths, string cluster)
{
    private static readonly string[] Containerd = ["ctr", "-n", "k8s.io"];

    /// <summary>Returns how many bytes of layers were sent; 0 when the node had all of them.</summary>
    public async Task<long> LoadAsync(ArchiveFile archive, LoadableImage image, string node, CancellationToken cancel)
    {
        var shell = new NodeShell(paths, cluster, node);
        var content = await shell.RunAsync([.. Containerd, "content", "ls", "-q"], cancel);
        var there = content.Split('\n').ToHashSet();
        var missing = image.Layers.Where(layer => !there.Contains(layer.Digest)).DistinctBy(l => l.Digest).ToList();
        await shell.RunAsync([.. Containerd, "images", "import", "-"], cancel,
            (to, stop) => WriteAsync(to, archive, image, missing, stop));
        return missing.Sum(layer => layer.Length);
    }

    /// <summary>Whether the node has just this image under all of its names.</summary>
    public async Task<bool> HasAsync(LoadableImage image, string node, CancellationToken cancel)
    {
        var list = await new NodeShell(paths, cluster, node).RunAsync([.. Containerd, "images", "ls"], cancel);
        return image.Names.All(name => list.Split('\n').Any(line =>
            line.StartsWith(name + " ", StringComparison.Ordinal) && line.Contains(image.Manifest.Digest)));
    }

    private static async Task WriteAsync(
        Stream to, ArchiveFile archive, LoadableImage image, IReadOnlyList<Blob> layers, CancellationToken cancel)
    {
        await using var tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);
        await AddAsync(tar, "oci-layout", new MemoryStream("{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray()), cancel);
        foreach (var blob in layers.Prepend(image.Config).Prepend(image.Manifest))
        {
            await using var content = blob.Content is { } bytes
                ? new MemoryStream(bytes)
                : archive.Open(blob.EntryName!);
            await AddAsync(tar, "blobs/" + blob.Digest.Replace(':', '/'), content, cancel);
        }

        await AddAsync(tar, "index.json", new MemoryStream(ImageJson.WriteIndex(image)), cancel);
    }

    private static Task AddAsync(TarWriter tar, string name, Stream content, CancellationToken cancel) =>
        tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                ModificationTime = DateTimeOffset.UnixEpoch,
            },
            cancel);
}
