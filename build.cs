#!/usr/bin/env dotnet
// The one command of this repository. Runs on a fresh Debian 12 with the .NET 10 SDK:
//   ./build.cs demo            a cluster, a web app in it, and its answers
//   ./build.cs test            all tests; ends with "N passed, N failed, N skipped"
#:property PublishAot=false
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

var root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!;
Directory.SetCurrentDirectory(root);
// Analyzers are left out of the inner loop (Directory.Build.props), not out of this.
Environment.SetEnvironmentVariable("NETES_ANALYZE", "true");
var runtime = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "linux-arm64" : "linux-x64";
var published = Path.Combine(root, "artifacts", "publish", "netes");
const string Name = "demo", Image = "my-fastapi-app:latest";
const string Anew = "or begin anew: ./build.cs demo --delete && ./build.cs demo";
return args switch
{
    ["build"] => Run("dotnet", "build", "Netes.slnx"),
    ["test"] => Test("tests/Netes.Tests", "tests/Netes.NodeTests", "tests/Netes.Simulation", "tests/Netes.EndToEnd"),
    ["e2e"] => Test("tests/Netes.EndToEnd"),
    ["sim", .. var options] =>
        Run("dotnet", ["run", "--project", "tests/Netes.Simulation", "-c", "Release", "--", "sim", .. options]),
    ["golden"] => Golden(),
    ["soak", .. var what] => Measure("bench/Netes.Soak", what),
    ["bench", .. var what] => Measure("bench/Netes.Bench", what),
    ["publish"] => Publish(),
    ["demo"] => Demo(),
    ["demo", "--delete"] => DeleteDemo(),
    _ => Usage(),
};

int Usage()
{
    Console.Error.WriteLine("""
        usage: ./build.cs COMMAND
          build           compiles everything
          test            runs all tests (as root: the end-to-end tests make real clusters)
          e2e             runs the end-to-end tests only
          sim             runs whole clusters from seeds: [--seeds N] [--seed S [--trace]] [--hours H]
          golden          rewrites the golden files of tests; look at the difference before you commit it
          bench [NAME]... measures what has a bar (or only the named), against the last run and Kubernetes; see
                          docs/performance.md
          soak [NAME]...  kills the server, cuts its power, fills its disk and more, again and again
          publish         makes the native program, artifacts/publish/netes
          demo            makes the cluster "demo" with a web app in it
          demo --delete   removes it again
        """);
    return 2;
}

int Golden()
{
    Environment.SetEnvironmentVariable("NETES_GOLDEN", "write");
    return Test("tests/Netes.Tests");
}

// Each project says how it went in its own last lines; here they are added up.
int Test(params string[] projects)
{
    // What people build their images with and the shells that complete; strace makes a disk fail.
    InstallPackages(("bin/podman", "podman"), ("bin/buildah", "buildah"), ("bin/strace", "strace"),
        ("bin/zsh", "zsh"), ("bin/fish", "fish"));
    if (Run("dotnet", "build", "Netes.slnx", "--nologo", "-v", "minimal") != 0)
    {
        Console.WriteLine("0 passed, 1 failed, 0 skipped");
        return 1;
    }

    if (projects.Contains("tests/Netes.EndToEnd"))
    {
        // What is shipped is what is tested: the native program.
        if (Publish() != 0)
        {
            Console.WriteLine("0 passed, 1 failed, 0 skipped");
            return 1;
        }

        Environment.SetEnvironmentVariable("NETES_PROGRAM", published);
        if (DemoImage(Image).Exit != 0)
        {
            Console.WriteLine("0 passed, 1 failed, 0 skipped");
            return 1;
        }
    }

    int passed = 0, failed = 0, skipped = 0;
    foreach (var project in projects)
    {
        Title(Path.GetFileName(project));
        // A test that hangs is named by xunit's own lines; the run then ends without it.
        var (exit, output) = Capture(
            "dotnet", ["run", "--no-build", "--project", project], echo: true, limit: TimeSpan.FromMinutes(20));
        var counts = Summary().Matches(output).LastOrDefault();
        int Count(string name) => counts is null ? 0 : int.Parse(counts.Groups[name].Value);
        var bad = Count("failed") + Count("errors");
        failed += bad > 0 ? bad : exit != 0 || counts is null ? 1 : 0;
        skipped += Count("skipped");
        passed += Count("total") - Count("failed") - Count("skipped");
    }

    Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
    return failed == 0 ? 0 : 1;
}

// What is shipped is what is measured: the native program, unless NETES_PROGRAM names another one.
int Measure(string project, string[] arguments)
{
    InstallPackages(("bin/strace", "strace"));
    if (Environment.GetEnvironmentVariable("NETES_PROGRAM") is null or "")
    {
        Must(Publish(), "making the native program", "what is wrong stands above");
        Environment.SetEnvironmentVariable("NETES_PROGRAM", published);
    }

    Environment.SetEnvironmentVariable("NETES_ANALYZE", null);
    return Run("dotnet", ["run", "-c", "Release", "--project", project, "--", .. arguments]);
}

