using Netes.Cli;

return await CommandList.Root(CommandContext.FromEnvironment()).Parse(args).InvokeAsync(new()
{
    // Failures are told by the commands themselves; what reaches here is a defect and keeps its stack.
    EnableDefaultExceptionHandler = false,
});
