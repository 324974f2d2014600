using System.Globalization;

namespace Netes.Nodes.Volumes;

/// <summary>One file of a projected volume.</summary>
public sealed record ProjectedFile(ReadOnlyMemory<byte> Content, int Mode);

/// <summary>
/// Writes a set of files so that a reader sees either all old or all new ones:
/// <code>
/// ..2026_11_23_10_00_00.123/   the files
/// ..data -> ..2026_11_23_...   renamed over at once
/// name   -> ..data/name        one for each first path element
/// </code>
/// Source: pkg/volume/util/atomic_writer.go.
/// </summary>
public static class AtomicWriter
{
    private const string DataLink = "..data";
    private const string NextLink = "..data_tmp";
    private const int PermissionBits = 0b111_111_111;

    /// <summary>Makes the folder hold exactly the files; true when anything changed.</summary>
    public static bool Write(
        string folder, IReadOnlyDictionary<string, ProjectedFile> files, TimeProvider time)
    {
        var link = new FileInfo(Path.Combine(folder, DataLink));
        var old = link.LinkTarget;
        if (old is not null && IsSame(Path.Combine(folder, old), files))
        {
            return false;
        }

        var next = NewFolder(folder, time);
        foreach (var (path, file) in files)
        {
            var target = Path.Combine(folder, next, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, file.Content.Span);
            File.SetUnixFileMode(target, (UnixFileMode)(file.Mode & PermissionBits));
        }

        var nextLink = Path.Combine(folder, NextLink);
        File.Delete(nextLink);
        File.CreateSymbolicLink(nextLink, next);
        HostMounts.Rename(nextLink, Path.Combine(folder, DataLink)); // File.Move looks at what a link leads to
        WriteNames(folder, files.Keys.Select(path => path.Split('/')[0]).ToHashSet(StringComparer.Ordinal));
        if (old is not null)
        {
            Directory.Delete(Path.Combine(folder, old), recursive: true);
        }

        return true;
    }

    private static string NewFolder(string folder, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("..yyyy_MM_dd_HH_mm_ss.", CultureInfo.InvariantCulture);
        for (var number = 1; ; number++)
        {
            var name = stamp + number.ToString(CultureInfo.InvariantCulture);
            if (!Directory.Exists(Path.Combine(folder, name)))
            {
                Directory.CreateDirectory(Path.Combine(folder, name));
                return name;
            }
        }
    }

    private static void WriteNames(string folder, HashSet<string> wanted)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (!entry.Name.StartsWith("..", StringComparison.Ordinal) && !wanted.Contains(entry.Name))
            {
                entry.Delete();
            }
        }

        foreach (var name in wanted)
        {
            var path = Path.Combine(folder, name);
            if (new FileInfo(path).LinkTarget is null)
            {
                File.CreateSymbolicLink(path, $"{DataLink}/{name}");
            }
        }
    }

    private static bool IsSame(string folder, IReadOnlyDictionary<string, ProjectedFile> files)
    {
        if (!Directory.Exists(folder))
        {
            return false;
        }

        var present = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        return present.Length == files.Count && present.All(path =>
            files.TryGetValue(Path.GetRelativePath(folder, path), out var file)
            && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Content.Span));
    }
}
