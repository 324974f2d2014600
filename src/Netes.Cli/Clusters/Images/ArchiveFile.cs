using System.Formats.Tar;
using System.IO.Compression;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Images;

/// <summary>
/// An image archive on disk, uncompressed, with where each of its files is: so that single layers can be copied out
/// without reading the rest.
/// </summary>
internal sealed class ArchiveFile : IDisposable
{
    private readonly FileStream file;
    private readonly Dictionary<string, (long Offset, long Length)> entries = [];
    private readonly Dictionary<string, string> links = [];

    private ArchiveFile(FileStream file) => this.file = file;

    /// <summary>
    /// Opens an archive. One that is compressed with gzip is unpacked first, into a file beside the clusters' own (not
    /// in /tmp, which may be small or in memory).
    /// </summary>
    public static async Task<ArchiveFile> OpenAsync(string path, string scratchFolder, CancellationToken cancel)
    {
        var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!await IsGzipAsync(source, cancel))
        {
            return await IndexAsync(source, cancel);
        }

        await using (source)
        {
            await using var plain = new GZipStream(source, CompressionMode.Decompress);
            return await SpoolAsync(plain.CopyToAsync, scratchFolder, cancel);
        }
    }

    /// <summary>Takes an archive from whoever writes it, into a file without a name.</summary>
    public static async Task<ArchiveFile> SpoolAsync(
        Func<Stream, CancellationToken, Task> write, string scratchFolder, CancellationToken cancel)
    {
        Directory.CreateDirectory(scratchFolder);
        var path = Path.Combine(scratchFolder, Path.GetRandomFileName());
        var spool = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Delete(path);
        await write(spool, cancel);
        spool.Position = 0;
        return await IndexAsync(spool, cancel);
    }

    public bool Has(string name) => entries.ContainsKey(Resolve(name));

    public long Length(string name) => entries[Resolve(name)].Length;

    /// <summary>The content of one file, read in place.</summary>
    public Stream Open(string name) =>
        entries.TryGetValue(Resolve(name), out var entry)
            ? new ArchivePart(file.SafeFileHandle, entry.Offset, entry.Length)
            : throw new ToolException($"the image archive lacks {name}");

    /// <summary>A small file whole; the limit keeps a broken archive from filling memory.</summary>
    public byte[] Read(string name)
    {
        using var part = Open(name);
        if (part.Length > 16 << 20)
        {
            throw new ToolException($"{name} in the image archive is too large");
        }

        var bytes = new byte[part.Length];
        part.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose() => file.Dispose();

    // docker wrote a layer that is there twice as a link to the first; links are not followed for ever.
    private string Resolve(string name)
    {
        for (var i = 0; i < 8 && links.TryGetValue(name, out var target); i++)
        {
            name = target;
        }

        return name;
    }

    private static async Task<ArchiveFile> IndexAsync(FileStream file, CancellationToken cancel)
    {
        var archive = new ArchiveFile(file);
        try
        {
            await using var tar = new TarReader(file, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
            {
                archive.Add(entry);
            }

            return archive;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            file.Dispose();
            throw new ToolException($"not an image archive: {error.Message}");
        }
    }

    private void Add(TarEntry entry)
    {
        var name = Clean(entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.SymbolicLink:
                links[name] = Clean(Path.GetFullPath(
                    Path.Combine("/", Path.GetDirectoryName(name) ?? "", entry.LinkName)));
                break;
            case TarEntryType.HardLink:
                links[name] = Clean(entry.LinkName);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                entries[name] = (entry.DataOffset, entry.Length);
                break;
            default:
                break;
        }
    }

    private static string Clean(string name) =>
        name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name.TrimStart('/');

    private static async Task<bool> IsGzipAsync(FileStream file, CancellationToken cancel)
    {
        var start = new byte[2];
        var count = await file.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancel);
        file.Position = 0;
        return count == 2 && start is [0x1f, 0x8b];
    }
}
