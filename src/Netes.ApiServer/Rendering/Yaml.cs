using System.Text;
using Netes.Api;

namespace Netes.ApiServer.Rendering;

/// <summary>Answers in YAML, for those who ask for it.</summary>
internal static class Yaml
{
    public static ReadOnlyMemory<byte> FromJson(ReadOnlySpan<byte> json) =>
        Encoding.UTF8.GetBytes(JsonToYaml.Convert(json));
}
