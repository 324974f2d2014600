using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>An object with metadata. The generator adds the typed <see cref="IKubernetesObject{TSelf}"/>.</summary>
public interface IKubernetesObject
{
    ObjectMeta Metadata { get; }
}

/// <summary>A list of objects, as answered to a list request.</summary>
public interface IKubernetesList<TItem>
{
    ListMeta Metadata { get; }

    ValueList<TItem> Items { get; }
}

/// <summary>An object whose metadata can be replaced.</summary>
public interface IKubernetesObject<TSelf> : IKubernetesObject, IApiKind<TSelf>
    where TSelf : class, IKubernetesObject<TSelf>
{
    TSelf WithMetadata(ObjectMeta metadata);
}
