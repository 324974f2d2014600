using System.Globalization;
using System.Text;

namespace Netes.Bench.Load;

/// <summary>The objects of kbench, as bytes.</summary>
internal static class Objects
{
    public const string Namespace = "bench";

    public const string ConfigMaps = $"/api/v1/namespaces/{Namespace}/configmaps";

    public const string Pods = $"/api/v1/namespaces/{Namespace}/pods";

    private const string PodSpec =
        """
        "terminationGracePeriodSeconds":0,"automountServiceAccountToken":false,"containers":[{"name":"c",
        "image":"registry.k8s.io/pause:3.9","resources":{"requests":{"cpu":"100m","memory":"100Mi"},
        "limits":{"cpu":"200m","memory":"200Mi"}},"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],
        "ports":[{"containerPort":8000}]}]
        """;

    private static readonly string TemplateSpec =
        PodSpec.Replace("\"terminationGracePeriodSeconds\":0,", "", StringComparison.Ordinal);

    public static byte[] NamespaceObject { get; } =
        Utf8($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Namespace}}}"}}""");

    public static byte[] ConfigMap(string run, string name, int bytes = 1024) => Utf8(
        $$$"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}",
        "labels":{"app":"bench","run":"{{{run}}}"}},
        "data":{"k":"{{{new string('x', bytes)}}}"}}
        """);

    /// <param name="run">A label.</param>
    /// <param name="name">The name.</param>
    /// <param name="more">More of its spec: nothing, or fields with a comma after each.</param>
    public static byte[] Pod(string run, string name, string more = "") => Utf8(
        $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","labels":{"app":"bench","run":"{{{run}}}"}},
        "spec":{{{{more}}}{{{PodSpec}}}}}
        """);

    /// <summary>A pod as large as real ones are: containers, variables, annotations, and bound already.</summary>
    public static byte[] LargePod(string run, string name, string node, int bytes)
    {
        const string Value = "a value of a length that variables of real programs often have";
        int variables = Math.Max((bytes - 1_500) / 100, 1);
        string env = string.Join(',', Enumerable.Range(0, variables / 2).Select(
            i => $$$"""{"name":"VARIABLE_{{{i:000}}}","value":"{{{Value}}}"}"""));
        return Utf8(
            $$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","labels":{"app":"bench","run":"{{{run}}}",
            "app.kubernetes.io/part-of":"measures"},"annotations":{"example.com/note":"{{{Value}}}"}},
            "spec":{"nodeName":"{{{node}}}","automountServiceAccountToken":false,
            "containers":[{{{Container("first")}}},{{{Container("second")}}}]}}
            """);

        string Container(string container) => $$$"""
            {"name":"{{{container}}}","image":"registry.example.com/team/program:v1.2.3","env":[{{{env}}}],
            "resources":{"requests":{"cpu":"1m","memory":"1Mi"},"limits":{"cpu":"2","memory":"2Gi"}},
            "ports":[{"name":"{{{container}}}","containerPort":8000}],
            "readinessProbe":{"httpGet":{"path":"/ready","port":"{{{container}}}"},"periodSeconds":5}}
            """;
    }

    public static byte[] Deployment(string run, string name, int replicas) => Utf8(
        $$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{name}}}"},
        "spec":{"replicas":{{{replicas}}},"selector":{"matchLabels":{"app":"{{{name}}}"}},
        "template":{"metadata":{"labels":{"app":"{{{name}}}","run":"{{{run}}}"}},"spec":{{{{TemplateSpec}}}}
        }} }
        """);

    public static byte[] Node(string name, int zone) => Utf8(
        $$$"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{name}}}",
        "labels":{"kubernetes.io/hostname":"{{{name}}}",
        "topology.kubernetes.io/zone":"z{{{zone}}}","type":"hollow"}},"spec":{}}
        """);

    public static byte[] NodeStatus(string cpu, string memory, int pods)
    {
        string resources = $$$"""{"cpu":"{{{cpu}}}","memory":"{{{memory}}}","pods":"{{{pods}}}"}""";
        string now = Now();
        return Utf8(
            $$$"""
            {"status":{"capacity":{{{resources}}},"allocatable":{{{resources}}},"conditions":[{"type":"Ready",
            "status":"True","reason":"KubeletReady","message":"ok","lastHeartbeatTime":"{{{now}}}",
            "lastTransitionTime":"{{{now}}}"}]}}
            """);
    }

    public static byte[] Label(int value) => Utf8($$$"""{"metadata":{"labels":{"v":"{{{value}}}"}} }""");

    /// <summary>A change of a Deployment's template that rolls it out anew.</summary>
    public static byte[] Template(int value) => Utf8(
        $$$"""{"spec":{"template":{"metadata":{"annotations":{"v":"{{{value}}}"}} }} }""");

    public static string Now() =>
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
