using Netes.Api.Core;

namespace Netes.Api.Batch;

public sealed partial record CronJob : IResource<CronJob>
{
    public static ResourceDefinition<CronJob> Resource { get; } = new()
    {
        Group = "batch",
        Version = "v1",
        Kind = "CronJob",
        Plural = "cronjobs",
        Singular = "cronjob",
        ShortNames = ["cj"],
        Categories = ["all"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = CronJobColumns.All,
        Default = CronJobRules.Default,
        PrepareCreate = CronJobRules.PrepareCreate,
        Validate = CronJobRules.Validate,
        ValidateUpdate = CronJobRules.ValidateUpdate,
        Warnings = static item => PodWarnings.Of(item.Spec.JobTemplate.Spec.Template, "spec.jobTemplate.spec.template"),
    };
}
