namespace Netes.Tests.Store.Sqlite;

/// <summary>A folder that goes when the test ends, on a real disk: a test on tmpfs would not meet fsync.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("netes-store-").FullName;

    public string Path => System.IO.Path.Combine(_parent, "store");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
