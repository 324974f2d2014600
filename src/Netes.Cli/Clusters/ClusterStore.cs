using Netes.Cli.Machine;

namespace Netes.Cli.Clusters;

/// <summary>The clusters of this machine, as files.</summary>
internal sealed class ClusterStore(ClusterPaths paths)
{
    public ClusterPaths Paths => paths;

    /// <summary>Names, sorted; a folder without cluster.json is the rest of a failed creation and counts too.</summary>
    public IReadOnlyList<string> Names() =>
        Directory.Exists(paths.Clusters)
            ? [.. Directory.EnumerateDirectories(paths.Clusters)
                .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Null when there is none, or only the rest of a failed creation.</summary>
    public ClusterState? Find(string cluster) =>
        File.Exists(paths.StateFile(cluster))
            ? ClusterState.FromJson(File.ReadAllText(paths.StateFile(cluster)))
            : null;

    /// <summary>In kind's words when there is none.</summary>
    public ClusterState Get(string cluster) =>
        Find(cluster) ?? throw new ToolException($"no nodes found for cluster \"{cluster}\"");

    public IEnumerable<ClusterState> All() => Names().Select(Find).OfType<ClusterState>();

    public void Write(ClusterState state)
    {
        var file = paths.StateFile(state.Name);
        Directory.CreateDirectory(paths.Cluster(state.Name));
        // The token in it admits nodes: nobody else may read it.
        File.SetUnixFileMode(paths.Cluster(state.Name),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(file + ".new", state.ToJson());
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>
    /// After the last cluster nothing of ours is left in the state folder; the caller holds the lock.
    /// </summary>
    public void RemoveTraces()
    {
        if (Names().Count > 0)
        {
            return;
        }

        foreach (var folder in (string[])[paths.Clusters, paths.Scratch])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        File.Delete(paths.Lock);
        if (Directory.Exists(paths.StateFolder) && !Directory.EnumerateFileSystemEntries(paths.StateFolder).Any())
        {
            Directory.Delete(paths.StateFolder);
        }
    }

    /// <summary>Holds the right to create or remove clusters; waits while another process has it.</summary>
    public async Task<IDisposable> LockAsync(TimeProvider time, CancellationToken cancel)
    {
        Directory.CreateDirectory(paths.StateFolder);
        while (true)
        {
            try
            {
                return new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(paths.Lock))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancel);
            }
        }
    }
}
