using System.Text.Json;
using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Reads <c>kubescheduler.config.k8s.io/v1, KubeSchedulerConfiguration</c>, YAML or JSON.
/// Source: pkg/scheduler/apis/config/v1/{defaults,types}.go.
/// </summary>
public static class SchedulerConfiguration
{
    private const string ApiVersion = "kubescheduler.config.k8s.io/v1";
    private const string Kind = "KubeSchedulerConfiguration";

    private static readonly string[] Points =
    [
        "preEnqueue", "queueSort", "preFilter", "filter", "postFilter", "preScore", "score", "reserve", "permit",
        "preBind", "bind", "postBind", SchedulerProfile.MultiPoint,
    ];

    /// <summary>With errors, the options are not to be used. The errors are in Kubernetes' words.</summary>
    public static (SchedulerOptions Options, IReadOnlyList<string> Errors) Parse(ReadOnlySpan<byte> text)
    {
        var errors = new List<string>();
        if (!YamlToJson.TryConvertStrict(text, out var bytes, out var error))
        {
            return (SchedulerOptions.Default, [error]);
        }

        using var json = JsonDocument.Parse(bytes);
        var root = new ConfigObject(json.RootElement, "", Kind, errors);
        var (version, kind) = (root.Text("apiVersion"), root.Text("kind"));
        if (version != ApiVersion || kind != Kind)
        {
            return (SchedulerOptions.Default, [
                $"no kind \"{kind}\" is registered for version \"{version}\" in scheme "
                    + "\"pkg/scheduler/apis/config/scheme/scheme.go\"",
            ]);
        }

        var options = Read(root, errors);
        root.End();
        return errors.Count > 0
            ? (options, errors)
            : (options, [.. SchedulerValidation.Validate(options).Select(wrong => wrong.Message)]);
    }

    private static SchedulerOptions Read(ConfigObject root, List<string> errors)
    {
        // One process holds the whole control plane: who leads, and where profiles are served, is its own matter.
        root.Skip("leaderElection", "clientConnection", "enableProfiling", "enableContentionProfiling",
            "delayCacheUntilActive", "healthzBindAddress", "metricsBindAddress");
        if (root.Number("parallelism") is <= 0 and { } parallelism)
        {
            errors.Add(FieldError.Invalid(
                FieldPath.Of("parallelism"), parallelism, "should be an integer value greater than zero").Message);
        }

        var profiles = root.Objects("profiles", "KubeSchedulerProfile", ReadProfile);
        if (profiles.Count == 0)
        {
            profiles.Add(new SchedulerProfile());
        }
        else if (profiles is [{ Name: "" } only])
        {
            // Of one alone the name is known.
            profiles = [only with { Name = SchedulerProfile.DefaultName }];
        }

        return new SchedulerOptions
        {
            Profiles = profiles,
            Extenders = root.Objects("extenders", "Extender", ExtenderConfigReader.Read),
            PercentageOfNodesToScore = root.Number("percentageOfNodesToScore") ?? 0,
            InitialBackoff = TimeSpan.FromSeconds(root.Number("podInitialBackoffSeconds") ?? 1),
            MaxBackoff = TimeSpan.FromSeconds(root.Number("podMaxBackoffSeconds") ?? 10),
        };
    }

    private static SchedulerProfile ReadProfile(ConfigObject json)
    {
        var sets = new List<KeyValuePair<string, PluginSet>>();
        if (json.Object("plugins", "Plugins") is { } plugins)
        {
            foreach (var point in Points)
            {
                if (plugins.Object(point, "PluginSet") is { } set)
                {
                    sets.Add(new(point, new PluginSet(
                        [.. set.Objects("enabled", "Plugin", ReadChoice)],
                        [.. set.Objects("disabled", "Plugin", ReadChoice).Select(choice => choice.Name)])));
                    set.End();
                }
            }

            plugins.End();
        }

        return new SchedulerProfile
        {
            Name = json.Text("schedulerName") ?? "",
            Plugins = sets.ToValueMap(),
            PercentageOfNodesToScore = json.Number("percentageOfNodesToScore"),
            Arguments = json.Objects("pluginConfig", "PluginConfig", PluginConfigReader.Read),
        };
    }

    private static PluginChoice ReadChoice(ConfigObject json) =>
        new(json.Text("name") ?? "", json.Number("weight") ?? 0);
}
