using System.CommandLine;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Images;
using Netes.Cli.Machine;

namespace Netes.Cli.Commands;

/// <summary>netes load docker-image, load image-archive</summary>
internal static class Load
{
    public static Command Make(CommandContext context) =>
        new("load", "Loads images into nodes") { DockerImage(context), ImageArchive(context) };

    private static Command DockerImage(CommandContext context)
    {
        var images = new Argument<string[]>("images") { Arity = ArgumentArity.OneOrMore };
        var name = CommonOptions.Name(context);
        var nodes = CommonOptions.Nodes();
        var command = new Command("docker-image", "Loads docker images from host into nodes") { images, name, nodes };
        command.SetAction((parsed, cancel) => context.RunAsync("", async () =>
        {
            var state = context.Store.Get(parsed.GetValue(name)!);
            var chosen = CommonOptions.Select(state, parsed.GetValue(nodes));
            foreach (var image in parsed.GetValue(images)!)
            {
                var source = await LocalImages.FindAsync(image, cancel);
                using var archive = await source.SaveAsync(image, context.Store.Paths.Scratch, cancel);
                // podman and buildah call it localhost/app; a pod that says "app" means docker.io/library/app.
                await LoadAsync(context, state, chosen, archive, [ImageName.Normalize(image)], cancel);
            }
        }));
        return command;
    }

    private static Command ImageArchive(CommandContext context)
    {
        var files = new Argument<string[]>("archives") { Arity = ArgumentArity.OneOrMore };
        var name = CommonOptions.Name(context);
        var nodes = CommonOptions.Nodes();
        var command = new Command("image-archive", "Loads docker image from archive into nodes") { files, name, nodes };
        command.SetAction((parsed, cancel) => context.RunAsync("", async () =>
        {
            var state = context.Store.Get(parsed.GetValue(name)!);
            var chosen = CommonOptions.Select(state, parsed.GetValue(nodes));
            foreach (var file in parsed.GetValue(files)!)
            {
                using var archive = await ArchiveFile.OpenAsync(file, context.Store.Paths.Scratch, cancel);
                await LoadAsync(context, state, chosen, archive, [], cancel);
            }
        }));
        return command;
    }

    private static async Task LoadAsync(
        CommandContext context, ClusterState state, IReadOnlyList<string> nodes, ArchiveFile archive,
        IReadOnlyList<string> names, CancellationToken cancel)
    {
        var loader = new ImageLoader(context.Store.Paths, state.Name);
        foreach (var read in ArchiveImages.Read(archive, ArchiveImages.ThisArchitecture))
        {
            var image = read with { Names = [.. read.Names.Union(names)] };
            if (image.Names.Count == 0)
            {
                throw new ToolException("an image in the archive has no name; save it by its name");
            }

            await Task.WhenAll(nodes.Select(node => LoadNodeAsync(context, loader, archive, image, node, cancel)));
        }
    }

    private static async Task LoadNodeAsync(
        CommandContext context, ImageLoader loader, ArchiveFile archive, LoadableImage image, string node,
        CancellationToken cancel)
    {
        var title = $"Image: \"{image.Names[^1]}\" with ID \"{image.Config.Digest}\"";
        if (await loader.HasAsync(image, node, cancel))
        {
            await context.Error.WriteLineAsync($"{title} found to be already present on node \"{node}\".");
            return;
        }

        await context.Error.WriteLineAsync($"{title} not yet present on node \"{node}\", loading...");
        var bytes = await loader.LoadAsync(archive, image, node, cancel);
        await context.Error.WriteLineAsync(
            $"Image: \"{image.Names[^1]}\" loaded to node \"{node}\" " +
            $"({bytes / 1048576.0:0.0} MiB of layers were missing)");
    }
}
