using Netes.ApiServer.Certificates;
using Netes.Tests.Store.Sqlite;

namespace Netes.Tests.ApiServer.Certificates;

/// <summary>Goal: a server starts on a disk without room for anything.</summary>
public sealed class SecretFilesTests : IDisposable
{
    private readonly DiskImage _disk = new(4 << 20);

    private string FilePath => Path.Combine(_disk.Path, "admin.kubeconfig");

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void Same_needsNoRoomAndIsClosedToOthers()
    {
        SecretFiles.Write(FilePath, "kept");
        File.SetUnixFileMode(FilePath, (UnixFileMode)0b110_100_100);
        Fill();
        SecretFiles.Write(FilePath, "kept");
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void Other_withoutRoom_leavesWhatWasThere()
    {
        SecretFiles.Write(FilePath, "kept");
        Fill();
        Assert.Throws<IOException>(() => SecretFiles.Write(FilePath, new string('x', 100_000)));
        Assert.Equal("kept", File.ReadAllText(FilePath));
        Assert.False(File.Exists(FilePath + ".next"));
    }

    private void Fill()
    {
        using var file = File.Create(Path.Combine(_disk.Path, "filler"), bufferSize: 1);
        Assert.Throws<IOException>((Action)(() =>
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }));
    }
}
