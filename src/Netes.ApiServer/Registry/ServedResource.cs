using Netes.Api;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Watching;

namespace Netes.ApiServer.Registry;

/// <summary>
/// A resource in one group and version, and the storage behind it. Two versions, or two groups as with events, may
/// stand on one storage: then values are converted on the way in and out.
/// </summary>
internal sealed record ServedResource(ResourceStrategy Strategy, ResourceCache Cache, IVersionConverter? Converter)
{
    public ResourceDefinition Definition => Strategy.Definition;

    /// <summary>Its newest events, in the forms that are watched.</summary>
    public SharedFrames Frames { get; } = new();

    /// <summary>The strategy of what is stored.</summary>
    public ResourceStrategy Stored => Cache.Strategy;

    public IKubernetesObject ToStored(IKubernetesObject value) => Converter?.ToStored(value) ?? value;

    public IKubernetesObject FromStored(IKubernetesObject value) => Converter?.FromStored(value) ?? value;

    /// <summary>The record as this version shows it.</summary>
    public IKubernetesObject Record(CacheEntry entry) => FromStored(entry.Record(Stored));
}

/// <summary>Between a served version and the stored one; nothing is lost on a round trip.</summary>
internal interface IVersionConverter
{
    IKubernetesObject ToStored(IKubernetesObject served);

    IKubernetesObject FromStored(IKubernetesObject stored);
}
