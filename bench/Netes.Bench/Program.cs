using Netes.Bench;
using Netes.Bench.Reports;

// Runs what the command line names, one after the other, and prints one table. See docs/performance.md.
if (args is ["hollow", var file, "--kubeconfig", var kubeconfig])
{
    return await Netes.Bench.Hollow.HollowProgram.RunAsync(file, kubeconfig);
}

BenchOptions options = BenchOptions.Parse(args);
var context = new BenchContext(options);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // Servers and their folders are removed on the way out.
    key.Cancel = true;
    interrupted.Cancel();
};
List<string> failures = [];
foreach (Scenario scenario in Scenarios.All.Where(scenario => options.Wants(scenario.Name)))
{
    if (!scenario.OverTheWire && !context.IsOwn)
    {
        continue;
    }

    Console.Error.WriteLine(scenario.Name);
    using var limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted.Token);
    limit.CancelAfter(TimeSpan.FromMinutes(5));
    try
    {
        await scenario.RunAsync(context, limit.Token);
    }
    catch (Exception e) when (!interrupted.IsCancellationRequested)
    {
        failures.Add($"{scenario.Name}: {e.Message}");
        Console.Error.WriteLine($"  {e}");
    }
}

string last = Path.Combine(options.Folder, "last.json");
string kubernetes = Path.Combine(options.Folder, "kubernetes.json");
Console.WriteLine(Table.Of(context.Figures, Figures.Read(last), Figures.Read(kubernetes)));
foreach (string failure in failures)
{
    Console.WriteLine($"FAILED {failure}");
}

if (options.Save)
{
    string about = $"{(context.IsOwn ? Path.GetRelativePath(".", options.Program) : "another API server")}, "
        + $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores";
    new Figures(about, context.Figures).WriteOver(context.IsOwn ? last : kubernetes);
}

return failures.Count == 0 ? 0 : 1;
