using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Images;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Commands;

/// <summary>Completion scripts in the shells themselves; each shell that the machine has.</summary>
public sealed class ShellTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Completion_script_is_loaded_and_completes(string shell)
    {
        var folder = Directory.CreateDirectory(Path.Combine(cluster.Folder, "bin")).FullName;
        var program = Path.Combine(folder, "netes");
        if (!Path.Exists(program))
        {
            File.CreateSymbolicLink(program, LocalCluster.Program);
        }

        var script = shell switch
        {
            "bash" => """
                source <(netes completion bash)
                complete -p netes >&2
                COMP_LINE="netes create cl" COMP_POINT=15 COMP_WORDS=(netes create cl) COMP_CWORD=2
                _netes; echo "${COMPREPLY[@]}"
                COMP_LINE="netes load " COMP_POINT=11 COMP_WORDS=(netes load "") COMP_CWORD=2
                _netes; echo "${COMPREPLY[@]}"
                """,
            // The line editor is not there in a script: what would be offered is printed instead.
            "zsh" => """
                autoload -Uz compinit; compinit -u -D
                source <(netes completion zsh)
                [[ ${_comps[netes]} == _netes ]] || exit 1
                compadd() { shift 2>/dev/null; [[ $1 == -a ]] && shift; print -r -- ${(P)1:-${answers[@]}} }
                BUFFER="netes create cl"; _netes
                BUFFER="netes load "; _netes
                """,
            _ => """
                netes completion fish | source
                complete -C "netes create cl"
                complete -C "netes load "
                """,
        };
        var result = await Command.RunAsync(
            shell, shell == "bash" ? ["--norc", "-c", script] : shell == "zsh" ? ["-f", "-c", script] : ["--no-config",
                "-c", script],
            new Dictionary<string, string>
            {
                ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}",
                ["NETES_STATE_DIR"] = LocalCluster.StateFolder,
                ["HOME"] = cluster.Folder,
            });

        var words = result.MustSucceed().Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("cluster", words);
        Assert.Contains("docker-image", words);
        Assert.Contains("image-archive", words);
        Assert.DoesNotContain("--config", words);
    }

    private sealed class Shells : TheoryData<string>
    {
        public Shells()
        {
            string[] shells = ["bash", "zsh", "fish"];
            foreach (var shell in shells.Where(each => ContainerTool.Find(each) is not null))
            {
                Add(shell);
            }
        }
    }
}
