using System.Collections.Concurrent;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Gives claims back that were reserved for a binding that came to nothing.</summary>
internal sealed partial class DynamicResources
{
    /// <summary>About a minute; then the controller of claims has to take back what was reserved in vain.</summary>
    private const int MaxReleases = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>By the pod's UID: what is being given back after a try that came to nothing.</summary>
    private readonly ConcurrentDictionary<string, Task> _releasing = new(StringComparer.Ordinal);

    /// <summary>
    /// One entry of the list goes, whatever else is in it by now. The next try waits until it is known what became of
    /// it: a release that comes after the next reservation would take that away.
    /// </summary>
    private async Task ReleaseAsync(Task before, ResourceClaim claim, Pod pod)
    {
        await before;
        ResourceClaim? known = Newest(claim);
        for (var tries = 1; tries <= MaxReleases; tries++)
        {
            try
            {
                known ??= await _context.Client.GetAsync<ResourceClaim>(
                    claim.Metadata.Namespace, claim.Metadata.Name, CancellationToken.None);
                if (known.Metadata.Uid == claim.Metadata.Uid)
                {
                    _world.Claims.Wrote(IsBound(known, pod)
                        ? await _context.Client.PatchAsync<ResourceClaim>(
                            claim.Metadata.Namespace, claim.Metadata.Name, ReleasePatch(known, pod), "status",
                            CancellationToken.None)
                        : known);
                }

                return;
            }
            catch (ApiException failure) when (failure.IsConflict)
            {
                known = null;
            }
            catch (ApiException failure) when (IsUncertain(failure))
            {
                known = null;
                await PauseAsync(tries, CancellationToken.None);
            }
            catch (ApiException)
            {
                // Gone, or else the controller of claims takes back what a pod that does not run has reserved.
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                known = null;
                await PauseAsync(tries, CancellationToken.None);
            }
        }
    }

    private async Task RememberAsync(string pod, Task released)
    {
        _releasing[pod] = released;

        // However it ends.
        await Task.WhenAny(released);
        _releasing.TryRemove(new(pod, released));
    }

    private Task ReleasedAsync(Pod pod, CancellationToken cancel) =>
        Task.WhenAny(_releasing.GetValueOrDefault(pod.Metadata.Uid, Task.CompletedTask)).WaitAsync(cancel);

    private Task PauseAsync(int failures, CancellationToken cancel) => Task.Delay(
        TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(failures, 10), LongestPause.Ticks)),
        _context.Time, cancel);

    private static Patch ReleasePatch(ResourceClaim claim, Pod pod) => Json.Strategic(json =>
    {
        json.Object("metadata", metadata =>
        {
            metadata.WriteString("uid", claim.Metadata.Uid);
            metadata.WriteString("resourceVersion", claim.Metadata.ResourceVersion);
        });
        json.Object("status", status => status.Array("reservedFor", list =>
        {
            list.WriteStartObject();
            list.WriteString("$patch", "delete");
            list.WriteString("uid", pod.Metadata.Uid);
            list.WriteEndObject();
        }));
    });
}
