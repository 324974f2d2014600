using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Makes a new object ready to be stored. Source: apiserver pkg/registry/rest/create.go, BeforeCreate.
/// </summary>
internal sealed class Preparation(IdSource ids, TimeProvider time)
{
    /// <summary>System fields, a generated name, what clients may not set cleared.</summary>
    public IKubernetesObject Prepare(ResourceStrategy strategy, IKubernetesObject value)
    {
        var metadata = value.Metadata;
        if (metadata.ResourceVersion.Length > 0)
        {
            throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        }

        var name = metadata.Name.Length == 0 && metadata.GenerateName.Length > 0
            ? ids.NewName(metadata.GenerateName)
            : metadata.Name;
        return strategy.PrepareCreate(strategy.WithMetadata(value, metadata with
        {
            Name = name,
            Uid = ids.NewUid(),
            CreationTimestamp = Timestamp.From(time.GetUtcNow()),
            DeletionTimestamp = null,
            DeletionGracePeriodSeconds = null,
            SelfLink = "",
            Generation = strategy.HasGeneration ? 1 : 0,
            ManagedFields = [],
        }));
    }

    /// <summary>422 for what breaks the kind's rules.</summary>
    public static void Check(ResourceStrategy strategy, IKubernetesObject value)
    {
        var errors = strategy.CheckCreate(value);
        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid(strategy.Definition.Group, strategy.Definition.Kind, value.Metadata.Name, errors);
        }
    }
}
