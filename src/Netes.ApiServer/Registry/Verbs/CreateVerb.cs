using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Caching;
using Netes.ApiServer.FieldManagement;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>
/// POST: decode, default, mutate, prepare, validate, encode once, store.
/// Source: apiserver pkg/endpoints/handlers/create.go, pkg/registry/rest/create.go.
/// </summary>
internal sealed class CreateVerb(
    ResourceStore store, ObjectAdmission admission, ObjectWriters writers, StorageHooks hooks, Preparation preparation,
    TimeProvider time)
{
    // Source: apiserver pkg/registry/generic/registry/store.go, maxNameGenerationCreateAttempts.
    private const int MaxGeneratedNames = 8;

    public async Task<ApiResult> HandleAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var dryRun = WriteOptions.Check(context, "CreateOptions");
        var writer = writers.For(context, resource, FormatsOffered.Objects);
        var value = await ObjectDecoder.ReadAsync(context, resource, cancel);
        var entry = await CreateAsync(context, resource, new(value), dryRun, cancel);
        return writer.Answer(entry, 201);
    }

    /// <summary>Creates a decoded, defaulted object of the served version.</summary>
    public async Task<CacheEntry> CreateAsync(
        RequestContext context, ServedResource resource, Change change, bool dryRun, CancellationToken cancel)
    {
        var value = change.Value;
        var stored = resource.Converter is null ? value : resource.Stored.Default(resource.ToStored(value));
        stored = InNamespace(resource, stored, context.Info.Namespace);
        var fields = new FieldTracking(
            resource, FieldManagers.NameOf(context), "", Timestamp.From(time.GetUtcNow()))
        {
            Wanted = stored,
            Requested = stored.Metadata.ManagedFields,
            Applied = change.Applied,
        };
        var attributes = admission.Attributes(context, resource, AdmissionOperation.Create, dryRun) with
        {
            Name = stored.Metadata.Name,
            Object = stored,
        };
        stored = await admission.MutateAsync(attributes, cancel);
        foreach (var warning in resource.Stored.Warnings(stored))
        {
            context.Warn(warning);
        }

        for (var attempt = 1; ; attempt++)
        {
            var prepared = preparation.Prepare(resource.Stored, stored);
            var entry = await StoreAsync(
                resource, prepared, attributes with { Name = prepared.Metadata.Name }, fields, cancel);
            if (entry is not null)
            {
                return entry;
            }

            var definition = resource.Definition;
            if (stored.Metadata.Name.Length > 0 || attempt == MaxGeneratedNames)
            {
                throw stored.Metadata.Name.Length > 0
                    ? ApiErrors.AlreadyExists(definition.Group, definition.Plural, prepared.Metadata.Name)
                    : GeneratedNameTaken(definition, prepared.Metadata.Name);
            }
        }
    }

    private async Task<CacheEntry?> StoreAsync(
        ServedResource resource, IKubernetesObject prepared, AdmissionAttributes attributes, FieldTracking fields,
        CancellationToken cancel)
    {
        var metadata = prepared.Metadata;
        var key = resource.Stored.KeyOf(metadata.Namespace, metadata.Name);
        var hooked = await hooks.BeforeCreateAsync(resource.Stored, prepared, cancel);
        var isStored = false;
        try
        {
            Preparation.Check(resource.Stored, hooked.Value);
            await admission.ValidateAsync(attributes with { Object = hooked.Value }, cancel);
            if (attributes.DryRun)
            {
                return await store.GetLatestAsync(resource.Cache, key, cancel) is null
                    ? ResourceStore.Unsaved(resource.Stored, key, hooked.Value, fields)
                    : null;
            }

            var entry = await store.CreateAsync(resource.Cache, key, hooked.Value, fields, cancel);
            isStored = entry is not null;
            return entry;
        }
        finally
        {
            hooked.Finish(isStored);
        }
    }

    private static IKubernetesObject InNamespace(ServedResource resource, IKubernetesObject value, string namespaceName)
    {
        if (!resource.Definition.Namespaced || value.Metadata.Namespace == namespaceName)
        {
            return value;
        }

        // Source: rest.EnsureObjectNamespaceMatchesRequestNamespace.
        return value.Metadata.Namespace.Length == 0
            ? resource.Stored.WithMetadata(value, value.Metadata with { Namespace = namespaceName })
            : throw ApiErrors.BadRequest(
                "the namespace of the provided object does not match the namespace sent on the request");
    }

    // Source: rest.CheckGeneratedNameError.
    private static ApiException GeneratedNameTaken(ResourceDefinition definition, string name)
    {
        var taken = ApiErrors.AlreadyExists(definition.Group, definition.Plural, name).Status;
        return new(taken with
        {
            Message = taken.Message + ", the server was not able to generate a unique name for the object",
            Details = (taken.Details ?? StatusDetails.Empty) with { RetryAfterSeconds = 1 },
        });
    }
}
