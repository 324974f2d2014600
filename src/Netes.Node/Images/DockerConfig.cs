using System.Text;
using System.Text.Json;
using Netes.Api.Core;

namespace Netes.Nodes.Images;

/// <summary>
/// Credentials of registries in secrets of the types dockerconfigjson and dockercfg.
/// Source: pkg/credentialprovider/config.go, keyring.go.
/// </summary>
internal static class DockerConfig
{
    public static IEnumerable<Cri.AuthConfig> CredentialsFor(Secret secret, string image)
    {
        if (secret.Data.TryGetValue(".dockerconfigjson", out var config))
        {
            return Read(config.Memory, image, nested: true);
        }

        return secret.Data.TryGetValue(".dockercfg", out var legacy) ? Read(legacy.Memory, image, nested: false) : [];
    }

    private static List<Cri.AuthConfig> Read(ReadOnlyMemory<byte> json, string image, bool nested)
    {
        var found = new List<Cri.AuthConfig>();
        try
        {
            using var document = JsonDocument.Parse(json);
            var auths = document.RootElement;
            if (nested && !document.RootElement.TryGetProperty("auths", out auths))
            {
                return found;
            }

            foreach (var entry in auths.EnumerateObject())
            {
                if (Matches(entry.Name, image))
                {
                    found.Add(Read(entry.Value));
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return []; // a broken secret holds no credential: the pull is tried without
        }

        return found;
    }

    private static Cri.AuthConfig Read(JsonElement entry)
    {
        string Text(string name) => entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        var (user, password) = (Text("username"), Text("password"));
        if (user.Length == 0 && Text("auth") is { Length: > 0 } auth)
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).Split(':', 2);
            (user, password) = (pair[0], pair.Length > 1 ? pair[1] : "");
        }

        return new() { Username = user, Password = password, IdentityToken = Text("identitytoken") };
    }

    private static bool Matches(string server, string image)
    {
        var host = server.Replace("https://", "", StringComparison.Ordinal)
            .Replace("http://", "", StringComparison.Ordinal).Split('/')[0];
        var registry = ImageNames.RegistryOf(image);
        return host == registry || (registry == "docker.io" && host == "index.docker.io");
    }
}
