using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Creates and deletes pods for their controllers, and tells of it. Source: pkg/controller/controller_utils.go.
/// </summary>
internal sealed class PodControl(KubernetesClient client, EventRecorder events)
{
    /// <summary>The pod that a template gives its owner.</summary>
    public static Pod FromTemplate<TOwner>(PodTemplateSpec template, TOwner owner)
        where TOwner : class, IResource<TOwner> => new()
    {
        Metadata = new()
        {
            Namespace = owner.Metadata.Namespace,
            GenerateName = PodPrefix(owner.Metadata.Name),
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            Finalizers = template.Metadata.Finalizers,
            OwnerReferences = [ObjectReferences.Controller(owner)],
        },
        Spec = template.Spec,
    };

    /// <summary>Creates the pod; events are about the owner.</summary>
    public async Task<Pod> CreateAsync<TOwner>(Pod pod, TOwner owner, CancellationToken cancel)
        where TOwner : class, IResource<TOwner>
    {
        try
        {
            var created = await client.CreateAsync(pod, cancel);
            events.Normal(owner, "SuccessfulCreate", $"Created pod: {created.Metadata.Name}");
            return created;
        }
        catch (ApiException failure)
        {
            if (!IsNamespaceEnding(failure))
            {
                events.Warning(owner, "FailedCreate", $"Error creating: {failure.Message}");
            }

            throw;
        }
    }

    /// <summary>Deletes the pod, whatever has become of it; one that is gone already is no failure.</summary>
    /// <returns>False: it was gone, so that its deletion may have been seen before.</returns>
    public Task<bool> DeleteAsync<TOwner>(Pod pod, TOwner owner, CancellationToken cancel)
        where TOwner : class, IResource<TOwner> => DeleteAsync(
            pod, owner, new() { Preconditions = new() { Uid = pod.Metadata.Uid } }, cancel);

    /// <summary>Deletes the pod; one that is gone already is no failure.</summary>
    /// <returns>
    /// False: it was gone, so that its deletion may have been seen before; or it was chosen because it was not ready
    /// and has changed since, so that the choice has to be made again.
    /// </returns>
    private async Task<bool> DeleteAsync<TOwner>(
        Pod pod, TOwner owner, DeleteOptions? options, CancellationToken cancel)
        where TOwner : class, IResource<TOwner>
    {
        try
        {
            await client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancel);
            events.Normal(owner, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
            return true;
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            // Somebody else was faster; the cache will show it.
            return false;
        }
        catch (ApiException failure)
        {
            events.Warning(owner, "FailedDelete", $"Error deleting: {failure.Message}");
            throw;
        }
    }

    /// <summary>Deletes a pod that is expected to go, and takes the expectation back when no event will meet
    /// it.</summary>
    /// <returns>The failure, or null.</returns>
    public async Task<Exception?> TryDeleteAsync<TOwner>(
        Pod victim, TOwner owner, Expectations expectations, CancellationToken cancel)
        where TOwner : class, IResource<TOwner>
    {
        try
        {
            if (!await DeleteAsync(victim, owner, Options(victim), cancel))
            {
                // Its end may have been seen before it was expected.
                expectations.DeletionObserved(owner.Metadata.Uid, ObjectKey.Of(victim));
            }

            return null;
        }
        catch (Exception failure)
        {
            expectations.DeletionObserved(owner.Metadata.Uid, ObjectKey.Of(victim));
            return failure;
        }
    }

    /// <summary>
    /// A pod that became ready in the meantime must not go in place of one that is not: rollouts count on it.
    /// Kubernetes deletes without a condition.
    /// </summary>
    private static DeleteOptions? Options(Pod pod) => PodFacts.IsReady(pod) ? null : new DeleteOptions
    {
        Preconditions = new Api.Meta.Preconditions
        {
            Uid = pod.Metadata.Uid, ResourceVersion = pod.Metadata.ResourceVersion,
        },
    };

    public static bool IsNamespaceEnding(Exception failure) =>
        failure is ApiException { Status.Details: { } details }
        && details.Causes.Any(cause => cause.Type == "NamespaceTerminating");

    /// <summary>The owner's name and a dash, unless that is too long for a generated name.</summary>
    private static string PodPrefix(string owner) => owner.Length + 1 > 253 ? owner : owner + "-";
}
