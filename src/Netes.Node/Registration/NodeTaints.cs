using Netes.Api.Core;

namespace Netes.Nodes.Registration;

/// <summary>Taints as they are written on command lines: <c>key=value:effect</c> or <c>key:effect</c>.</summary>
internal static class NodeTaints
{
    /// <exception cref="FormatException">The text is no taint.</exception>
    public static Taint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var pair = colon < 0 ? [] : text[..colon].Split('=', 2);
        return colon <= 0 || colon == text.Length - 1
            ? throw new FormatException($"not a taint: \"{text}\"")
            : new() { Key = pair[0], Value = pair.Length > 1 ? pair[1] : "", Effect = text[(colon + 1)..] };
    }
}
