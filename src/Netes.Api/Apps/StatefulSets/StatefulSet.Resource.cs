using Netes.Api.Core;

namespace Netes.Api.Apps;

public sealed partial record StatefulSet : IResource<StatefulSet>
{
    public static ResourceDefinition<StatefulSet> Resource { get; } = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "StatefulSet",
        Plural = "statefulsets",
        Singular = "statefulset",
        ShortNames = ["sts"],
        Categories = ["all"],
        Namespaced = true,
        Subresources = ["scale"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = StatefulSetColumns.All,
        Default = StatefulSetRules.Default,
        PrepareCreate = StatefulSetRules.PrepareCreate,
        Validate = StatefulSetRules.Validate,
        ValidateUpdate = StatefulSetRules.ValidateUpdate,
        ValidateStatusUpdate = StatefulSetRules.ValidateStatusUpdate,
        Warnings = static item => PodWarnings.Of(item.Spec.Template),
    };
}
