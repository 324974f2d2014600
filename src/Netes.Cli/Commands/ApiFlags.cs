using System.CommandLine;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.ApiServer.Registry;
using Netes.Cli.Machine;

namespace Netes.Cli.Commands;

/// <summary>What <c>netes server</c> serves, with kube-apiserver's flags.</summary>
internal sealed partial class ApiFlags
{
    private readonly Option<string[]> features = new("--feature-gates")
    {
        Description = "features to switch: Key=true|false, several with commas (AllAlpha, AllBeta, APIServerIdentity, "
            + "StorageVersionAPI)",
    };

    private readonly Option<string[]> runtimeConfig = new("--runtime-config")
    {
        Description = "API versions to serve or not: group/version[/resource]=true|false, several with commas; "
            + "api/all, api/ga, api/beta and api/alpha stand for many",
    };

    public void AddTo(Command command)
    {
        command.Add(features);
        command.Add(runtimeConfig);
    }

    public FeatureGates Features(ParseResult parsed, ILoggerFactory loggers)
    {
        var (gates, errors, warnings) = FeatureGates.Parse(string.Join(',', parsed.GetValue(features) ?? []));
        foreach (var warning in warnings)
        {
            LogWarning(loggers.CreateLogger<FeatureGates>(), warning);
        }

        return errors.Count switch
        {
            0 => gates,
            1 => throw new ToolException(errors[0]),
            _ => throw new ToolException($"[{string.Join(", ", errors)}]"),
        };
    }

    public RuntimeConfig RuntimeConfig(ParseResult parsed)
    {
        var (config, error) = Netes.ApiServer.Registry.RuntimeConfig.Parse(
            string.Join(',', parsed.GetValue(runtimeConfig) ?? []));
        return error is null ? config : throw new ToolException(error);
    }

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
