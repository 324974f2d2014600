using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Environments;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Volumes;

/// <summary>
/// The files of volumes whose content comes from the API.
/// Source: pkg/volume/{configmap,secret,downwardapi,projected}.
/// </summary>
public sealed class VolumeContent(IClusterObjects objects, ServiceAccountTokens tokens, NodeAgentOptions options)
{
    private const int DefaultMode = 0b110_100_100;
    private const long DefaultTokenSeconds = 3600;

    /// <summary>The volume's files by path, or null when its content does not come from the API.</summary>
    /// <exception cref="ConfigException">Something it refers to is not there.</exception>
    public async Task<IReadOnlyDictionary<string, ProjectedFile>?> OfAsync(
        Volume volume, VolumeContext context, CancellationToken cancel)
    {
        var files = new Dictionary<string, ProjectedFile>(StringComparer.Ordinal);
        var source = volume.VolumeSource;
        if (source.ConfigMap is { } configMap)
        {
            var name = configMap.LocalObjectReference.Name;
            await AddConfigMapAsync(files, context, new(name, configMap.Items, configMap.Optional == true)
            {
                Mode = configMap.DefaultMode ?? DefaultMode,
            }, cancel);
        }
        else if (source.Secret is { } secret)
        {
            await AddSecretAsync(files, context, new(secret.SecretName, secret.Items, secret.Optional == true)
            {
                Mode = secret.DefaultMode ?? DefaultMode,
            }, cancel);
        }
        else if (source.DownwardAPI is { } downward)
        {
            AddDownward(files, context, downward.Items, downward.DefaultMode ?? DefaultMode);
        }
        else if (source.Projected is { } projected)
        {
            foreach (var part in (IEnumerable<VolumeProjection>)projected.Sources)
            {
                await AddProjectionAsync(files, context, part, projected.DefaultMode ?? DefaultMode, cancel);
            }
        }
        else
        {
            return null;
        }

        return files;
    }

    private async Task AddProjectionAsync(
        Dictionary<string, ProjectedFile> files, VolumeContext context, VolumeProjection part, int mode,
        CancellationToken cancel)
    {
        if (part.ConfigMap is { } map)
        {
            var request = new Request(map.LocalObjectReference.Name, map.Items, map.Optional == true) { Mode = mode };
            await AddConfigMapAsync(files, context, request, cancel);
        }
        else if (part.Secret is { } secret)
        {
            var request = new Request(secret.LocalObjectReference.Name, secret.Items, secret.Optional == true)
            {
                Mode = mode,
            };
            await AddSecretAsync(files, context, request, cancel);
        }
        else if (part.DownwardAPI is { } downward)
        {
            AddDownward(files, context, downward.Items, mode);
        }
        else if (part.ServiceAccountToken is { } token)
        {
            var seconds = token.ExpirationSeconds ?? DefaultTokenSeconds;
            var text = await tokens.GetAsync(context.Pod, token.Audience, seconds, cancel);
            files[token.Path] = new(Encoding.UTF8.GetBytes(text), mode);
        }
        else
        {
            // Half a volume would be worse than none.
            throw new ConfigException("no volume plugin matched");
        }
    }

    private async Task AddConfigMapAsync(
        Dictionary<string, ProjectedFile> files, VolumeContext context, Request request, CancellationToken cancel)
    {
        var map = await objects.ConfigMapAsync(context.Pod.Metadata.Namespace, request.Name, cancel);
        if (map is null)
        {
            RequireOptional(request, $"configmap \"{request.Name}\" not found");
            return;
        }

        var all = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Data)
        {
            all[key] = Encoding.UTF8.GetBytes(value);
        }

        foreach (var (key, value) in map.BinaryData)
        {
            all[key] = value.Memory;
        }

        Add(files, request, all, "configmap references non-existent config key");
    }

    private async Task AddSecretAsync(
        Dictionary<string, ProjectedFile> files, VolumeContext context, Request request, CancellationToken cancel)
    {
        var secret = await objects.SecretAsync(context.Pod.Metadata.Namespace, request.Name, cancel);
        if (secret is null)
        {
            RequireOptional(request, $"secret \"{request.Name}\" not found");
            return;
        }

        var all = ((IEnumerable<KeyValuePair<string, ByteString>>)secret.Data)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Memory, StringComparer.Ordinal);
        Add(files, request, all, "references non-existent secret key");
    }

    private static void Add(
        Dictionary<string, ProjectedFile> files, Request request, Dictionary<string, ReadOnlyMemory<byte>> all,
        string missing)
    {
        if (request.Items.IsEmpty)
        {
            foreach (var (key, content) in all)
            {
                files[key] = new(content, request.Mode);
            }

            return;
        }

        foreach (var item in request.Items)
        {
            if (all.TryGetValue(item.Key, out var content))
            {
                files[item.Path] = new(content, item.Mode ?? request.Mode);
            }
            else
            {
                RequireOptional(request, $"{missing}: {item.Key}");
            }
        }
    }

    private void AddDownward(
        Dictionary<string, ProjectedFile> files, VolumeContext context, ValueList<DownwardAPIVolumeFile> items,
            int mode)
    {
        foreach (var item in items)
        {
            string? text = null;
            if (item.FieldRef is { } field)
            {
                text = FieldPaths.ValueOf(
                    context.Pod, field.FieldPath, context.PodAddresses,
                    [.. options.NodeAddresses.Select(address => address.ToString())]);
            }
            else if (item.ResourceFieldRef is { } resource
                && PodContainers.Find(context.Pod.Spec, resource.ContainerName) is { } container)
            {
                text = ResourceFields.ValueOf(container.Spec, resource.Resource, resource.Divisor, context.Allocatable);
            }

            files[item.Path] = new(
                Encoding.UTF8.GetBytes(
                    text ?? throw new ConfigException($"unsupported downward API item: {item.Path}")),
                item.Mode ?? mode);
        }
    }

    private static void RequireOptional(Request request, string message)
    {
        if (!request.Optional)
        {
            throw new ConfigException(message);
        }
    }

    private sealed record Request(string Name, ValueList<KeyToPath> Items, bool Optional)
    {
        public int Mode { get; init; }
    }
}

/// <summary>Whose volumes are set up.</summary>
public sealed record VolumeContext
{
    public required Pod Pod { get; init; }

    public IReadOnlyList<string> PodAddresses { get; init; } = [];

    /// <summary>What the node offers: stands for limits that are not set.</summary>
    public ValueMap<Quantity> Allocatable { get; init; }
}
