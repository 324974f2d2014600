using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// <c>exec</c>, <c>attach</c> and <c>portforward</c>: the connection is handed through to the node agent.
/// Source: pkg/registry/core/pod/rest/subresources.go.
/// </summary>
internal sealed class PodStreamSubresource(SubresourceContext context, string kubeletPath) : ISubresource
{
    public async Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var info = request.Info;
        if (info.Verb is not ("get" or "create"))
        {
            throw RequestRouter.MethodNotAllowed();
        }

        var pod = await context.Views.GetLatestAsync<Pod>(info.Namespace, info.Name, cancel)
            ?? throw ApiErrors.NotFound("", "pods", info.Name);
        await context.Admission.AdmitAsync(
            context.Admission.Attributes(request, resource, AdmissionOperation.Connect, false) with
            {
                Kind = kubeletPath switch
                {
                    "exec" => "PodExecOptions",
                    "attach" => "PodAttachOptions",
                    _ => "PodPortForwardOptions",
                },
                Object = Options(request),
            },
            cancel);
        var path = Path(request, pod);
        if (pod.Spec.NodeName.Length == 0)
        {
            throw ApiErrors.BadRequest($"pod {info.Name} does not have a host assigned");
        }

        return request.Call.Upgrade.Length == 0
            ? throw ApiErrors.BadRequest("Upgrade request required")
            : await context.Proxy.ForwardAsync(request, context.Kubelets.Locate(pod.Spec.NodeName, path), cancel);
    }

    private object Options(RequestContext request) => kubeletPath switch
    {
        "exec" => new PodExecOptions
        {
            Stdin = Flag(request, "stdin"),
            Stdout = Flag(request, "stdout"),
            Stderr = Flag(request, "stderr"),
            TTY = Flag(request, "tty"),
            Container = request.Query["container"],
            Command = request.Query.Values("command").ToValueList(),
        },
        "attach" => new PodAttachOptions
        {
            Stdin = Flag(request, "stdin"),
            Stdout = Flag(request, "stdout"),
            Stderr = Flag(request, "stderr"),
            TTY = Flag(request, "tty"),
            Container = request.Query["container"],
        },
        _ => new PodPortForwardOptions(),
    };

    // The kubelet's own names: input for stdin and so on. Source: pkg/registry/core/pod/strategy.go, streamParams.
    private string Path(RequestContext request, Pod pod)
    {
        var info = request.Info;
        if (kubeletPath == "portForward")
        {
            var ports = string.Join('&', request.Query.Values("ports")
                .Select(static port => $"port={Uri.EscapeDataString(port)}"));
            return $"/portForward/{info.Namespace}/{info.Name}{(ports.Length == 0 ? "" : "?" + ports)}";
        }

        var container = PodContainers.Choose(pod, request.Query["container"]);
        var query = new List<string>();
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)
            [("stdin", "input"), ("stdout", "output"), ("stderr", "error"), ("tty", "tty")])
        {
            if (Flag(request, from))
            {
                query.Add($"{to}=1");
            }
        }

        query.AddRange(request.Query.Values("command").Select(static word => $"command={Uri.EscapeDataString(word)}"));
        return $"/{kubeletPath}/{info.Namespace}/{info.Name}/{container}?{string.Join('&', query)}";
    }

    private static bool Flag(RequestContext request, string name) => request.Query[name] is "true" or "1" or "True";
}
