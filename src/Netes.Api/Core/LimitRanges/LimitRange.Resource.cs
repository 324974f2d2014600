namespace Netes.Api.Core;

public sealed partial record LimitRange : IResource<LimitRange>
{
    public static ResourceDefinition<LimitRange> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "LimitRange",
        Plural = "limitranges",
        Singular = "limitrange",
        ShortNames = ["limits"],
        Namespaced = true,
        Default = LimitRangeRules.Default,
        Validate = LimitRangeRules.Validate,
    };
}
