using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Environments;

/// <summary>A container cannot be configured as its definition asks; the message is for the pod's status.</summary>
public sealed class ConfigException(string message) : Exception(message);

/// <summary>All that a container's environment rests on.</summary>
public sealed record EnvironmentInput
{
    public required Pod Pod { get; init; }

    public required Container Container { get; init; }

    public IReadOnlyList<string> PodAddresses { get; init; } = [];

    public IReadOnlyList<string> HostAddresses { get; init; } = [];

    public ValueMap<Quantity> Allocatable { get; init; }
}

/// <summary>
/// Resolves a container's environment. Source: pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables).
/// </summary>
public sealed class ContainerEnvironment(IClusterObjects objects)
{
    /// <summary>The variables, the later of two of one name winning.</summary>
    /// <exception cref="ConfigException">Something it refers to is not there.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ResolveAsync(
        EnvironmentInput input, CancellationToken cancel)
    {
        var services = ServicesFor(input.Pod);
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in (IEnumerable<EnvFromSource>)input.Container.EnvFrom)
        {
            foreach (var (key, value) in await LoadAsync(source, input.Pod.Metadata.Namespace, cancel))
            {
                result[source.Prefix + key] = value;
            }
        }

        foreach (var variable in (IEnumerable<EnvVar>)input.Container.Env)
        {
            var value = variable.ValueFrom is { } from
                ? await ResolveAsync(from, input, cancel)
                : Expansion.Expand(variable.Value, name =>
                    result.GetValueOrDefault(name) ?? services.GetValueOrDefault(name));
            if (value is not null)
            {
                result[variable.Name] = value;
            }
        }

        foreach (var (name, value) in services)
        {
            result.TryAdd(name, value);
        }

        return result;
    }

    private Dictionary<string, string> ServicesFor(Pod pod)
    {
        // The API server's own service is told to every pod, the namespace's only where links are wanted.
        var services = objects.Services("default").Where(service => service.Metadata.Name == "kubernetes");
        if (pod.Spec.EnableServiceLinks != false)
        {
            services = services.Concat(objects.Services(pod.Metadata.Namespace));
        }

        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in ServiceVariables.Of(services))
        {
            result[name] = value;
        }

        return result;
    }

    private async Task<IEnumerable<KeyValuePair<string, string>>> LoadAsync(
        EnvFromSource source, string podNamespace, CancellationToken cancel)
    {
        if (source.ConfigMapRef is { } configMapRef)
        {
            var name = configMapRef.LocalObjectReference.Name;
            var map = await objects.ConfigMapAsync(podNamespace, name, cancel);
            return map?.Data ?? (configMapRef.Optional == true
                ? [] : throw new ConfigException($"configmap \"{name}\" not found"));
        }

        if (source.SecretRef is { } secretRef)
        {
            var name = secretRef.LocalObjectReference.Name;
            var secret = await objects.SecretAsync(podNamespace, name, cancel);
            if (secret is null && secretRef.Optional != true)
            {
                throw new ConfigException($"secret \"{name}\" not found");
            }

            return secret is null ? [] : ((IEnumerable<KeyValuePair<string, ByteString>>)secret.Data)
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToUtf8()));
        }

        return [];
    }

    private async Task<string?> ResolveAsync(EnvVarSource from, EnvironmentInput input, CancellationToken cancel)
    {
        var podNamespace = input.Pod.Metadata.Namespace;
        if (from.FieldRef is { } field)
        {
            return FieldPaths.ValueOf(input.Pod, field.FieldPath, input.PodAddresses, input.HostAddresses)
                ?? throw new ConfigException($"unsupported fieldPath: {field.FieldPath}");
        }

        if (from.ResourceFieldRef is { } resource)
        {
            var container = resource.ContainerName.Length == 0
                ? input.Container : PodContainers.Find(input.Pod.Spec, resource.ContainerName)?.Spec;
            return (container is null
                    ? null : ResourceFields.ValueOf(container, resource.Resource, resource.Divisor, input.Allocatable))
                ?? throw new ConfigException($"unsupported container resource : {resource.Resource}");
        }

        if (from.ConfigMapKeyRef is { } configMapKey)
        {
            var name = configMapKey.LocalObjectReference.Name;
            var map = await objects.ConfigMapAsync(podNamespace, name, cancel);
            if (map is not null && map.Data.TryGetValue(configMapKey.Key, out var value))
            {
                return value;
            }

            return configMapKey.Optional == true ? null : throw new ConfigException(map is null
                ? $"configmap \"{name}\" not found"
                : $"couldn't find key {configMapKey.Key} in ConfigMap {podNamespace}/{name}");
        }

        return from.SecretKeyRef is { } secretKey ? await ResolveAsync(secretKey, podNamespace, cancel) : "";
    }

    private async Task<string?> ResolveAsync(SecretKeySelector key, string podNamespace, CancellationToken cancel)
    {
        var name = key.LocalObjectReference.Name;
        var secret = await objects.SecretAsync(podNamespace, name, cancel);
        if (secret is not null && secret.Data.TryGetValue(key.Key, out var value))
        {
            return value.ToUtf8();
        }

        return key.Optional == true ? null : throw new ConfigException(secret is null
            ? $"secret \"{name}\" not found"
            : $"couldn't find key {key.Key} in Secret {podNamespace}/{name}");
    }
}
