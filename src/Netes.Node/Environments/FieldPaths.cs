using System.Text;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Environments;

/// <summary>Values of a pod's own fields. Source: pkg/fieldpath/fieldpath.go, pkg/kubelet/kubelet_pods.go.</summary>
public static class FieldPaths
{
    /// <summary>The value at <paramref name="path"/>, or null when the path is not supported.</summary>
    /// <param name="podAddresses">The pod's addresses, the main one first.</param>
    public static string? ValueOf(
        Pod pod, string path, IReadOnlyList<string> podAddresses, IReadOnlyList<string> hostAddresses)
    {
        if (Subscript(path) is { } subscript)
        {
            return subscript.Field switch
            {
                "metadata.labels" => pod.Metadata.Labels.Get(subscript.Key, ""),
                "metadata.annotations" => pod.Metadata.Annotations.Get(subscript.Key, ""),
                _ => null,
            };
        }

        return path switch
        {
            "metadata.name" => pod.Metadata.Name,
            "metadata.namespace" => pod.Metadata.Namespace,
            "metadata.uid" => pod.Metadata.Uid,
            "metadata.labels" => Format(pod.Metadata.Labels),
            "metadata.annotations" => Format(pod.Metadata.Annotations),
            "spec.nodeName" => pod.Spec.NodeName,
            "spec.serviceAccountName" => pod.Spec.ServiceAccountName,
            "status.hostIP" => hostAddresses.FirstOrDefault() ?? "",
            "status.hostIPs" => string.Join(',', hostAddresses),
            "status.podIP" => podAddresses.FirstOrDefault() ?? "",
            "status.podIPs" => string.Join(',', podAddresses),
            _ => null,
        };
    }

    /// <summary>One line for each pair, the value quoted as Go does.</summary>
    public static string Format(ValueMap<string> map) =>
        string.Join('\n', ((IEnumerable<KeyValuePair<string, string>>)map)
            .Select(pair => $"{pair.Key}={Quote(pair.Value)}"));

    private static (string Field, string Key)? Subscript(string path) =>
        path.EndsWith("']", StringComparison.Ordinal) && path.IndexOf("['", StringComparison.Ordinal) is > 0 and var at
            ? (path[..at], path[(at + 2)..^2]) : null;

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var character in text)
        {
            result.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\x7f' => FormattableString.Invariant($"\\x{(int)character:x2}"),
                _ => character.ToString(),
            });
        }

        return result.Append('"').ToString();
    }
}
