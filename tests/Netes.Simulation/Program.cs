using Netes.Simulation;
using Netes.Simulation.Runs;

// With a verb it runs seeds; without, it is a test program like the others.
return args switch
{
    ["sim", .. var rest] => await SimCommand.RunAsync(rest),
    ["work", .. var rest] => WorkCommand.Run(rest),
    _ when args.Any(argument => argument is "--server" or "--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
            args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
