namespace Netes.Api.Core;

public sealed partial record Secret : IResource<Secret>
{
    public static ResourceDefinition<Secret> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Secret",
        Plural = "secrets",
        Singular = "secret",
        Namespaced = true,
        Default = SecretRules.Default,
        Validate = SecretRules.Validate,
        ValidateUpdate = SecretRules.ValidateUpdate,
        Fields = [new("type", static secret => secret.Type)],
        Columns = SecretColumns.All,
    };
}
