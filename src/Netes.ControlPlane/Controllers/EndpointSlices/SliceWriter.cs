using Netes.Api;
using Netes.Api.Discovery;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Writes the slices of one service or Endpoints: first what is new, then what changed, then it deletes.
/// Source: staging endpointslice/reconciler.go, finalize; pkg/controller/endpointslicemirroring/reconciler.go.
/// </summary>
internal sealed class SliceWriter(
    KubernetesClient client, OwnWrites<EndpointSlice> writes, SliceMetrics metrics, ObjectKey owner)
{
    /// <param name="create">New slices.</param>
    /// <param name="update">Slices that change.</param>
    /// <param name="delete">Slices that go.</param>
    /// <param name="whose">For failures: Service default/web.</param>
    /// <param name="trigger">When what changed the slices happened.</param>
    /// <param name="cancel">Ends the writing.</param>
    /// <exception cref="SliceWriteException">A write failed. In a namespace that ends none is made, which is no
    /// failure.</exception>
    public async Task WriteAsync(
        IEnumerable<EndpointSlice> create, IEnumerable<EndpointSlice> update, IEnumerable<EndpointSlice> delete,
        string whose, Timestamp? trigger, CancellationToken cancel)
    {
        foreach (var slice in create)
        {
            try
            {
                writes.Stored(owner, await client.CreateAsync(Triggered(slice, trigger), cancel));
                metrics.Changed("create");
            }
            catch (ApiException failure) when (PodControl.IsNamespaceEnding(failure))
            {
                return;
            }
            catch (ApiException failure)
            {
                throw Failed($"failed to create EndpointSlice for {whose}", failure);
            }
        }

        foreach (var slice in update)
        {
            try
            {
                writes.Stored(owner, await client.UpdateAsync(Triggered(slice, trigger), cancel));
                metrics.Changed("update");
            }
            catch (ApiException failure)
            {
                throw Failed($"failed to update {slice.Metadata.Name} EndpointSlice for {whose}", failure);
            }
        }

        foreach (var slice in delete)
        {
            await DeleteAsync(slice, whose, cancel);
        }
    }

    /// <summary>One that is gone already is no failure: the cache will show it.</summary>
    public async Task DeleteAsync(EndpointSlice slice, string whose, CancellationToken cancel)
    {
        try
        {
            await client.DeleteAsync<EndpointSlice>(slice.Metadata.Namespace, slice.Metadata.Name, null, cancel);
            writes.Deleted(owner, slice);
            metrics.Changed("delete");
        }
        catch (ApiException failure) when (!failure.IsNotFound)
        {
            throw Failed($"failed to delete {slice.Metadata.Name} EndpointSlice for {whose}", failure);
        }
        catch (ApiException)
        {
            return;
        }
    }

    private SliceWriteException Failed(string what, ApiException failure)
    {
        if (failure.IsNotFound)
        {
            writes.Forget(owner);
        }

        return new SliceWriteException($"{what}: {failure.Message}", failure);
    }

    private static EndpointSlice Triggered(EndpointSlice slice, Timestamp? trigger) => slice with
    {
        Metadata = slice.Metadata with
        {
            Annotations = TriggerTimes.Annotate(slice.Metadata.Annotations, trigger),
        },
    };
}

/// <summary>A write of a slice failed, said as Kubernetes says it.</summary>
internal sealed class SliceWriteException(string message, ApiException reason) : Exception(message, reason)
{
    public ApiException Reason => reason;
}
