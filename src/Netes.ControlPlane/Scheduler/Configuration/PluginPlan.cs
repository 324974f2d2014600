namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Which plugins run at which extension point, in which order and with which weight.
/// Source: apis/config/v1/default_plugins.go, mergePlugins; framework/runtime/framework.go, expandMultiPointPlugins.
/// </summary>
internal sealed class PluginPlan
{
    private const string All = "*";

    private readonly SchedulerProfile _profile;
    private readonly List<PluginChoice> _multiPoint;
    private readonly Dictionary<string, ISchedulerPlugin> _plugins = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">The profile names plugins that there are not.</exception>
    public PluginPlan(SchedulerProfile profile, IReadOnlyList<PluginEntry> known, PluginContext context)
    {
        _profile = profile;
        _multiPoint = Merge(
            [.. known.Select(entry => new PluginChoice(entry.Name, entry.Weight))],
            profile.Plugins.Get(SchedulerProfile.MultiPoint));
        var names = _multiPoint.Select(choice => choice.Name)
            .Concat(profile.Plugins.Values.SelectMany(set => set.Enabled).Select(choice => choice.Name));
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var entry = known.FirstOrDefault(entry => entry.Name == name)
                ?? throw new InvalidOperationException($"plugin \"{name}\" does not exist");
            _plugins[name] = entry.Create(context);
        }
    }

    /// <summary>All that are made, used or not.</summary>
    public IEnumerable<ISchedulerPlugin> Plugins => _plugins.Values;

    /// <summary>The plugins of an extension point, in their order.</summary>
    public T[] At<T>(string point)
        where T : class, ISchedulerPlugin
    {
        var set = _profile.Plugins.Get(point);
        var own = new List<string>();
        foreach (var (name, _) in set?.Enabled ?? [])
        {
            if (_plugins[name] is not T)
            {
                throw new InvalidOperationException($"plugin \"{name}\" does not extend {typeof(T).Name[1..]} plugin");
            }

            if (own.Contains(name))
            {
                throw new InvalidOperationException(
                    $"plugin \"{name}\" already registered as \"{typeof(T).Name[1..]}\"");
            }

            own.Add(name);
        }

        var off = set?.Disabled ?? default;
        var shared = off.Contains(All)
            ? []
            : _multiPoint.Select(choice => choice.Name)
                .Where(name => _plugins[name] is T && !off.Contains(name)).ToList();

        // Those that override a shared one come first, then the shared ones, then the rest.
        return [.. own.Where(shared.Contains).Concat(shared.Where(name => !own.Contains(name)))
            .Concat(own.Where(name => !shared.Contains(name)))
            .Select(name => (T)_plugins[name])];
    }

    public int WeightOf(IScorePlugin plugin)
    {
        var own = _profile.Plugins.Get("score")?.Enabled.FirstOrDefault(choice => choice.Name == plugin.Name);
        var choice = own ?? _multiPoint.First(choice => choice.Name == plugin.Name);
        return choice.Weight == 0 ? 1 : choice.Weight;
    }

    /// <summary>The defaults less what is off; what is named anew takes its old place, and the rest the end.</summary>
    private static List<PluginChoice> Merge(List<PluginChoice> defaults, PluginSet? custom)
    {
        if (custom is null)
        {
            return defaults;
        }

        var merged = new List<PluginChoice>();
        foreach (var choice in custom.Disabled.Contains(All) ? [] : defaults)
        {
            if (!custom.Disabled.Contains(choice.Name))
            {
                merged.Add(custom.Enabled.FirstOrDefault(other => other.Name == choice.Name) ?? choice);
            }
        }

        merged.AddRange(custom.Enabled.Where(choice => merged.TrueForAll(other => other.Name != choice.Name)));
        return merged;
    }
}
