namespace Netes.Cli.Clusters.Images;

/// <summary>Image references. Source: github.com/distribution/reference, normalize.go.</summary>
internal static class ImageName
{
    /// <summary>As the container runtime stores it: "app" becomes "docker.io/library/app:latest".</summary>
    public static string Normalize(string name)
    {
        var slash = name.IndexOf('/');
        var hasHost = slash > 0
            && (name.AsSpan(0, slash).ContainsAny('.', ':') || name[..slash] == "localhost"
                || name[..slash].Any(char.IsAsciiLetterUpper));
        var (host, rest) = hasHost ? (name[..slash], name[(slash + 1)..]) : ("docker.io", name);
        if (host is "docker.io" or "index.docker.io")
        {
            host = "docker.io";
            rest = rest.Contains('/') ? rest : "library/" + rest;
        }

        var tagged = rest.Contains('@') || rest.LastIndexOf(':') > rest.LastIndexOf('/');
        return tagged ? $"{host}/{rest}" : $"{host}/{rest}:latest";
    }
}
