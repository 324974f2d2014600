namespace Netes.Api.Core;

public sealed partial record PodTemplate : IResource<PodTemplate>
{
    public static ResourceDefinition<PodTemplate> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "PodTemplate",
        Plural = "podtemplates",
        Singular = "podtemplate",
        Namespaced = true,
        Columns = PodTemplateColumns.All,
        Default = PodTemplateRules.Default,
        Validate = PodTemplateRules.Validate,
        Warnings = static item => PodWarnings.Of(item.Template, "template"),
    };
}
