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
    };
}
