using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Client;

/// <summary>
/// References to objects. Source: client-go tools/reference/ref.go, apimachinery meta/v1/controller_ref.go.
/// </summary>
public static class ObjectReferences
{
    public static ObjectReference To<T>(T value)
        where T : class, IResource<T> => new()
    {
        Kind = T.Kind,
        ApiVersion = T.ApiVersion,
        Namespace = value.Metadata.Namespace,
        Name = value.Metadata.Name,
        Uid = value.Metadata.Uid,
        ResourceVersion = value.Metadata.ResourceVersion,
    };

    /// <summary>The reference by which <paramref name="owner"/> controls another object.</summary>
    public static OwnerReference Controller<T>(T owner)
        where T : class, IResource<T> => new()
    {
        ApiVersion = T.ApiVersion,
        Kind = T.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>The owner that controls the object; null: none does.</summary>
    public static OwnerReference? ControllerOf(ObjectMeta metadata)
    {
        foreach (var owner in metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner;
            }
        }

        return null;
    }
}
