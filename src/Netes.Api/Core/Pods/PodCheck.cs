using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>What the rules of a pod spec's parts must know of the whole, and where they put what they find.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Metadata">The pod's metadata; null for a template.</param>
/// <param name="Errors">The findings.</param>
internal sealed record PodCheck(PodSpec Spec, ObjectMeta? Metadata, List<FieldError> Errors)
{
    /// <summary>False: the spec is a template's, whose pods may get more defaults at creation.</summary>
    public bool IsPod => Metadata is not null;

    /// <summary>The valid volumes by name.</summary>
    public Dictionary<string, VolumeSource> Volumes { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Claims { get; } =
        [.. Spec.ResourceClaims.Select(claim => claim.Name).Where(name => name.Length > 0)];

    public bool HostUsers => Spec.HostUsers is not false;
}
