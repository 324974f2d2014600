using System.Runtime;
using Netes.Host;
using Netes.Tests.Store.Sqlite;

namespace Netes.Tests.Host;

public sealed class UncollectedStartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Collection_that_comes_all_the_same_ends_it_and_its_end_is_none()
    {
        Directory.CreateDirectory(_folder.Path);
        using (FileStream file = File.Create(_folder.File("state.db")))
        {
            file.SetLength(20 << 20);
        }

        var start = new UncollectedStart(_folder.Path);
        GC.Collect();
        start.Dispose();
        Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        start.Dispose();
    }

    [Fact]
    public void Store_that_is_not_there_yet_needs_none()
    {
        using var start = new UncollectedStart(_folder.File("none"));
        Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
    }
}
