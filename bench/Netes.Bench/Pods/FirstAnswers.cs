using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.NodeTests.Machines;

namespace Netes.Bench.Pods;

/// <summary>
/// From <c>create cluster</c> to the moment at which one pod has another's answer by its Service's DNS name: the
/// cluster, the image's import, both pods and the Service are in it. The image is a file on disk.
/// </summary>
internal static class FirstAnswers
{
    private const int Runs = 3;

    public static async Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netes-bench-");
        try
        {
            string image = Path.Combine(folder.FullName, "image.tar");
            await File.WriteAllBytesAsync(image, TestImages.BusyboxArchive(), cancel);
            List<double> seconds = [];
            for (int run = 0; run < context.Count(Runs); run++)
            {
                seconds.Add(await OneAsync(context.Program, folder.FullName, image, cancel));
            }

            context.Add("cluster.answer", seconds.Order().ElementAt(seconds.Count / 2));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> OneAsync(string program, string folder, string image, CancellationToken cancel)
    {
        var name = "bench-" + BenchContext.NewRun();
        var kubeconfig = Path.Combine(folder, name);
        try
        {
            long start = TimeProvider.System.GetTimestamp();
            await NetesAsync(["create", "cluster", "--name", name]);
            await NetesAsync(["load", "image-archive", image, "--name", name]);
            using var transport = new HttpTransport((await Kubeconfig.ReadAsync(kubeconfig, cancel)).ToTransport());
            await AskAsync(new KubernetesClient(transport, "bench"), cancel);
            return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            await NetesAsync(["delete", "cluster", "--name", name]);
        }

        async Task NetesAsync(string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["KUBECONFIG"] = kubeconfig,
                    ["NETES_EGRESS"] = "none",
                    ["NETES_STATE_DIR"] = Path.Combine(folder, "state"),
                },
            };
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{string.Join(' ', arguments)}: {await output}{await errors}");
            }
        }
    }

    private static async Task AskAsync(KubernetesClient client, CancellationToken cancel)
    {
        await client.CreateAsync(Pod("web", "mkdir /www; echo hello > /www/index.html; exec httpd -f -p 80 -h /www"));
        await client.CreateAsync(new Service
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { Selector = ValueMap.Of(("app", "web")), Ports = [new() { Port = 80 }] },
        });
        await client.CreateAsync(Pod(
            "client", "until wget -q -O - http://web.default.svc.cluster.local; do usleep 20000; done"));
        var informers = new InformerSet(client, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        informers.Get<Pod>().AddHandler(change =>
        {
            if (change.New is { Metadata.Name: "client", Status.Phase: "Succeeded" })
            {
                answered.TrySetResult();
            }
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task running = informers.RunAsync(stop.Token);
        await answered.Task.WaitAsync(TimeSpan.FromMinutes(2), cancel);
        await stop.CancelAsync();
        await running;
    }

    private static Pod Pod(string name, string script) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = ValueMap.Of(("app", name)) },
        Spec = new()
        {
            RestartPolicy = "Never",
            Containers = [new() { Name = "c", Image = TestImages.Busybox, Command = ["sh", "-c", script] }],
        },
    };
}