// The native program takes minutes to make: made again only when a source has changed.
int Publish()
{
    InstallPackages();
    var stamp = published + ".sources";
    var sources = SourcesHash();
    if (File.Exists(published) && File.Exists(stamp) && File.ReadAllText(stamp) == sources)
    {
        return 0;
    }

    Title("Making the native program (a few minutes, the first time)");
    var exit = Run("dotnet", "publish", "src/Netes.Cli/Netes.Cli.csproj", "-c", "Release", "-r", runtime,
        "-o", Path.GetDirectoryName(published)!, "--nologo", "-v", "minimal");
    if (exit == 0)
    {
        File.WriteAllText(stamp, sources);
    }

    return exit;
}

string SourcesHash()
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    var files = Directory.EnumerateFiles("src", "*", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(".", "Directory.*")).Append("global.json")
        .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/")).Order(StringComparer.Ordinal);
    foreach (var file in files)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(file));
        hash.AppendData(File.ReadAllBytes(file));
    }

    return Convert.ToHexStringLower(hash.GetHashAndReset());
}

int Demo()
{
    if (!Environment.IsPrivilegedProcess)
    {
        Console.Error.WriteLine("the demo makes a real cluster, which needs root: sudo ./build.cs demo");
        return 1;
    }

    if (Publish() != 0)
    {
        return Stopped("making the native program",
            "what is wrong stands above; ./build.cs publish does this step alone");
    }

    Title("Cluster");
    var exists = Capture(published, ["get", "clusters"]).Output.Split('\n').Contains(Name);
    var answers = exists && Capture("kubectl", ["--context", $"netes-{Name}", "get", "--raw", "/readyz"]).Exit == 0;
    Must(answers ? 0
        : exists ? Run(published, "start", "cluster", "--name", Name)
        : Run(published, "create", "cluster", "--name", Name, "--workers", "1", "--wait", "120s"),
        "starting the cluster", $"{published} doctor, and {published} export logs --name {Name}; " + Anew);
    Must(Kubectl("get", "nodes", "-o", "wide"), "asking the cluster for its nodes", Anew);

    Title("Image");
    var (made, archive) = DemoImage(Image);
    Must(made, "building the app's image from Debian's packages",
        "apt-get update has to work on this machine: the packages come from its own mirrors");
    Must(Run(published, "load", "image-archive", archive, "--name", Name), "loading the image into the nodes", Anew);

    Title("Deployment and Service");
    Must(Kubectl("apply", "-f", "samples/fastapi/k8s/deployment.yaml", "-f", "samples/fastapi/k8s/service.yaml"),
        "applying the app", Anew);
    if (Kubectl("rollout", "status", "deployment/fastapi-app", "--timeout=180s") != 0)
    {
        // What a person would look at next.
        Kubectl("get", "pods", "-o", "wide");
        Kubectl("get", "events", "--sort-by=.metadata.creationTimestamp");
        Must(1, "waiting for the app's pods", "the events above say why a pod does not start; " + Anew);
    }

    Must(Kubectl("get", "deployments,pods,services", "-o", "wide"), "showing the app", Anew);

    ShowAnswers();
    Console.WriteLine($"""

        It runs. Try next:
          kubectl get pods -o wide
          kubectl logs deployment/fastapi-app
          kubectl scale deployment/fastapi-app --replicas=3 && kubectl get pods -w
          kubectl port-forward service/fastapi-service 8000:80      (and in another terminal: curl localhost:8000)
          kubectl exec -it deployment/fastapi-app -- sh
          kubectl describe service fastapi-service
        The program is {Path.GetRelativePath(root, published)}; remove everything with: ./build.cs demo --delete
        """);
    return 0;
}

// Through the Service from outside, and by its name from inside a pod.
void ShowAnswers()
{
    Title("Answers");
    for (var i = 0; i < 3; i++)
    {
        Console.Write("through the Service, from this machine:  ");
        Must(Kubectl("get", "--raw", "/api/v1/namespaces/default/services/fastapi-service:80/proxy/"),
            "asking the app through its Service", "kubectl describe service fastapi-service; " + Anew);
        Console.WriteLine();
    }

    const string Ask =
        "import urllib.request as r; print(r.urlopen('http://fastapi-service/', timeout=10).read().decode())";
    for (var i = 0; i < 3; i++)
    {
        Console.Write("by DNS name, from inside a pod:          ");
        Must(Kubectl("exec", "deployment/fastapi-app", "--", "python3", "-c", Ask),
            "asking the app from a pod", "kubectl logs deployment/fastapi-app; " + Anew);
    }
}

