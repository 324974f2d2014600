namespace Netes.Api.Core;

/// <summary>Names of images. Source: pkg/util/parsers/parsers.go.</summary>
public static class ImageReferences
{
    /// <summary>
    /// The tag; <c>latest</c> when there is neither tag nor digest; empty when there is a digest alone.
    /// </summary>
    public static string Tag(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? image : image[..at];
        var colon = name.LastIndexOf(':');
        var tagged = colon > name.LastIndexOf('/');
        return tagged ? name[(colon + 1)..] : at < 0 ? "latest" : "";
    }
}
