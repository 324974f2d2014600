using System.Text;
using Microsoft.Extensions.Time.Testing;
using Netes.Nodes.Environments;
using Netes.Nodes.Volumes;

namespace Netes.Tests.Node.Volumes;

/// <summary>Goal: a reader sees all old or all new files, and no path leads out of a volume.</summary>
public sealed class AtomicWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netes-volume").FullName;
    private readonly FakeTimeProvider time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_appear_change_and_vanish_together()
    {
        Assert.True(Write(("a", "1"), ("d/b", "2")));
        Assert.Equal("1", Read("a"));
        Assert.Equal("2", Read("d/b"));
        var first = new FileInfo(folder + "/..data").LinkTarget;

        Assert.False(Write(("a", "1"), ("d/b", "2")));
        Assert.Equal(first, new FileInfo(folder + "/..data").LinkTarget);

        Assert.True(Write(("a", "3")));
        Assert.Equal("3", Read("a"));
        Assert.False(Path.Exists(folder + "/d"));
        Assert.Single(Directory.GetDirectories(folder, "..2*"));
    }

    [Fact]
    public void Sub_path_that_leads_out_is_refused()
    {
        File.CreateSymbolicLink(folder + "/out", "/etc");

        Assert.Throws<ConfigException>(() => SubPaths.Resolve(folder, "out/passwd"));
        Assert.Throws<ConfigException>(() => SubPaths.Resolve(folder, "../x"));
        Assert.Equal(folder + "/new/dir", SubPaths.Resolve(folder, "new/dir"));
        Assert.True(Directory.Exists(folder + "/new/dir"));
    }

    private bool Write(params (string Path, string Content)[] files) => AtomicWriter.Write(
        folder,
        files.ToDictionary(file => file.Path, file =>
            new ProjectedFile(Encoding.UTF8.GetBytes(file.Content), 0b110_100_100)),
        time);

    private string Read(string path) => File.ReadAllText(Path.Combine(folder, path));
}
