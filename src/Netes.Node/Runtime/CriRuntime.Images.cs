using Grpc.Core;

namespace Netes.Nodes.Runtime;

public sealed partial class CriRuntime
{
    public async Task<IReadOnlyList<Cri.Image>> ListImagesAsync(CancellationToken cancel) =>
        (await CallAsync(images.ListImagesAsync(new(), Short(cancel)))).Images;

    public async Task<Cri.Image?> ImageStatusAsync(string image, CancellationToken cancel)
    {
        var request = new Cri.ImageStatusRequest { Image = new() { Image = image } };
        return (await CallAsync(images.ImageStatusAsync(request, Short(cancel)))).Image;
    }

    public async Task<string> PullImageAsync(
        string image, Cri.AuthConfig? auth, Cri.PodSandboxConfig? sandboxConfig, CancellationToken cancel)
    {
        // No deadline: a large image over a slow line takes what it takes; the pod's end cancels it.
        var request = new Cri.PullImageRequest
        {
            Image = new() { Image = image }, Auth = auth, SandboxConfig = sandboxConfig,
        };
        return (await CallAsync(images.PullImageAsync(request, new CallOptions(cancellationToken: cancel)))).ImageRef;
    }

    public Task RemoveImageAsync(string image, CancellationToken cancel) =>
        IgnoreGoneAsync(images.RemoveImageAsync(new() { Image = new() { Image = image } }, Short(cancel)));

    public Task<Cri.ImageFsInfoResponse> ImageFsInfoAsync(CancellationToken cancel) =>
        CallAsync(images.ImageFsInfoAsync(new(), Short(cancel)));
}
