using System.Text.Json.Nodes;
using Netes.Cli.Machine;
using Netes.Cli.Yaml;

namespace Netes.Cli.Clusters.Kubeconfigs;

/// <summary>One cluster's way in: the administrator's certificate and where the API is. All base64 of PEM.</summary>
internal sealed record KubeconfigEntry(
    string Context, string Server, string AuthorityData, string CertificateData, string KeyData)
{
    /// <summary>The context's name, also that of the cluster and the user: netes-demo.</summary>
    public static string ContextOf(string cluster) => "netes-" + cluster;

    /// <summary>Takes the certificates out of the kubeconfig that a control plane wrote.</summary>
    public static KubeconfigEntry FromAdmin(string cluster, string adminYaml, string server)
    {
        var root = YamlReader.Read(adminYaml);
        var user = root?["users"]?[0]?["user"];
        return new KubeconfigEntry(
            ContextOf(cluster), server,
            Text(root?["clusters"]?[0]?["cluster"]?["certificate-authority-data"]),
            Text(user?["client-certificate-data"]), Text(user?["client-key-data"]));
    }

    /// <summary>A kubeconfig of this entry alone.</summary>
    public string ToYaml()
    {
        var root = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Config" };
        AddTo(root);
        return YamlWriter.Write(root);
    }

    /// <summary>
    /// Adds the entry, or puts it in place of an old one of the same name, and makes its context current.
    /// </summary>
    public void AddTo(JsonObject root)
    {
        Put(root, "clusters", new JsonObject
        {
            ["cluster"] = new JsonObject { ["certificate-authority-data"] = AuthorityData, ["server"] = Server },
            ["name"] = Context,
        });
        Put(root, "contexts", new JsonObject
        {
            ["context"] = new JsonObject { ["cluster"] = Context, ["user"] = Context },
            ["name"] = Context,
        });
        root["current-context"] = Context;
        Put(root, "users", new JsonObject
        {
            ["name"] = Context,
            ["user"] = new JsonObject { ["client-certificate-data"] = CertificateData, ["client-key-data"] = KeyData },
        });
    }

    /// <summary>
    /// Takes the entry out; false when nothing of it was there. A current context that was it becomes "".
    /// </summary>
    public static bool RemoveFrom(JsonObject root, string context)
    {
        var removed = false;
        foreach (var list in (string[])["clusters", "contexts", "users"])
        {
            removed |= root[list] is JsonArray entries && Remove(entries, context);
        }

        if (root["current-context"] is JsonValue current && current.ToString() == context)
        {
            root["current-context"] = "";
            removed = true;
        }

        return removed;
    }

    private static void Put(JsonObject root, string list, JsonObject entry)
    {
        if (root[list] is not JsonArray entries)
        {
            root[list] = entries = [];
        }

        Remove(entries, entry["name"]!.GetValue<string>());
        entries.Add((JsonNode)entry);
    }

    private static bool Remove(JsonArray entries, string name)
    {
        var found = entries.Where(entry => entry?["name"]?.ToString() == name).ToList();
        found.ForEach(entry => entries.Remove(entry));
        return found.Count > 0;
    }

    private static string Text(JsonNode? node) =>
        node?.ToString() ?? throw new ToolException("the control plane's kubeconfig lacks a certificate or a key");
}