int Kubectl(params string[] arguments) => Run("kubectl", ["--context", $"netes-{Name}", .. arguments]);

// The program that made the cluster removes it; it is made again only when there is none.
int DeleteDemo() =>
    !File.Exists(published) && Publish() != 0
        ? Stopped("making the native program", "what is wrong stands above; ./build.cs publish does this step alone")
        : Run(published, "delete", "cluster", "--name", Name) is 0
            ? 0
            : Stopped("removing the cluster", "run it once more; what is left stands above");

// Made from Debian packages, without a registry; again only when the app or the recipe has changed.
(int Exit, string Archive) DemoImage(string name)
{
    var folder = Path.Combine(root, "artifacts", "demo");
    Directory.CreateDirectory(folder);
    var archive = Path.Combine(folder, "fastapi.tar");
    var recipe = string.Concat(Directory.EnumerateFiles("samples/fastapi", "*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".py") || file.EndsWith(".cs"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));
    var stamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipe)));
    if (!File.Exists(archive) || !File.Exists(archive + ".recipe") || File.ReadAllText(archive + ".recipe") != stamp)
    {
        if (Run("dotnet", "run", "samples/fastapi/build-image.cs", "--", name, archive) is not 0 and var exit)
        {
            return (exit, archive);
        }

        File.WriteAllText(archive + ".recipe", stamp);
    }

    return (0, archive);
}

// What is missing of Debian, in one go. Without root or apt nothing is installed: `netes doctor` then says what is
// missing.
void InstallPackages(params (string File, string Package)[] more)
{
    (string File, string Package)[] needs =
    [
        ("bin/containerd", "containerd"), ("bin/runc", "runc"), ("lib/cni/bridge", "containernetworking-plugins"),
        ("bin/nft", "nftables"), ("bin/conntrack", "conntrack"), ("bin/ip", "iproute2"), ("bin/unshare", "util-linux"),
        ("bin/busybox", "busybox-static"), ("bin/pkill", "procps"), ("bin/gcc", "gcc"),
        ("include/stdio.h", "libc6-dev"), .. more,
    ];
    var missing = needs.Where(need => !Has(need.File)).Select(need => need.Package).ToList();
    if (!Has("bin/kubectl") && !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "kubectl"))))
    {
        missing.Add("kubernetes-client");
    }

    if (missing.Count == 0 || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
    {
        return;
    }

    Title("Installing " + string.Join(' ', missing));
    Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
    Run("apt-get", "update", "-qq");
    Must(Run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", .. missing]),
        "installing Debian's packages", "apt-get install -y --no-install-recommends " + string.Join(' ', missing));

    // Wherever it is: a containerd of Docker's must not be replaced by Debian's.
    static bool Has(string file) => new[] { "/usr/", "/usr/local/", "/" }
        .SelectMany(prefix => new[] { prefix + file, prefix + file.Replace("bin/", "sbin/") }).Any(File.Exists);
}

void Title(string text) => Console.WriteLine($"\n== {text}");

void Must(int exit, string step, string next)
{
    if (exit != 0)
    {
        Environment.Exit(Stopped(step, next));
    }
}

int Stopped(string step, string next)
{
    Console.Error.WriteLine($"\nstopped: {step} failed\n   try: {next}");
    return 1;
}

int Run(string file, params string[] arguments)
{
    try
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }
    catch (System.ComponentModel.Win32Exception error)
    {
        Console.Error.WriteLine($"{file}: {error.Message}");
        return 127;
    }
}

(int Exit, string Output) Capture(string file, string[] arguments, bool echo = false, TimeSpan? limit = null)
{
    using var process = Process.Start(new ProcessStartInfo(file, arguments)
    {
        RedirectStandardOutput = true, RedirectStandardError = !echo,
    })!;
    using var end = new Timer(_ =>
    {
        Console.Error.WriteLine($"{file} {string.Join(' ', arguments)}: ended, since it took more than {limit}");
        process.Kill(entireProcessTree: true);
    });
    end.Change(limit ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    var output = new StringBuilder();
    var errors = echo ? Task.CompletedTask : process.StandardError.ReadToEndAsync();
    while (process.StandardOutput.ReadLine() is { } line)
    {
        output.AppendLine(line);
        if (echo)
        {
            Console.WriteLine(line);
        }
    }

    process.WaitForExit();
    errors.GetAwaiter().GetResult();
    return (process.ExitCode, output.ToString());
}

internal static partial class Program
{
    // The line with which xunit ends: "Total: 55, Errors: 0, Failed: 0, Skipped: 0, ..."
    [GeneratedRegex(@"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)")]
    private static partial Regex Summary();
}
