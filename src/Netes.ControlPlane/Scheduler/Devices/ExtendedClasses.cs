using System.Collections.Immutable;
using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Which class of devices an extended resource stands for. Of several classes with one resource the newest has it, so
/// that one can take over from another; when it goes, the next. Immutable: a class more or less makes another.
/// Source: dynamic-resource-allocation/deviceclass/extendedresourcecache (KEP-5004).
/// </summary>
internal sealed class ExtendedClasses
{
    private readonly ImmutableDictionary<string, DeviceClass> _classes;
    private readonly ImmutableDictionary<string, ImmutableSortedSet<DeviceClass>> _byResource;

    private ExtendedClasses(
        ImmutableDictionary<string, DeviceClass> classes,
        ImmutableDictionary<string, ImmutableSortedSet<DeviceClass>> byResource) =>
        (_classes, _byResource) = (classes, byResource);

    public static ExtendedClasses None { get; } = new(
        ImmutableDictionary<string, DeviceClass>.Empty,
        ImmutableDictionary<string, ImmutableSortedSet<DeviceClass>>.Empty);

    /// <summary>Null: no class has the resource.</summary>
    public DeviceClass? Of(string resource) =>
        _byResource.TryGetValue(resource, out var classes) ? classes.Min : null;

    /// <param name="name">Of the class.</param>
    /// <param name="next">What it is now; null: gone.</param>
    public ExtendedClasses With(string name, DeviceClass? next)
    {
        var (classes, byResource) = (_classes, _byResource);

        // What was noted down goes, whatever the last state of a class that is gone says.
        if (classes.TryGetValue(name, out var old))
        {
            classes = classes.Remove(name);
            foreach (var resource in Resources(old))
            {
                var rest = byResource[resource].Remove(old);
                byResource = rest.IsEmpty ? byResource.Remove(resource) : byResource.SetItem(resource, rest);
            }
        }

        if (next is not null)
        {
            classes = classes.SetItem(name, next);
            foreach (var resource in Resources(next))
            {
                var others = byResource.GetValueOrDefault(resource)
                    ?? ImmutableSortedSet.Create<DeviceClass>(ByAge.Instance);
                byResource = byResource.SetItem(resource, others.Add(next));
            }
        }

        return new ExtendedClasses(classes, byResource);
    }

    private static IEnumerable<string> Resources(DeviceClass item)
    {
        yield return ExtendedResources.ImplicitPrefix + item.Metadata.Name;
        if (item.Spec.ExtendedResourceName is { Length: > 0 } name)
        {
            yield return name;
        }
    }

    /// <summary>The newest first; of equally old ones the lower name.</summary>
    private sealed class ByAge : IComparer<DeviceClass>
    {
        public static ByAge Instance { get; } = new();

        public int Compare(DeviceClass? one, DeviceClass? other)
        {
            var age = Comparer<long?>.Default.Compare(
                other!.Metadata.CreationTimestamp?.UnixSeconds, one!.Metadata.CreationTimestamp?.UnixSeconds);
            return age != 0 ? age : string.CompareOrdinal(one.Metadata.Name, other.Metadata.Name);
        }
    }
}
