using Netes.Nodes.Environments;

namespace Netes.Nodes.Volumes;

/// <summary>A path inside a volume that may hold links set by its containers: none leads out of the volume.</summary>
internal static class SubPaths
{
    private const UnixFileMode FolderMode = (UnixFileMode)0b111_101_000;

    /// <summary>The real path; missing folders are made.</summary>
    /// <exception cref="ConfigException">The path leads out of the volume.</exception>
    public static string Resolve(string volume, string subPath)
    {
        if (subPath.StartsWith('/') || subPath.Split('/').Contains(".."))
        {
            throw new ConfigException($"subPath \"{subPath}\" must be a relative path without \"..\"");
        }

        var root = Real(volume);
        var path = root;
        foreach (var part in subPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            if (!Path.Exists(path))
            {
                Directory.CreateDirectory(path, FolderMode);
                continue;
            }

            path = Real(path);
            if (path != root && !path.StartsWith(root + "/", StringComparison.Ordinal))
            {
                throw new ConfigException($"subPath \"{subPath}\" leads out of its volume");
            }
        }

        return path;
    }

    /// <summary>The path with every link on the way resolved.</summary>
    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            FileSystemInfo info = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            {
                real = Real(target.FullName);
            }
        }

        return real;
    }
}
