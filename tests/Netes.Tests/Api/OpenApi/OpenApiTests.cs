using System.Text.Json;
using Netes.Api;

namespace Netes.Tests.Api.OpenApi;

/// <summary>Goal: the documents hold together, and clients find in them what they look for.</summary>
public sealed class OpenApiTests
{
    public static TheoryData<string> Versions { get; } =
        [.. Resources.All.Select(resource => resource.ApiVersion).Distinct()];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Document_of_a_version_has_no_dangling_reference_and_every_kind(string apiVersion)
    {
        var resources = Resources.All.Where(resource => resource.ApiVersion == apiVersion)
            .Select(OpenApiResource.Of).ToList();
        using var document = JsonDocument.Parse(OpenApiDocuments.BuildV3(resources, "v1.36.0"));
        var root = document.RootElement;
        var schemas = root.GetProperty("components").GetProperty("schemas");
        CheckReferences(root, schemas, "#/components/schemas/");
        CheckOperationIds(root);
        foreach (var resource in resources)
        {
            Assert.Contains(
                schemas.EnumerateObject(), schema =>
                HasKind(schema.Value, resource) && schema.Name == resource.SchemaName);
        }
    }

    [Fact]
    public void Document_of_the_whole_API_has_no_dangling_reference()
    {
        using var document = JsonDocument.Parse(
            OpenApiDocuments.BuildV2(Resources.All.Select(OpenApiResource.Of), "v1.36.0"));
        CheckReferences(document.RootElement, document.RootElement.GetProperty("definitions"), "#/definitions/");
        CheckOperationIds(document.RootElement);
    }

    [Fact]
    public void Patch_of_a_pod_takes_the_parameters_that_kubectl_asks_for()
    {
        using var document = JsonDocument.Parse(
            OpenApiDocuments.BuildV3([OpenApiResource.Of(Netes.Api.Core.Pod.Resource)], "v1.36.0"));
        var paths = document.RootElement.GetProperty("paths");
        var patch = paths.GetProperty("/api/v1/namespaces/{namespace}/pods/{name}").GetProperty("patch");
        Assert.Equal(
            ["dryRun", "fieldManager", "fieldValidation", "force"],
            patch.GetProperty("parameters").EnumerateArray()
            .Select(parameter => parameter.GetProperty("name").GetString()));
        Assert.Equal("patchCoreV1NamespacedPod", patch.GetProperty("operationId").GetString());
        Assert.Equal("Pod", patch.GetProperty("x-kubernetes-group-version-kind").GetProperty("kind").GetString());
        var containers = document.RootElement.GetProperty("components").GetProperty("schemas")
            .GetProperty("io.k8s.api.core.v1.PodSpec").GetProperty("properties").GetProperty("containers");
        Assert.Equal("merge", containers.GetProperty("x-kubernetes-patch-strategy").GetString());
        Assert.Equal("name", containers.GetProperty("x-kubernetes-list-map-keys")[0].GetString());
    }

    [Fact]
    public void Custom_kind_keeps_its_own_schema()
    {
        var resource = new OpenApiResource
        {
            Group = "example.com",
            Version = "v1",
            Kind = "Widget",
            Plural = "widgets",
            Namespaced = true,
            Verbs = ResourceDefinition.StandardVerbs,
            Subresources = ["status", "scale"],
            SchemaName = "com.example.v1.Widget",
            CustomSchema = RawJson.Parse("""{"type":"object","properties":{"spec":{"type":"object"}}}"""),
        };
        using var document = JsonDocument.Parse(OpenApiDocuments.BuildV3([resource], "v1.36.0"));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        CheckReferences(document.RootElement, schemas, "#/components/schemas/");
        Assert.True(HasKind(schemas.GetProperty("com.example.v1.Widget"), resource));
    }

    private static bool HasKind(JsonElement schema, OpenApiResource resource) =>
        schema.TryGetProperty("x-kubernetes-group-version-kind", out var kinds)
        && kinds.EnumerateArray().Any(kind => kind.GetProperty("kind").GetString() == resource.Kind
            && kind.GetProperty("group").GetString() == resource.Group
            && kind.GetProperty("version").GetString() == resource.Version);

    private static void CheckReferences(JsonElement element, JsonElement schemas, string prefix)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String)
                    {
                        var target = member.Value.GetString()!;
                        Assert.StartsWith(prefix, target, StringComparison.Ordinal);
                        Assert.True(schemas.TryGetProperty(target[prefix.Length..], out _), target);
                    }

                    CheckReferences(member.Value, schemas, prefix);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    CheckReferences(item, schemas, prefix);
                }

                break;
        }
    }

    private static void CheckOperationIds(JsonElement root)
    {
        var ids = root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Where(operation => operation.Value.ValueKind == JsonValueKind.Object)
            .Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }
}
