using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Binds by the pod's binding subresource. Source: plugins/defaultbinder/default_binder.go.</summary>
internal sealed class DefaultBinder(KubernetesClient client) : IBindPlugin
{
    public string Name => "DefaultBinder";

    public async Task<PluginStatus?> BindAsync(
        CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        var metadata = pod.Pod.Metadata;
        try
        {
            await client.BindAsync(
                new Binding
                {
                    Metadata = new() { Namespace = metadata.Namespace, Name = metadata.Name, Uid = metadata.Uid },
                    Target = new() { Kind = "Node", Name = node },
                },
                cancel);
            return null;
        }
        catch (ApiException failure) when (!failure.IsNotFound)
        {
            return PluginStatus.Failed(failure.Message);
        }
    }
}
