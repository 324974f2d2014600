using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;

namespace Netes.EndToEnd.Clusters;

/// <summary>
/// Versions of the sample's image in one archive, as <c>docker save</c> writes several images: they share all layers,
/// and each answers with its version.
/// </summary>
internal static class SampleVersions
{
    public static async Task WriteAsync(string path, params string[] tags)
    {
        using var from = new TarReader(File.OpenRead(await SampleImage.ArchiveAsync()));
        using var to = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        JsonNode? config = null, manifest = null;
        while (await from.GetNextEntryAsync() is { } entry)
        {
            switch (entry.Name)
            {
                case "config.json":
                    config = await JsonNode.ParseAsync(entry.DataStream!);
                    break;
                case "manifest.json":
                    manifest = await JsonNode.ParseAsync(entry.DataStream!);
                    break;
                default:
                    await to.WriteEntryAsync(entry);
                    break;
            }
        }

        var images = new JsonArray();
        foreach (var tag in tags)
        {
            var own = config!.DeepClone();
            own["config"]!["Env"]!.AsArray().Add($"APP_VERSION={tag}");
            Add(to, $"{tag}.json", own);
            var image = manifest![0]!.DeepClone();
            image["Config"] = $"{tag}.json";
            image["RepoTags"] = new JsonArray($"my-fastapi-app:{tag}");
            images.Add(image);
        }

        Add(to, "manifest.json", images);
    }

    private static void Add(TarWriter to, string name, JsonNode content) =>
        to.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content.ToJsonString())),
            Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
}
