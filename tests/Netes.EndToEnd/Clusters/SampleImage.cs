using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Clusters;

/// <summary>The image of the repository's FastAPI sample.</summary>
internal static class SampleImage
{
    private static readonly Lazy<Task<string>> Archive = new(MakeAsync);

    public static string Repository => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    public static Task<string> ArchiveAsync() => Archive.Value;

    // The archive that ./build.cs has made for the demo; without it the sample's recipe runs here, once for all tests.
    private static async Task<string> MakeAsync()
    {
        var archive = Path.Combine(Repository, "artifacts/demo/fastapi.tar");
        if (!File.Exists(archive))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
            (await Command.RunAsync(
                "dotnet",
                ["run", Path.Combine(Repository, "samples/fastapi/build-image.cs"), "--", "my-fastapi-app:latest",
                    archive],
                limit: TimeSpan.FromMinutes(8))).MustSucceed();
        }

        return archive;
    }
}
