using Netes.Api.Core;

namespace Netes.Api.Apps;

public sealed partial record DaemonSet : IResource<DaemonSet>
{
    public static ResourceDefinition<DaemonSet> Resource { get; } = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "DaemonSet",
        Plural = "daemonsets",
        Singular = "daemonset",
        ShortNames = ["ds"],
        Categories = ["all"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = DaemonSetColumns.All,
        Default = DaemonSetRules.Default,
        PrepareCreate = DaemonSetRules.PrepareCreate,
        PrepareUpdate = DaemonSetRules.PrepareUpdate,
        Validate = DaemonSetRules.Validate,
        ValidateUpdate = DaemonSetRules.ValidateUpdate,
        ValidateStatusUpdate = DaemonSetRules.ValidateStatusUpdate,
        Warnings = static item => PodWarnings.Of(item.Spec.Template),
    };
}
