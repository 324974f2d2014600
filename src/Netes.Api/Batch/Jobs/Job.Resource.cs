using Netes.Api.Core;

namespace Netes.Api.Batch;

public sealed partial record Job : IResource<Job>
{
    public static ResourceDefinition<Job> Resource { get; } = new()
    {
        Group = "batch",
        Version = "v1",
        Kind = "Job",
        Plural = "jobs",
        Singular = "job",
        Categories = ["all"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = JobColumns.All,
        Default = JobRules.Default,
        PrepareCreate = JobRules.PrepareCreate,
        Fields = JobRules.Fields,
        Validate = JobValidation.Validate,
        ValidateUpdate = JobValidation.ValidateUpdate,
        ValidateStatusUpdate = JobStatusValidation.Validate,
        Warnings = JobRules.Warnings,
    };
}
