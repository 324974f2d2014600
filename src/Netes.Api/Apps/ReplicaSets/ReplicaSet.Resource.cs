using Netes.Api.Core;
using System.Globalization;

namespace Netes.Api.Apps;

public sealed partial record ReplicaSet : IResource<ReplicaSet>
{
    public static ResourceDefinition<ReplicaSet> Resource { get; } = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "ReplicaSet",
        Plural = "replicasets",
        Singular = "replicaset",
        ShortNames = ["rs"],
        Categories = ["all"],
        Namespaced = true,
        Subresources = ["scale"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Default = ReplicaSetRules.Default,
        PrepareCreate = ReplicaSetRules.PrepareCreate,
        Validate = ReplicaSetRules.Validate,
        ValidateUpdate = ReplicaSetRules.ValidateUpdate,
        ValidateStatusUpdate = ReplicaSetRules.ValidateStatusUpdate,
        Fields = [new("status.replicas", static set => set.Status.Replicas.ToString(CultureInfo.InvariantCulture))],
        Columns = ReplicaSetColumns.All,
        Warnings = static item => PodWarnings.Of(item.Spec.Template),
    };
}
