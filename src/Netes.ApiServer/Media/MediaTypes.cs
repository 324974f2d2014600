namespace Netes.ApiServer.Media;

/// <summary>The media types of the API. Source: apimachinery pkg/runtime/types.go.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Yaml = "application/yaml";
    public const string Protobuf = "application/vnd.kubernetes.protobuf";
    public const string JsonPatch = "application/json-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string ApplyYaml = "application/apply-patch+yaml";
    public const string Text = "text/plain";

    /// <summary>What bodies may be, in the order that messages name them.</summary>
    public static IReadOnlyList<string> Bodies { get; } = [Json, Yaml, Protobuf];
}
