using System.Runtime.InteropServices;
using System.Text.Json;

namespace Netes.ApiServer.Discovery;

/// <summary><c>/version</c>. Source: apimachinery pkg/version/types.go.</summary>
internal static class ServerVersion
{
    public const string Git = "v1.36.0+netes";

    public static byte[] Write()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("major", "1");
            json.WriteString("minor", "36");
            json.WriteString("gitVersion", Git);
            json.WriteString("gitCommit", "");
            json.WriteString("gitTreeState", "clean");
            json.WriteString("buildDate", "1970-01-01T00:00:00Z");
            json.WriteString("goVersion", "");
            json.WriteString("compiler", "dotnet");
            json.WriteString("platform", $"linux/{Architecture()}");
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Architecture() => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
