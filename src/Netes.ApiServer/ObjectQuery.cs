using Netes.Api;

namespace Netes.ApiServer;

/// <summary>Which objects a list or a watch within the process is about.</summary>
/// <param name="Resource">The resource, in the version that is wanted.</param>
public sealed record ObjectQuery(ResourceDefinition Resource)
{
    /// <summary>Empty: all namespaces.</summary>
    public string Namespace { get; init; } = "";

    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";
}

/// <summary>All objects of a query at one revision; they are shared with everybody who reads them.</summary>
public sealed record ObjectList<T>(IReadOnlyList<T> Items, long Revision);

/// <summary>What happened to an object, as a query's selectors see it.</summary>
public enum ObjectEventKind
{
    Added,
    Modified,

    /// <summary>It is gone, or matches no more: the object is the last state that did.</summary>
    Deleted,
}

/// <summary>One event of a watch within the process.</summary>
public readonly record struct ObjectEvent<T>(ObjectEventKind Kind, T Object);
