using Netes.Api.Core;

namespace Netes.Api.Apps;

public sealed partial record Deployment : IResource<Deployment>
{
    public static ResourceDefinition<Deployment> Resource { get; } = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "Deployment",
        Plural = "deployments",
        Singular = "deployment",
        ShortNames = ["deploy"],
        Categories = ["all"],
        Namespaced = true,
        Subresources = ["scale"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) =>
            next.Spec == old.Spec && next.Metadata.Annotations == old.Metadata.Annotations,
        Default = DeploymentRules.Default,
        PrepareCreate = DeploymentRules.PrepareCreate,
        Validate = DeploymentRules.Validate,
        ValidateUpdate = DeploymentRules.ValidateUpdate,
        ValidateStatusUpdate = DeploymentRules.ValidateStatusUpdate,
        Columns = DeploymentColumns.All,
        Warnings = static item => PodWarnings.Of(item.Spec.Template),
    };
}
