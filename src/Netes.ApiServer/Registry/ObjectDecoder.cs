using Netes.Api;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Bodies to objects of the kind that an endpoint serves, defaulted. Source: apiserver
/// pkg/endpoints/handlers/create.go.
/// </summary>
internal static class ObjectDecoder
{
    private const string Scheme = "in scheme \"pkg/api/legacyscheme/scheme.go:30\"";

    public static async ValueTask<IKubernetesObject> ReadAsync(
        RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var body = await BodyReader.ReadAsync(context, cancel);
        return Decode(context, resource.Strategy, body);
    }

    /// <summary>The object, defaulted. Failures are 400 in Kubernetes' words.</summary>
    public static IKubernetesObject Decode(RequestContext context, ResourceStrategy strategy, RequestBody body)
    {
        var definition = strategy.Definition;
        var header = body.IsProtobuf ? BodyHeader.ReadProto(body.Bytes.Span) : BodyHeader.Read(body.Bytes.Span);
        CheckHeader(header, definition, body.Bytes.Span);
        var decoded = body.IsProtobuf ? strategy.DecodeProto(body.Bytes) : strategy.DecodeJson(body.Bytes);
        if (decoded.Value is not { } value)
        {
            throw BodyReader.CannotDecode(header, definition.Kind, decoded.Error!, body.Bytes.Span);
        }

        FieldValidation.Enforce(context, decoded.StrictErrors, why =>
            BodyReader.CannotDecode(header, definition.Kind, why, body.Bytes.Span));
        return strategy.Default(value);
    }

    /// <summary>Refuses a body that says it is something else.</summary>
    public static void CheckHeader(BodyHeader header, ResourceDefinition definition, ReadOnlySpan<byte> body)
    {
        var apiVersion = header.ApiVersion.Length == 0 ? definition.ApiVersion : header.ApiVersion;
        var kind = header.Kind.Length == 0 ? definition.Kind : header.Kind;
        if (apiVersion == definition.ApiVersion && kind == definition.Kind)
        {
            return;
        }

        if (!Resources.Known.Any(known => known.ApiVersion == apiVersion && known.Kind == kind))
        {
            throw BodyReader.CannotDecode(
                header, definition.Kind,
                $"no kind {FieldError.Quote(kind)} is registered for version {FieldError.Quote(apiVersion)} {Scheme}",
                body);
        }

        if (apiVersion != definition.ApiVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API "
                + $"version ({definition.ApiVersion})");
        }

        throw BodyReader.CannotDecode(header, definition.Kind, $"converting ({PackageOf(definition)}.{kind}) to "
            + $"({InternalOf(definition)}.{definition.Kind}): unknown conversion", body);
    }

    private static string PackageOf(ResourceDefinition definition) => definition.Version;

    private static string InternalOf(ResourceDefinition definition) =>
        definition.Group.Length == 0 ? "core" : definition.Group.Split('.')[0];
}
