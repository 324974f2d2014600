using Netes.Cli.Commands;

namespace Netes.Tests.Cli.Commands;

public sealed class LogFoldersTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("netes-logs-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Folders_are_copied_without_links()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "from/pod/container")).FullName;
        File.WriteAllText(Path.Combine(folder, "0.log"), "a line");
        File.CreateSymbolicLink(Path.Combine(folder, "away"), "/etc/passwd");

        LogFolders.Copy(Path.Combine(_root, "from"), Path.Combine(_root, "to"));

        var file = Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_root, "to/pod/container")));
        Assert.Equal("a line", File.ReadAllText(file));
    }

    // A pod goes between the look into a folder and the look at what it has: each look for itself.
    [Fact]
    public void What_is_gone_is_left_out()
    {
        var (gone, to) = (Path.Combine(_root, "gone"), Path.Combine(_root, "to"));

        Assert.Empty(LogFolders.Entries(gone));
        LogFolders.CopyFile(Path.Combine(_root, "gone.log"), to);
        LogFolders.CopyFile(Path.Combine(gone, "0.log"), to);

        Assert.False(Path.Exists(to));
    }
}
