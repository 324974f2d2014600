namespace Netes.Api.Core;

public sealed partial record ReplicationController : IResource<ReplicationController>
{
    public static ResourceDefinition<ReplicationController> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ReplicationController",
        Plural = "replicationcontrollers",
        Singular = "replicationcontroller",
        ShortNames = ["rc"],
        Categories = ["all"],
        Namespaced = true,
        Subresources = ["scale"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = ReplicationControllerColumns.All,
        Default = ReplicationControllerRules.Default,
        PrepareCreate = ReplicationControllerRules.PrepareCreate,
        Validate = ReplicationControllerRules.Validate,
        ValidateStatusUpdate = ReplicationControllerRules.ValidateStatusUpdate,
        Fields = [new("status.replicas", static item => FormattableString.Invariant($"{item.Status.Replicas}"))],
        Warnings = static item => PodWarnings.Of(item.Spec.Template),
    };
}
