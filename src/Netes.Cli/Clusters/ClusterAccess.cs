using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Netes.Cli.Clusters.Kubeconfigs;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters;

/// <summary>A cluster's API as seen from the host, for the few things that creation itself has to know.</summary>
internal sealed class ClusterAccess(ClusterStore store, TimeProvider time)
{
    private static readonly TimeSpan ApiPatience = TimeSpan.FromSeconds(90), Look = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// The administrator's entry; on the host by the forwarded port, internally by the node's address.
    /// </summary>
    public KubeconfigEntry Entry(ClusterState state, bool inside)
    {
        var file = store.Paths.AdminKubeconfig(state);
        if (!File.Exists(file))
        {
            throw new ToolException(
                $"cluster \"{state.Name}\" has no kubeconfig yet: its control plane has not started");
        }

        var address = state.ApiServerAddress is "0.0.0.0" or "::" ? "127.0.0.1" : state.ApiServerAddress;
        var host = address.Contains(':') ? $"[{address}]" : address;
        var server = inside ? $"https://{state.ControlPlane.Ip}:6443" : $"https://{host}:{state.ApiServerPort}";
        return KubeconfigEntry.FromAdmin(state.Name, File.ReadAllText(file), server);
    }

    /// <summary>Returns when the API server says that it is ready.</summary>
    public async Task WaitForApiAsync(ClusterState state, CancellationToken cancel)
    {
        var last = "";
        var ready = await PollAsync(async () =>
        {
            (var done, last) = await AskAsync(state, Get("/readyz"), (_, ok) => ok, cancel);
            return done;
        }, ApiPatience, cancel);
        if (!ready)
        {
            var log = Path.Combine(store.Paths.Logs(state.Name, state.ControlPlane.Name), "netes.log");
            var words = File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(20)) : "";
            throw new ToolException($"the API server does not get ready: {last}\n--- {log}\n{words}");
        }
    }

    /// <summary>Whether all nodes were Ready before patience ended.</summary>
    public Task<bool> WaitForNodesAsync(ClusterState state, TimeSpan patience, CancellationToken cancel) =>
        PollAsync(async () => (await AskAsync(
            state, Get("/api/v1/nodes"), (body, ok) => ok && AreReady(body, state.Nodes.Count), cancel)).Done,
            patience, cancel);

    /// <summary>
    /// Gives the control plane's node its role, which a node may not claim for itself (NodeRestriction). kubeadm does
    /// this with the administrator's rights, too. Waits until the node is registered.
    /// </summary>
    public async Task MarkControlPlaneAsync(ClusterState state, CancellationToken cancel)
    {
        const string Labels = """
            {"metadata":{"labels":{"node-role.kubernetes.io/control-plane":"",
            "node.kubernetes.io/exclude-from-external-load-balancers":""}}}
            """;
        var last = "";
        var marked = await PollAsync(async () =>
        {
            (var done, last) = await AskAsync(state, server => new HttpRequestMessage(
                HttpMethod.Patch, $"{server}/api/v1/nodes/{state.ControlPlane.Name}")
            {
                Content = new StringContent(Labels, new MediaTypeHeaderValue("application/merge-patch+json")),
            }, (_, ok) => ok, cancel);
            return done;
        }, ApiPatience, cancel);
        if (!marked)
        {
            throw new ToolException($"the control plane's node does not register: {last}");
        }
    }

    /// <summary>Whether a NodeList holds so many nodes, each with the condition Ready.</summary>
    public static bool AreReady(string nodeList, int count)
    {
        using var list = JsonDocument.Parse(nodeList);
        return list.RootElement.TryGetProperty("items", out var items)
            && items.EnumerateArray().Count(IsReady) >= count;
    }

    private static bool IsReady(JsonElement node) =>
        node.TryGetProperty("status", out var status)
        && status.TryGetProperty("conditions", out var conditions)
        && conditions.EnumerateArray().Any(condition =>
            condition.GetProperty("type").GetString() == "Ready"
                && condition.GetProperty("status").GetString() == "True");

    private async Task<bool> PollAsync(Func<Task<bool>> done, TimeSpan patience, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        while (!await done())
        {
            if (time.GetElapsedTime(started) > patience)
            {
                return false;
            }

            await Task.Delay(Look, time, cancel);
        }

        return true;
    }

    private async Task<(bool Done, string Last)> AskAsync(
        ClusterState state, Func<string, HttpRequestMessage> ask, Func<string, bool, bool> judge,
        CancellationToken cancel)
    {
        if (!File.Exists(store.Paths.AdminKubeconfig(state)))
        {
            return (false, "it has not written its kubeconfig");
        }

        try
        {
            var entry = Entry(state, inside: false);
            using var client = Client(entry);
            using var request = ask(entry.Server);
            using var answer = await client.SendAsync(request, cancel);
            var body = await answer.Content.ReadAsStringAsync(cancel);
            return (judge(body, answer.IsSuccessStatusCode),
                $"{request.RequestUri} answers {(int)answer.StatusCode} {body}");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException
            && !cancel.IsCancellationRequested)
        {
            return (false, error.InnerException?.Message ?? error.Message);
        }
    }

    private static Func<string, HttpRequestMessage> Get(string path) =>
        server => new HttpRequestMessage(HttpMethod.Get, server + path);

    private static HttpClient Client(KubeconfigEntry entry)
    {
        var certificate = X509Certificate2.CreateFromPem(Pem(entry.CertificateData), Pem(entry.KeyData));
        var authority = X509Certificate2.CreateFromPem(Pem(entry.AuthorityData));
        return new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificate],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        })
        { Timeout = TimeSpan.FromSeconds(10) };
    }

    private static string Pem(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
