using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// The extenders of a scheduler, those that may fail last. Filtering, scoring and preemption are for the scheduling
/// loop only. Source: pkg/scheduler/{schedule_one,scheduler}.go, framework/preemption/preemption.go.
/// </summary>
internal sealed partial class SchedulerExtenders : IDisposable
{
    private static readonly Dictionary<string, long> NoScores = [];

    private readonly List<HttpExtender> _extenders;
    private readonly ValueList<string> _ignored;
    private readonly ILogger _logger;

    private SchedulerExtenders(IReadOnlyList<ExtenderOptions> options, ILogger logger)
    {
        _extenders = [.. options.OrderBy(static one => one.IsIgnorable).Select(static one => new HttpExtender(one))];
        _ignored = options.SelectMany(static one => one.ManagedResources)
            .Where(static resource => resource.IsIgnoredByScheduler).Select(static resource => resource.Name)
            .ToValueList();
        _logger = logger;
    }

    /// <summary>Null: there are none, and nothing is asked.</summary>
    /// <exception cref="InvalidOperationException">The certificates of one cannot be read.</exception>
    public static SchedulerExtenders? Create(IReadOnlyList<ExtenderOptions> options, ILogger logger) =>
        options.Count == 0 ? null : new(options, logger);

    /// <summary>Who turned a pod down when an extender did: any event may help.</summary>
    public ISchedulerPlugin Rejector { get; } = new Rejection();

    /// <summary>The arguments of a profile's plugins: resources of extenders are not NodeResourcesFit's.</summary>
    public IReadOnlyList<object> Apply(IReadOnlyList<object> arguments)
    {
        if (_ignored.IsEmpty)
        {
            return arguments;
        }

        var fit = arguments.OfType<NodeResourcesFitArgs>().FirstOrDefault() ?? new();
        return
        [
            .. arguments.Where(static one => one is not NodeResourcesFitArgs),
            fit with { IgnoredResources = _ignored },
        ];
    }

    /// <summary>Takes nodes away that extenders do not want; true: there were some.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="feasible">Changed.</param>
    /// <param name="statuses">Where the reasons go.</param>
    /// <exception cref="ExtenderException">One that must answer did not.</exception>
    public bool Filter(Pod pod, List<NodeInfo> feasible, NodeStatuses statuses)
    {
        var before = feasible.Count;
        foreach (var extender in _extenders.Where(one => one.Filters && one.IsInterested(pod)))
        {
            if (feasible.Count == 0)
            {
                break;
            }

            ExtenderFiltered filtered;
            try
            {
                filtered = extender.Filter(pod, feasible);
            }
            catch (ExtenderException failure) when (extender.IsIgnorable)
            {
                LogSkipped(_logger, extender.Name, failure.Message);
                continue;
            }

            Note(feasible, filtered, statuses);
            feasible.Clear();
            feasible.AddRange(filtered.Feasible);
        }

        return feasible.Count != before;
    }

    /// <summary>
    /// Adds the extenders' scores. All are asked at once: the pod waits for the slowest, not for their sum.
    /// </summary>
    public void Score(Pod pod, IReadOnlyList<NodeInfo> nodes, Span<long> totals)
    {
        HttpExtender[] asked = [.. _extenders.Where(one => one.Prioritizes && one.IsInterested(pod))];
        var answers = new IReadOnlyDictionary<string, long>[asked.Length];
        Parallel.For(0, asked.Length, i => answers[i] = ScoresOf(asked[i], pod, nodes));
        foreach (var scores in answers)
        {
            for (var i = 0; i < nodes.Count; i++)
            {
                totals[i] += scores.GetValueOrDefault(nodes[i].Name);
            }
        }
    }

    /// <summary>The candidates that the extenders leave, with the pods that they say.</summary>
    /// <exception cref="ExtenderException">One that must answer did not, or names no pods.</exception>
    public List<Victims> Preempt(Pod pod, List<Victims> candidates, Snapshot snapshot)
    {
        foreach (var extender in _extenders.Where(one => one.Preempts && one.IsInterested(pod)))
        {
            if (candidates.Count == 0)
            {
                break;
            }

            try
            {
                candidates = Valid(extender, extender.Preempt(pod, candidates, snapshot));
            }
            catch (ExtenderException failure) when (extender.IsIgnorable)
            {
                LogSkipped(_logger, extender.Name, failure.Message);
            }
        }

        return candidates;
    }

    /// <summary>Whether an extender has the binding; with it, why it failed.</summary>
    public async Task<(bool IsTheirs, PluginStatus? Failure)> BindAsync(Pod pod, string node, CancellationToken cancel)
    {
        foreach (var extender in _extenders.Where(one => one.Binds && one.IsInterested(pod)))
        {
            try
            {
                await extender.BindAsync(pod, node, cancel);
                return (true, null);
            }
            catch (ExtenderException failure) when (extender.IsIgnorable)
            {
                LogSkipped(_logger, extender.Name, failure.Message);
            }
            catch (ExtenderException failure)
            {
                return (true, PluginStatus.Failed(failure.Message));
            }
        }

        return (false, null);
    }

    public void Dispose() => _extenders.ForEach(static one => one.Dispose());

    /// <summary>One that fails gives none.</summary>
    private IReadOnlyDictionary<string, long> ScoresOf(HttpExtender extender, Pod pod, IReadOnlyList<NodeInfo> nodes)
    {
        try
        {
            return extender.Prioritize(pod, nodes);
        }
        catch (ExtenderException failure)
        {
            LogUnscored(_logger, extender.Name, failure.Message);
            return NoScores;
        }
    }

    private static void Note(List<NodeInfo> asked, ExtenderFiltered filtered, NodeStatuses statuses)
    {
        var left = filtered.Feasible.Select(static node => node.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in asked.Where(node => !left.Contains(node.Name)))
        {
            if (filtered.Unresolvable.TryGetValue(node.Name, out var reason))
            {
                statuses.Add(node, PluginStatus.Unresolvable(reason));
            }
            else if (filtered.Failed.TryGetValue(node.Name, out reason))
            {
                statuses.Add(node, PluginStatus.Unschedulable(reason));
            }
        }
    }

    private static List<Victims> Valid(HttpExtender extender, Dictionary<string, Victims> candidates)
    {
        var valid = new List<Victims>();
        foreach (var (node, victims) in candidates)
        {
            if (victims.Pods.Count > 0)
            {
                valid.Add(victims);
            }
            else if (!extender.IsIgnorable)
            {
                throw new ExtenderException($"expected at least one victim pod on node {FieldError.Quote(node)}");
            }
        }

        return valid;
    }

    /// <summary>Stands for extenders among the plugins that turned a pod down.</summary>
    private sealed class Rejection : ISchedulerPlugin
    {
        public string Name => "Extender";
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "extender {Url} failed and is ignored, as its configuration says: {Why}")]
    private static partial void LogSkipped(ILogger logger, string url, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "extender {Url} gives no scores: {Why}")]
    private static partial void LogUnscored(ILogger logger, string url, string why);
}
