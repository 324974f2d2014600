using System.Collections.Immutable;
using System.Threading.Channels;
using Netes.Nodes.Logs;
using Netes.Nodes.Volumes;

namespace Netes.Nodes.Plugins;

/// <summary>One socket and not the one that had its path before.</summary>
internal readonly record struct SocketIdentity(ulong Number, DateTime MadeAt);

/// <summary>
/// The sockets below a folder; the kernel tells when to look again.
/// Source: pkg/kubelet/pluginmanager/pluginwatcher/plugin_watcher.go.
/// </summary>
internal sealed class SocketFolder : IDisposable
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None,
    };

    private readonly string path;
    private readonly FileSystemWatcher watcher;
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <exception cref="IOException">The folder cannot be watched.</exception>
    public SocketFolder(string path)
    {
        this.path = path;
        watcher = new(path)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName,
        };
        watcher.Created += (_, _) => Signal();
        watcher.Deleted += (_, _) => Signal();
        watcher.Renamed += (_, _) => Signal();
        watcher.Error += (_, _) => Signal(); // notices were lost: what is there says it all
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>What is there now. Names that begin with a dot are not meant.</summary>
    public ImmutableDictionary<string, SocketIdentity> Look()
    {
        var found = ImmutableDictionary.CreateBuilder<string, SocketIdentity>(StringComparer.Ordinal);
        foreach (var entry in Directory.EnumerateFileSystemEntries(path, "*", Everything))
        {
            if (!entry[path.Length..].Contains("/.", StringComparison.Ordinal)
                && FileKinds.Of(entry) == FileKind.Socket && FileIdentity.Of(entry) is { } number)
            {
                found[entry] = new(number, File.GetLastWriteTimeUtc(entry));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Ends when something may have changed since the last time.</summary>
    public async Task WaitAsync(CancellationToken cancel) => await signal.Reader.ReadAsync(cancel);

    public void Dispose() => watcher.Dispose();

    private void Signal() => signal.Writer.TryWrite(true);
}
