using Netes.Api;
using Netes.ApiServer.FieldManagement;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Views;

/// <summary>Writes in the server's own name: the kinds' rules hold, nobody is asked.</summary>
internal sealed class InternalWriter(
    ResourceTable resources, ResourceStore store, Preparation preparation, StorageHooks hooks, TimeProvider time)
    : IObjectWriter
{
    public async ValueTask<T> CreateAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var resource = resources.Of(T.Resource);
        var wanted = resource.Stored.Default(value);
        var prepared = preparation.Prepare(resource.Stored, wanted);
        var hooked = await hooks.BeforeCreateAsync(resource.Stored, prepared, cancel);
        var key = resource.Stored.KeyOf(prepared.Metadata.Namespace, prepared.Metadata.Name);
        var stored = false;
        try
        {
            Preparation.Check(resource.Stored, hooked.Value);
            var entry = await store.CreateAsync(
                resource.Cache, key, hooked.Value, Tracking(resource, "") with { Wanted = wanted }, cancel);
            stored = entry is not null;
            return entry is null
                ? throw ApiErrors.AlreadyExists(T.Resource.Group, T.Resource.Plural, prepared.Metadata.Name)
                : (T)entry.Record(resource.Stored);
        }
        finally
        {
            hooked.Finish(stored);
        }
    }

    public ValueTask<T> UpdateAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T> => UpdateAsync(value, UpdateMode.Main, cancel);

    public ValueTask<T> UpdateStatusAsync<T>(T value, CancellationToken cancel)
        where T : class, IResource<T> => UpdateAsync(value, UpdateMode.Status, cancel);

    private async ValueTask<T> UpdateAsync<T>(T value, UpdateMode mode, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var resource = resources.Of(T.Resource);
        var (metadata, definition) = (value.Metadata, T.Resource);
        var key = resource.Stored.KeyOf(metadata.Namespace, metadata.Name);
        var entry = await store.UpdateAsync(resource.Cache, key, current =>
        {
            var old = current.Record(resource.Stored);
            if (metadata.ResourceVersion.Length > 0 && metadata.ResourceVersion != old.Metadata.ResourceVersion)
            {
                throw ApiErrors.Conflict(definition.Group, definition.Plural, metadata.Name, Updater.Modified);
            }

            var defaulted = resource.Stored.Default(value);
            var next = mode.Prepare(resource.Stored, resource.Stored.WithMetadata(
                defaulted, metadata with { ResourceVersion = old.Metadata.ResourceVersion }), old);
            var errors = mode.Check(resource.Stored, next, old);
            return errors.Count == 0
                ? ValueTask.FromResult(new Replacement(
                    next, Fields: Tracking(resource, mode == UpdateMode.Status ? "status" : "")))
                : throw ApiErrors.Invalid(definition.Group, definition.Kind, metadata.Name, errors);
        }, cancel);
        return entry is null
            ? throw ApiErrors.NotFound(definition.Group, definition.Plural, metadata.Name)
            : (T)entry.Record(resource.Stored);
    }

    private FieldTracking Tracking(ServedResource resource, string subresource) =>
        new(resource, FieldManagers.Server, subresource, Timestamp.From(time.GetUtcNow()));
}
