namespace Netes.Api.Policy;

public sealed partial record PodDisruptionBudget : IResource<PodDisruptionBudget>
{
    public static ResourceDefinition<PodDisruptionBudget> Resource { get; } = new()
    {
        Group = "policy",
        Version = "v1",
        Kind = "PodDisruptionBudget",
        Plural = "poddisruptionbudgets",
        Singular = "poddisruptionbudget",
        ShortNames = ["pdb"],
        Namespaced = true,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = PodDisruptionBudgetColumns.All,
        Validate = PodDisruptionBudgetRules.Validate,
        ValidateStatusUpdate = PodDisruptionBudgetRules.ValidateStatusUpdate,
    };
}
