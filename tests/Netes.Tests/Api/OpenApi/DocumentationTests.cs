using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Tests.Api.OpenApi;

/// <summary>Goal: what users meet most is explained, in whole sentences.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Types { get; } =
        ["Pod", "PodSpec", "Container", "Deployment", "DeploymentSpec", "Service", "ServiceSpec", "Node", "ObjectMeta"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_field_is_explained(string name)
    {
        var type = Find(name);
        Assert.EndsWith(".", type.Documentation, StringComparison.Ordinal);
        Assert.All(type.Fields, field => Assert.True(field.Documentation.EndsWith('.'), field.Name));
    }

    private static TypeSchema Find(string name) => new[]
    {
        Pod.WireSchema, PodSpec.WireSchema, Container.WireSchema, Deployment.WireSchema, DeploymentSpec.WireSchema,
        Service.WireSchema, ServiceSpec.WireSchema, Netes.Api.Core.Node.WireSchema, ObjectMeta.WireSchema,
    }.Single(type => type.StructName == name);
}
