using System.Buffers;
using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// OpenAPI documents as kubectl, client generators and validators read them.
/// Source: apiserver pkg/server/routes/openapi.go, kube-openapi pkg/builder and pkg/builder3.
/// Threading: may be called at any time; each call builds anew, so keep the result.
/// </summary>
public static class OpenApiDocuments
{
    /// <summary>The document of one group and version: <c>/openapi/v3/apis/apps/v1</c>.</summary>
    /// <param name="resources">The resources of the group and version.</param>
    /// <param name="serverVersion">E.g. <c>v1.36.0</c>.</param>
    public static byte[] BuildV3(IEnumerable<OpenApiResource> resources, string serverVersion) =>
        Build(resources, serverVersion, isV3: true);

    /// <summary>The document of the whole API: <c>/openapi/v2</c>.</summary>
    public static byte[] BuildV2(IEnumerable<OpenApiResource> resources, string serverVersion) =>
        Build(resources, serverVersion, isV3: false);

    private static byte[] Build(IEnumerable<OpenApiResource> resources, string serverVersion, bool isV3)
    {
        var all = resources.OrderBy(resource => resource.Root, StringComparer.Ordinal)
            .ThenBy(resource => resource.Plural, StringComparer.Ordinal).ToList();
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var writer = new Utf8JsonWriter(buffer, JsonCodec.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString(isV3 ? "openapi"u8 : "swagger"u8, isV3 ? "3.0.0"u8 : "2.0"u8);
        writer.WriteStartObject("info"u8);
        writer.WriteString("title"u8, "Kubernetes"u8);
        writer.WriteString("version"u8, serverVersion);
        writer.WriteEndObject();
        writer.WriteStartObject("paths"u8);
        var paths = new OpenApiPaths(writer, isV3);
        foreach (var resource in all.DistinctBy(resource => (resource.Root, resource.Plural)))
        {
            paths.Write(resource);
        }

        writer.WriteEndObject();
        if (isV3)
        {
            writer.WriteStartObject("components"u8);
        }

        writer.WriteStartObject(isV3 ? "schemas"u8 : "definitions"u8);
        new OpenApiDefinitions(writer, isV3).Write(all);
        writer.WriteEndObject();
        WriteSecurity(writer, isV3);
        if (isV3)
        {
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSecurity(Utf8JsonWriter writer, bool isV3)
    {
        writer.WriteStartObject(isV3 ? "securitySchemes"u8 : "securityDefinitions"u8);
        writer.WriteStartObject("BearerToken"u8);
        writer.WriteString("type"u8, "apiKey"u8);
        writer.WriteString("description"u8, "A bearer token in the Authorization header."u8);
        writer.WriteString("name"u8, "authorization"u8);
        writer.WriteString("in"u8, "header"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
