namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")]
[ApiKind("", "v1", "DeleteOptions")]
public sealed partial record DeleteOptions
{
    [Field(1, "gracePeriodSeconds", OmitEmpty = true)]
    public partial long? GracePeriodSeconds { get; init; }

    [Field(2, "preconditions", OmitEmpty = true)]
    public partial Preconditions? Preconditions { get; init; }

    [Field(3, "orphanDependents", OmitEmpty = true)]
    public partial bool? OrphanDependents { get; init; }

    [Field(4, "propagationPolicy", OmitEmpty = true, EnumOf = typeof(DeletionPropagation))]
    public partial string? PropagationPolicy { get; init; }

    [Field(5, "dryRun", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> DryRun { get; init; }

    [Field(6, "ignoreStoreReadErrorWithClusterBreakingPotential", OmitEmpty = true)]
    public partial bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; init; }
}
