using Netes.Cli;
using Netes.Cli.Clusters.Nodes;

return await CommandList.Root(CommandContext.FromEnvironment()).Parse(args).InvokeAsync(new()
{
    // Failures are told by the commands themselves; what reaches here is a defect and keeps its stack.
    EnableDefaultExceptionHandler = false,
    // How long a command may tidy up after SIGTERM or Ctrl-C. A node takes the signals itself.
    ProcessTerminationTimeout = args is [NodeBoot.RunCommand, ..] ? null : TimeSpan.FromSeconds(30),
});
