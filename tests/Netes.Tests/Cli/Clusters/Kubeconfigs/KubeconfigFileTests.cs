using Netes.Cli.Clusters.Kubeconfigs;
using Netes.Cli.Machine;

namespace Netes.Tests.Cli.Clusters.Kubeconfigs;

public sealed class KubeconfigFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netes-test-").FullName;
    private readonly KubeconfigEntry entry = new("netes-demo", "https://127.0.0.1:1234", "CA", "CERT", "KEY");

    private string Config => Path.Combine(folder, "sub", "config");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void New_file_is_the_users_alone()
    {
        KubeconfigFile.Merge(Config, entry);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Config));
        Assert.Contains("current-context: netes-demo", File.ReadAllText(Config));
        Assert.Equal([Config], Directory.GetFiles(Path.GetDirectoryName(Config)!));
    }

    [Fact]
    public void Foreign_content_stays()
    {
        const string Foreign = """
            apiVersion: v1
            kind: Config
            preferences: {}
            clusters:
            - cluster:
                server: https://example
                extra-field: kept
              name: other
            contexts:
            - context:
                cluster: other
                user: other
              name: other
            current-context: other
            users:
            - name: other
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: get-token
                  args:
                  - "1"

            """;
        Directory.CreateDirectory(Path.GetDirectoryName(Config)!);
        File.WriteAllText(Config, Foreign);

        KubeconfigFile.Merge(Config, entry);
        KubeconfigFile.Merge(Config, entry with { Server = "https://127.0.0.1:5678" });

        var merged = File.ReadAllText(Config);
        Assert.Contains("extra-field: kept", merged);
        Assert.Contains("https://127.0.0.1:5678", merged);
        Assert.DoesNotContain("1234", merged);

        KubeconfigFile.Remove(Config, "netes-demo");
        Assert.Equal(Foreign.Replace("current-context: other", "current-context: \"\""), File.ReadAllText(Config));
    }

    [Fact]
    public void File_that_is_no_kubeconfig_is_not_overwritten()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Config)!);
        File.WriteAllText(Config, "- a\n- b\n");
        Assert.Throws<ToolException>(() => KubeconfigFile.Merge(Config, entry));
        Assert.Equal("- a\n- b\n", File.ReadAllText(Config));
    }

    [Fact]
    public void Lock_of_kubectl_is_respected()
    {
        KubeconfigFile.Merge(Config, entry);
        File.WriteAllText(Config + ".lock", "");
        Assert.Contains(".lock exists", Assert.Throws<ToolException>(() =>
            KubeconfigFile.Merge(Config, entry)).Message);
    }

    [Fact]
    public void File_is_chosen_as_kind_does()
    {
        File.WriteAllText(Path.Combine(folder, "b"), "");
        string? Variables(string name) => name == "KUBECONFIG" ? $"{folder}/a:{folder}/b" : "/home/me";
        Assert.Equal("x", KubeconfigFile.ForMerge(KubeconfigFile.Candidates("x", Variables)));
        Assert.Equal($"{folder}/b", KubeconfigFile.ForMerge(KubeconfigFile.Candidates(null, Variables)));
        Assert.Equal("/home/me/.kube/config",
            KubeconfigFile.ForMerge(KubeconfigFile.Candidates(null, name => name == "HOME" ? "/home/me" : null)));
    }
}
