using System.Text;
using System.Text.Json;
using Netes.Api;

namespace Netes.Client;

/// <summary>
/// A kubeconfig file: clusters, users and the contexts that pair them. Immutable.
/// Source: client-go tools/clientcmd/api/v1/types.go.
/// </summary>
public sealed record Kubeconfig
{
    public string CurrentContext { get; init; } = "";

    public IReadOnlyDictionary<string, KubeconfigCluster> Clusters { get; init; } =
        new Dictionary<string, KubeconfigCluster>();

    public IReadOnlyDictionary<string, KubeconfigUser> Users { get; init; } = new Dictionary<string, KubeconfigUser>();

    public IReadOnlyDictionary<string, KubeconfigContext> Contexts { get; init; } =
        new Dictionary<string, KubeconfigContext>();

    /// <summary>Reads a file; relative paths in it are relative to its folder.</summary>
    /// <exception cref="InvalidDataException">It is no kubeconfig.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<Kubeconfig> ReadAsync(string path, CancellationToken cancel = default)
    {
        var text = await File.ReadAllBytesAsync(path, cancel);
        return Parse(text, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }

    /// <param name="yaml">The text: YAML, or JSON.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <exception cref="InvalidDataException">It is no kubeconfig.</exception>
    public static Kubeconfig Parse(ReadOnlySpan<byte> yaml, string folder)
    {
        if (!YamlToJson.TryConvert(yaml, out var json, out var error))
        {
            throw new InvalidDataException($"unreadable kubeconfig: {error}");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new Kubeconfig
            {
                CurrentContext = Text(root, "current-context"),
                Clusters = Named(root, "clusters", "cluster", cluster => ToCluster(cluster, folder)),
                Users = Named(root, "users", "user", user => ToUser(user, folder)),
                Contexts = Named(root, "contexts", "context", context => new KubeconfigContext(
                    Text(context, "cluster"), Text(context, "user"), Text(context, "namespace"))),
            };
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"unreadable kubeconfig: {failure.Message}", failure);
        }
    }

    /// <summary>Where the context leads, and as whom.</summary>
    /// <param name="context">Empty: the current one.</param>
    /// <exception cref="InvalidDataException">There is no such context, cluster or user, or its data is
    /// unreadable.</exception>
    public HttpTransportOptions ToTransport(string context = "")
    {
        var name = context.Length == 0 ? CurrentContext : context;
        if (!Contexts.TryGetValue(name, out var pair))
        {
            throw new InvalidDataException($"context \"{name}\" does not exist");
        }

        if (!Clusters.TryGetValue(pair.Cluster, out var cluster)
            || !Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server))
        {
            throw new InvalidDataException($"cluster \"{pair.Cluster}\" does not exist or has no server");
        }

        return Users.GetValueOrDefault(pair.User, KubeconfigUser.Nobody).AddTo(cluster.ToTransport(server));
    }

    private static KubeconfigCluster ToCluster(JsonElement json, string folder) => new()
    {
        Server = Text(json, "server"),
        TlsServerName = Text(json, "tls-server-name"),
        InsecureSkipTlsVerify = json.TryGetProperty("insecure-skip-tls-verify", out var skip)
            && skip.ValueKind == JsonValueKind.True,
        CertificateAuthorityPem = Pem(json, "certificate-authority", folder),
    };

    private static KubeconfigUser ToUser(JsonElement json, string folder) => new()
    {
        ClientCertificatePem = Pem(json, "client-certificate", folder),
        ClientKeyPem = Pem(json, "client-key", folder),
        Token = Text(json, "token"),
        TokenFile = Text(json, "tokenFile") is { Length: > 0 } file ? Path.Combine(folder, file) : "",
    };

    /// <summary>The PEM text that stands there as base64, or in the file that is named.</summary>
    private static string Pem(JsonElement json, string name, string folder)
    {
        var data = Text(json, name + "-data");
        if (data.Length > 0)
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }

        var file = Text(json, name);
        return file.Length == 0 ? "" : File.ReadAllText(Path.Combine(folder, file));
    }

    private static Dictionary<string, TValue> Named<TValue>(
        JsonElement root, string list, string item, Func<JsonElement, TValue> read)
    {
        var named = new Dictionary<string, TValue>(StringComparer.Ordinal);
        if (root.TryGetProperty(list, out var entries) && entries.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in entries.EnumerateArray())
            {
                if (entry.TryGetProperty(item, out var value) && value.ValueKind == JsonValueKind.Object)
                {
                    // Of equal names the first counts, as in kubectl.
                    named.TryAdd(Text(entry, "name"), read(value));
                }
            }
        }

        return named;
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
