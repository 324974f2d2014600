using System.Globalization;
using Netes.Api.Core;
using Netes.Nodes.Metrics;
using Netes.Nodes.Pods;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Images;

/// <summary>
/// Gets a container's image onto the machine as its pull policy says.
/// Source: pkg/kubelet/images/image_manager.go (EnsureImageExists).
/// </summary>
public sealed class ImagePuller(
    IContainerRuntime runtime, IClusterObjects objects, PodEvents events, NodeMetrics metrics, TimeProvider time)
{
    /// <summary>The image on this machine.</summary>
    /// <param name="backOff">The back-off of this container's earlier pulls.</param>
    /// <exception cref="ImageException">There is none; its reason is the waiting state's.</exception>
    public async Task<Cri.Image> EnsureAsync(
        Pod pod, PodContainer container, BackOff? backOff, Cri.PodSandboxConfig sandbox, CancellationToken cancel)
    {
        var given = container.Spec.Image;
        var image = ImageNames.WithTag(given);
        if (image is null)
        {
            var message = $"Failed to apply default image tag \"{given}\": couldn't parse image name \"{given}\": "
                + "invalid reference format";
            events.Warning(pod, container, "InspectFailed", message);
            throw new ImageException("InvalidImageName", message);
        }

        var present = await InspectAsync(pod, container, image, cancel);
        var policy = PolicyOf(container.Spec, image);
        if (present is not null && policy != PullPolicy.Always)
        {
            events.Normal(pod, container, "Pulled",
                $"Container image \"{given}\" already present on machine and can be accessed by the pod");
            return present;
        }

        if (policy == PullPolicy.Never)
        {
            var message = $"Container image \"{given}\" is not present with pull policy of Never";
            events.Warning(pod, container, "ErrImageNeverPull", message);
            throw new ImageException("ErrImageNeverPull", message);
        }

        var now = time.GetUtcNow();
        if (backOff is { } held && now - held.UpdatedAt < held.Delay)
        {
            var message = $"Back-off pulling image \"{given}\"";
            events.Normal(pod, container, "BackOff", message);
            throw new ImageException("ImagePullBackOff", message);
        }

        return await PullAsync(pod, container, image, sandbox, cancel);
    }

    private async Task<Cri.Image?> InspectAsync(
        Pod pod, PodContainer container, string image, CancellationToken cancel)
    {
        try
        {
            return await runtime.ImageStatusAsync(image, cancel);
        }
        catch (RuntimeException error) when (!error.IsUnavailable)
        {
            var message = $"Failed to inspect image \"{image}\": {error.Message}";
            events.Warning(pod, container, "InspectFailed", message);
            throw new ImageException("ImageInspectError", message);
        }
    }

    private async Task<Cri.Image> PullAsync(
        Pod pod, PodContainer container, string image, Cri.PodSandboxConfig sandbox, CancellationToken cancel)
    {
        events.Normal(pod, container, "Pulling", $"Pulling image \"{image}\"");
        var start = time.GetTimestamp();
        metrics.Startups.PullBegan(pod.Metadata.Uid);
        try
        {
            await PullWithAnyAsync(pod, image, sandbox, cancel);
            metrics.Startups.PullEnded(pod.Metadata.Uid);
            var elapsed = time.GetElapsedTime(start);
            var took = Duration(elapsed);
            var pulled = await runtime.ImageStatusAsync(image, cancel)
                ?? throw new RuntimeException(Grpc.Core.StatusCode.NotFound, $"image {image} vanished after its pull");
            metrics.ImagePulled(pulled.Size, elapsed);
            var size = pulled.Size.ToString(CultureInfo.InvariantCulture);
            events.Normal(pod, container, "Pulled", $"Successfully pulled image \"{image}\" in {took} "
                + $"({took} including waiting). Image size: {size} bytes.");
            return pulled;
        }
        catch (RuntimeException error)
        {
            events.Warning(pod, container, "Failed", $"Failed to pull image \"{image}\": {error.Message}");
            throw new ImageException("ErrImagePull", error.Message);
        }
    }

    private async Task PullWithAnyAsync(
        Pod pod, string image, Cri.PodSandboxConfig sandbox, CancellationToken cancel)
    {
        var credentials = await CredentialsAsync(pod, image, cancel);
        if (credentials.Count == 0)
        {
            await runtime.PullImageAsync(image, null, sandbox, cancel);
            return;
        }

        RuntimeException? last = null;
        foreach (var credential in credentials)
        {
            try
            {
                await runtime.PullImageAsync(image, credential, sandbox, cancel);
                return;
            }
            catch (RuntimeException error)
            {
                last = error; // another secret may hold for this registry
            }
        }

        throw last!;
    }

    private async Task<IReadOnlyList<Cri.AuthConfig>> CredentialsAsync(Pod pod, string image, CancellationToken cancel)
    {
        var found = new List<Cri.AuthConfig>();
        foreach (var reference in (IEnumerable<LocalObjectReference>)pod.Spec.ImagePullSecrets)
        {
            var secret = await objects.SecretAsync(pod.Metadata.Namespace, reference.Name, cancel);
            if (secret is null)
            {
                events.Warning(pod, "FailedToRetrieveImagePullSecret",
                    $"Unable to retrieve some image pull secrets ({reference.Name}); "
                    + "attempting to pull the image may not succeed.");
                continue;
            }

            found.AddRange(DockerConfig.CredentialsFor(secret, image));
        }

        return found;
    }

    private static string PolicyOf(Container spec, string image) =>
        spec.ImagePullPolicy.Length > 0 ? spec.ImagePullPolicy
        : image.EndsWith(":latest", StringComparison.Ordinal) ? PullPolicy.Always : PullPolicy.IfNotPresent;

    private static string Duration(TimeSpan span) =>
        Netes.Api.Duration.From(TimeSpan.FromMilliseconds(Math.Floor(span.TotalMilliseconds))).ToString();
}
