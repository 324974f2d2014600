using System.Text.RegularExpressions;

namespace Netes.Nodes.Images;

/// <summary>Names of images. Source: github.com/distribution/reference, pkg/util/parsers.</summary>
public static partial class ImageNames
{
    private const int NameLimit = 255;

    /// <summary>
    /// The name with <c>:latest</c> when it has neither tag nor digest; null when it is no image name.
    /// </summary>
    public static string? WithTag(string image)
    {
        var match = Grammar().Match(image);
        if (!match.Success || match.Groups["name"].Length > NameLimit)
        {
            return null;
        }

        return match.Groups["tag"].Success || match.Groups["digest"].Success ? image : image + ":latest";
    }

    /// <summary>The registry that an image comes from.</summary>
    public static string RegistryOf(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : image[..slash];
        return first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            || first == "localhost" ? first : "docker.io";
    }

    [GeneratedRegex(
        """
        ^(?<name>((?<host>[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(
            :[0-9]+)?)/)?
        [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)
        (:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(
            @(?<digest>[A-Za-z][A-Za-z0-9]*([+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Grammar();
}
