using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A scheduler by its name: which plugins it has, and how they are set. Source: apis/config/types.go,
/// KubeSchedulerProfile.
/// </summary>
public sealed record SchedulerProfile
{
    public const string DefaultName = "default-scheduler";

    /// <summary>What <c>multiPoint</c> is called in <see cref="Plugins"/>.</summary>
    public const string MultiPoint = "multiPoint";

    /// <summary>Pods with this <c>spec.schedulerName</c> are its own.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>What differs from the default plugins, by extension point as configuration files name it.</summary>
    public ValueMap<PluginSet> Plugins { get; init; }

    /// <summary>Arguments of plugins, at most one of each type; the others have their defaults.</summary>
    public IReadOnlyList<object> Arguments { get; init; } = [];

    /// <summary>How many of the nodes are enough, in percent; 0: by the cluster's size; null: as for all.</summary>
    public int? PercentageOfNodesToScore { get; init; }
}

/// <summary>Plugins that are to be on, in their order, and names of those to be off; <c>*</c> is all.</summary>
public sealed record PluginSet(ValueList<PluginChoice> Enabled, ValueList<string> Disabled);

/// <param name="Name">The plugin.</param>
/// <param name="Weight">How much its score counts; 0: as usual.</param>
public sealed record PluginChoice(string Name, int Weight = 0);
