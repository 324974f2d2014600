using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// That an object is the one that the URL names. Source: apiserver pkg/endpoints/handlers/rest.go, checkName.
/// </summary>
internal static class ObjectNames
{
    public static void Check(RequestInfo info, IKubernetesObject value)
    {
        var (name, namespaceName) = (value.Metadata.Name, value.Metadata.Namespace);
        if (name.Length == 0)
        {
            throw ApiErrors.BadRequest(
                $"the name of the object ({info.Name} based on URL) was undeterminable: name must be provided");
        }

        if (name != info.Name)
        {
            throw ApiErrors.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({info.Name})");
        }

        if (info.Namespace.Length > 0 && namespaceName.Length > 0 && namespaceName != info.Namespace
            && info.Resource != "namespaces")
        {
            throw ApiErrors.BadRequest(
                $"the namespace of the object ({namespaceName}) does not match the namespace on the request "
                + $"({info.Namespace})");
        }
    }
}
