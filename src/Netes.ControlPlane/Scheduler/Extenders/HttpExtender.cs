using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>An extender did not answer, or nothing that makes sense. The message is Kubernetes'.</summary>
internal sealed class ExtenderException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What a filter of an extender came to.</summary>
/// <param name="Feasible">The nodes that are left.</param>
/// <param name="Failed">Why others are not, by name.</param>
/// <param name="Unresolvable">The same for nodes that no preemption helps; it takes precedence.</param>
internal sealed record ExtenderFiltered(
    List<NodeInfo> Feasible, IReadOnlyDictionary<string, string> Failed,
    IReadOnlyDictionary<string, string> Unresolvable);

/// <summary>
/// One extender. The scheduling loop waits for it, as Kubernetes' does: what is decided depends on the answer. All
/// calls throw <see cref="ExtenderException"/>. Source: pkg/scheduler/extender.go.
/// </summary>
internal sealed class HttpExtender : IDisposable
{
    private const long MaxAnswerBytes = 64 << 20;

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly ExtenderOptions _options;
    private readonly HttpClient _client;
    private readonly HashSet<string> _managed;

    /// <exception cref="InvalidOperationException">Its certificates cannot be read.</exception>
    public HttpExtender(ExtenderOptions options)
    {
        _options = options;
        _managed = options.ManagedResources.Select(static resource => resource.Name).ToHashSet(StringComparer.Ordinal);
        var handler = new SocketsHttpHandler
        {
            // As in Go, what is on this machine is reached without a proxy.
            UseProxy = !(Uri.TryCreate(options.UrlPrefix, UriKind.Absolute, out var address) && address.IsLoopback),
            SslOptions = HttpTransport.CreateSslOptions(Transport(options)),
        };
        _client = new(handler) { Timeout = options.HttpTimeout, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    public string Name => _options.UrlPrefix;

    public bool IsIgnorable => _options.IsIgnorable;

    public bool Filters => _options.FilterVerb.Length > 0;

    public bool Prioritizes => _options.PrioritizeVerb.Length > 0;

    public bool Preempts => _options.PreemptVerb.Length > 0;

    public bool Binds => _options.BindVerb.Length > 0;

    /// <summary>The pod asks for something that is the extender's, or everything is.</summary>
    public bool IsInterested(Pod pod) => _managed.Count == 0
        || pod.Spec.Containers.Concat(pod.Spec.InitContainers).Any(container =>
            container.Resources.Requests.Any(request => _managed.Contains(request.Key))
            || container.Resources.Limits.Any(limit => _managed.Contains(limit.Key)));

    public ExtenderFiltered Filter(Pod pod, IReadOnlyList<NodeInfo> nodes) => Send(
        _options.FilterVerb, ExtenderMessages.Nodes(pod, nodes, _options.NodeCacheCapable),
        root => Filtered(root, nodes));

    /// <summary>Each node's score in the scheduler's measure, 0 to 100 times the weight.</summary>
    public Dictionary<string, long> Prioritize(Pod pod, IReadOnlyList<NodeInfo> nodes) => Send(
        _options.PrioritizeVerb, ExtenderMessages.Nodes(pod, nodes, _options.NodeCacheCapable), Scores);

    /// <summary>The nodes that may make room, and which pods go there, by name.</summary>
    public Dictionary<string, Victims> Preempt(Pod pod, IEnumerable<Victims> candidates, Snapshot snapshot) => Send(
        _options.PreemptVerb, ExtenderMessages.Preemption(pod, candidates, _options.NodeCacheCapable),
        root => Candidates(root, snapshot));

    /// <summary>The extender has bound the pod.</summary>
    public async Task BindAsync(Pod pod, string node, CancellationToken cancel)
    {
        using var message = Message(_options.BindVerb, ExtenderMessages.Binding(pod, node));
        string error;
        try
        {
            using var response = await _client.SendAsync(message, cancel);
            Check(response, _options.BindVerb, message);
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            error = ExtenderMessages.Text(json.RootElement, "Error");
        }
        catch (Exception failure) when (Explained(failure, message) is { } explained)
        {
            throw new ExtenderException(explained, failure);
        }

        if (error.Length > 0)
        {
            throw new ExtenderException(error);
        }
    }

    public void Dispose() => _client.Dispose();

    private ExtenderFiltered Filtered(JsonElement root, IReadOnlyList<NodeInfo> nodes)
    {
        if (ExtenderMessages.Text(root, "Error") is { Length: > 0 } error)
        {
            throw new ExtenderException(error);
        }

        var byName = nodes.ToDictionary(static node => node.Name, StringComparer.Ordinal);
        var names = _options.NodeCacheCapable && ExtenderMessages.Field(root, "NodeNames") is { } list
            ? list.EnumerateArray().Select(static name => name.GetString() ?? "")
            : ExtenderMessages.Field(root, "Nodes") is { } nodeList
                && ExtenderMessages.Field(nodeList, "items") is { } items
                ? items.EnumerateArray().Select(static item =>
                    ExtenderMessages.Field(item, "metadata") is { } metadata
                        ? ExtenderMessages.Text(metadata, "name")
                        : "")
                : [];
        var feasible = names.Select(name => byName.GetValueOrDefault(name) ?? throw new ExtenderException(
            $"extender {FieldError.Quote(Name)} claims a filtered node {FieldError.Quote(name)} which is not found in "
            + "the input node list")).ToList();
        return new(feasible, Reasons(root, "FailedNodes"), Reasons(root, "FailedAndUnresolvableNodes"));
    }

    private Dictionary<string, long> Scores(JsonElement root)
    {
        var scores = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in root.EnumerateArray())
        {
            var host = ExtenderMessages.Text(item, "Host");
            var score = ExtenderMessages.Field(item, "Score")?.GetInt64() ?? 0;

            // An extender's best is 10, the scheduler's 100.
            scores[host] = scores.GetValueOrDefault(host) + (score * _options.Weight * 10);
        }

        return scores;
    }

    private Dictionary<string, Victims> Candidates(JsonElement root, Snapshot snapshot)
    {
        var result = new Dictionary<string, Victims>(StringComparer.Ordinal);
        if (ExtenderMessages.Field(root, "NodeNameToMetaVictims") is not { } byNode)
        {
            return result;
        }

        foreach (var (name, victims) in byNode.EnumerateObject().Select(static item => (item.Name, item.Value)))
        {
            var node = snapshot.Get(name) ?? throw new ExtenderException(
                $"nodeinfo not found for node name {FieldError.Quote(name)}");
            var pods = ExtenderMessages.Field(victims, "Pods") is { } list
                ? list.EnumerateArray().Select(item => Victim(ExtenderMessages.Text(item, "UID"), node)).ToList()
                : [];
            result[name] = new(node, pods, ExtenderMessages.Field(victims, "NumPDBViolations")?.GetInt32() ?? 0);
        }

        return result;
    }

    private T Send<T>(string verb, ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        using var message = Message(verb, body);
        try
        {
            using var response = _client.Send(message);
            Check(response, verb, message);
            using var answer = response.Content.ReadAsStream();
            using var json = JsonDocument.Parse(answer);
            return read(json.RootElement);
        }
        catch (Exception failure) when (Explained(failure, message) is { } explained)
        {
            throw new ExtenderException(explained, failure);
        }
    }

    private HttpRequestMessage Message(string verb, ReadOnlyMemory<byte> body)
    {
        var url = $"{_options.UrlPrefix.TrimEnd('/')}/{verb}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            throw new ExtenderException($"Post {FieldError.Quote(url)}: unsupported protocol scheme \"\"");
        }

