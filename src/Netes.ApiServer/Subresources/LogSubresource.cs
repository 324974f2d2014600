using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;
using Netes.ApiServer.Streaming;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// <c>pods/{name}/log</c>: the node agent's answer, as it comes. Source: pkg/registry/core/pod/rest/log.go.
/// </summary>
internal sealed class LogSubresource(SubresourceContext context) : ISubresource
{
    private static readonly string[] Passed =
        ["follow", "previous", "timestamps", "sinceSeconds", "sinceTime", "tailLines", "limitBytes", "stream"];

    public async Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var info = request.Info;
        if (info.Verb != "get")
        {
            throw RequestRouter.MethodNotAllowed();
        }

        Check(request);
        var pod = await context.Views.GetLatestAsync<Pod>(info.Namespace, info.Name, cancel)
            ?? throw ApiErrors.NotFound("", "pods", info.Name);
        var container = PodContainers.Choose(pod, request.Query["container"]);
        if (pod.Spec.NodeName.Length == 0)
        {
            return Answers.Text("");
        }

        var query = string.Join('&', Passed
            .Where(name => request.Query.Contains(name))
            .Select(name => $"{name}={Uri.EscapeDataString(request.Query[name])}"));
        var path = $"/containerLogs/{info.Namespace}/{info.Name}/{container}";
        var target = context.Kubelets.Locate(pod.Spec.NodeName, query.Length == 0 ? path : $"{path}?{query}");
        var result = await context.Proxy.ForwardAsync(request, target, cancel);
        return result.StatusCode is >= 200 and <= 204
            ? result with { Headers = new(), ContentType = "text/plain" }
            : BackendErrors.Answer(result.StatusCode, await ResultText.ReadAsync(result, cancel));
    }

    // Source: pkg/apis/core/validation/validation.go, ValidatePodLogOptions.
    private static void Check(RequestContext request)
    {
        var errors = new List<FieldError>();
        foreach (var name in (string[])["tailLines", "limitBytes", "sinceSeconds"])
        {
            var text = request.Query[name];
            var least = name == "tailLines" ? 0 : 1;
            if (text.Length > 0 && (!long.TryParse(text, out var number) || number < least))
            {
                errors.Add(FieldError.Invalid(FieldPath.Of(name), number, least == 0
                    ? "must be greater than or equal to 0"
                    : "must be greater than 0"));
            }
        }

        if (request.Query["sinceSeconds"].Length > 0 && request.Query["sinceTime"].Length > 0)
        {
            errors.Add(FieldError.Forbidden(FieldPath.Root,
                "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        }

        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid("", "PodLogOptions", request.Info.Name, errors);
        }
    }
}
