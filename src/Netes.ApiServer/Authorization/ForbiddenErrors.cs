using Netes.Api;

namespace Netes.ApiServer.Authorization;

/// <summary>
/// The answer to one who may not. Source: apiserver pkg/endpoints/handlers/responsewriters/errors.go.
/// </summary>
public static class ForbiddenErrors
{
    /// <summary>
    /// The 403 for <paramref name="attributes"/>; <paramref name="reason"/> is the authorizer's, or empty.
    /// </summary>
    public static ApiException Create(AuthorizationAttributes attributes, string reason)
    {
        var tail = reason.Length == 0 ? "" : $": {reason}";
        if (!attributes.IsResourceRequest)
        {
            return ApiErrors.Forbidden("", "", "",
                $"User {FieldError.Quote(attributes.User.Name)} cannot {attributes.Verb} path "
                + $"{FieldError.Quote(attributes.Path)}{tail}");
        }

        return ApiErrors.Forbidden(attributes.Group, attributes.Resource, attributes.Name, Describe(attributes) + tail);
    }

    private static string Describe(AuthorizationAttributes attributes)
    {
        var what = $"User {FieldError.Quote(attributes.User.Name)} cannot {attributes.Verb} resource "
            + $"{FieldError.Quote(attributes.CombinedResource)} in API group {FieldError.Quote(attributes.Group)}";
        return attributes.Namespace.Length > 0
            ? $"{what} in the namespace {FieldError.Quote(attributes.Namespace)}"
            : $"{what} at the cluster scope";
    }
}