        var message = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        if (_options.Tls is { ServerName.Length: > 0 } tls)
        {
            // .NET takes the name that the certificate must have from here, whatever TLS is told.
            message.Headers.Host = tls.ServerName;
        }

        return message;
    }

    private static void Check(HttpResponseMessage response, string verb, HttpRequestMessage message)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new ExtenderException(
                $"failed {verb} with extender at URL {message.RequestUri}, code {(int)response.StatusCode}");
        }
    }

    /// <summary>Null: it is not the extender's fault.</summary>
    private static string? Explained(Exception failure, HttpRequestMessage message) => failure switch
    {
        TaskCanceledException { InnerException: TimeoutException } =>
            $"Post \"{message.RequestUri}\": context deadline exceeded "
            + "(Client.Timeout exceeded while awaiting headers)",
        HttpRequestException or IOException => $"Post \"{message.RequestUri}\": {failure.Message}",
        JsonException or InvalidOperationException or FormatException => failure.Message,
        _ => null,
    };

    private static IReadOnlyDictionary<string, string> Reasons(JsonElement root, string name) =>
        ExtenderMessages.Field(root, name) is { } reasons
            ? reasons.EnumerateObject().ToDictionary(
                static reason => reason.Name, static reason => reason.Value.GetString() ?? "", StringComparer.Ordinal)
            : Nothing;

    private PodInfo Victim(string uid, NodeInfo node) =>
        node.Pods.FirstOrDefault(pod => pod.Pod.Metadata.Uid == uid) ?? throw new ExtenderException(
            $"extender: {Name} claims to preempt pod (UID: &{{{uid}}}) on node: {node.Name}, but the pod is not found "
            + "on that node");

    private static HttpTransportOptions Transport(ExtenderOptions options)
    {
        var tls = options.Tls ?? new();
        try
        {
            var authority = Pem(tls.CaData, tls.CaFile);
            X509Certificate2Collection? authorities = null;
            if (authority.Length > 0)
            {
                authorities = [];
                authorities.ImportFromPem(authority);
            }

            var (certificate, key) = (Pem(tls.CertData, tls.CertFile), Pem(tls.KeyData, tls.KeyFile));
            var client = certificate.Length > 0 ? X509Certificate2.CreateFromPem(certificate, key) : null;
            return new()
            {
                Server = new Uri("https://extender"),
                Authorities = authorities,
                ClientCertificate = client is null ? null : () => client,
                InsecureSkipTlsVerify = tls.IsInsecure || (options.EnableHttps && authorities is null),
                TlsServerName = tls.ServerName,
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException($"extender {options.UrlPrefix}: {failure.Message}", failure);
        }
    }

    private static string Pem(ValueList<byte> data, string file) =>
        !data.IsEmpty ? Encoding.UTF8.GetString([.. data])
        : file.Length > 0 ? File.ReadAllText(file)
        : "";
}
