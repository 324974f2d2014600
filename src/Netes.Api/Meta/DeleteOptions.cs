namespace Netes.Api.Meta;

/// <summary>How an object is to be deleted.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")]
[ApiKind("", "v1", "DeleteOptions")]
public sealed partial record DeleteOptions
{
    /// <summary>Seconds until it is deleted; zero is at once.</summary>
    [Field(1, "gracePeriodSeconds", OmitEmpty = true)]
    public partial long? GracePeriodSeconds { get; init; }

    /// <summary>What must hold for the object to be deleted.</summary>
    [Field(2, "preconditions", OmitEmpty = true)]
    public partial Preconditions? Preconditions { get; init; }

    /// <summary>Deprecated: use propagationPolicy.</summary>
    [Field(3, "orphanDependents", OmitEmpty = true)]
    public partial bool? OrphanDependents { get; init; }

    /// <summary>What becomes of the objects it owns: Orphan, Background or Foreground.</summary>
    [Field(4, "propagationPolicy", OmitEmpty = true, EnumOf = typeof(DeletionPropagation))]
    public partial string? PropagationPolicy { get; init; }

    /// <summary>All: everything is checked and nothing is deleted.</summary>
    [Field(5, "dryRun", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DryRun { get; init; }

    [Field(6, "ignoreStoreReadErrorWithClusterBreakingPotential", OmitEmpty = true)]
    public partial bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; init; }
}
