namespace Netes.ControlPlane.Scheduling;

/// <summary>What runs after the choice of a node.</summary>
internal sealed partial class SchedulerFramework
{
    /// <summary>Null: all plugins booked what the pod needs. Else <see cref="Unreserve"/> is due.</summary>
    public PluginStatus? Reserve(CycleState state, PodInfo pod, string node)
    {
        var started = Start();
        foreach (var plugin in Reserves)
        {
            if (state.Turn().End(ExtensionPoint.Reserve, plugin, plugin.Reserve(state, pod, node)) is { } status)
            {
                return Ran(ExtensionPoint.Reserve, Named(status, plugin, "Reserve"), started);
            }
        }

        return Ran(ExtensionPoint.Reserve, null, started);
    }

    /// <summary>In the reverse order; also for plugins that have booked nothing.</summary>
    public void Unreserve(CycleState state, PodInfo pod, string node)
    {
        var started = Start();
        for (var i = Reserves.Count - 1; i >= 0; i--)
        {
            var turn = state.Turn();
            Reserves[i].Unreserve(state, pod, node);
            turn.End(ExtensionPoint.Unreserve, Reserves[i], null);
        }

        Ran(ExtensionPoint.Unreserve, null, started);
    }

    /// <summary>Whether the pod may be bound; it may have to wait for that (out).</summary>
    public PluginStatus? Permit(CycleState state, PodInfo pod, string node, out WaitingPod? waiting)
    {
        waiting = null;
        var started = Start();
        Dictionary<string, TimeSpan>? timeouts = null;
        foreach (var plugin in Permits)
        {
            var turn = state.Turn();
            var (status, timeout) = plugin.Permit(state, pod, node);
            turn.End(ExtensionPoint.Permit, plugin, status);
            if (status is { Code: PluginCode.Wait })
            {
                timeouts ??= new(StringComparer.Ordinal);
                timeouts[plugin.Name] = timeout;
            }
            else if (status is not null)
            {
                return Ran(ExtensionPoint.Permit, Named(status, plugin, "Permit"), started);
            }
        }

        if (timeouts is not null)
        {
            waiting = new WaitingPod(pod, timeouts, _context.Time);
            _context.WaitingPods.Add(waiting);
        }

        Ran(ExtensionPoint.Permit, waiting is null ? null : PluginStatus.Waiting, started);
        return null;
    }

    /// <summary>Null: all that holds the pod back has let it go.</summary>
    public async Task<PluginStatus?> WaitOnPermitAsync(WaitingPod waiting, CancellationToken cancel)
    {
        var started = Start();
        try
        {
            var status = await waiting.End.WaitAsync(cancel);
            _context.Measured?.Waited(status, started);
            return status;
        }
        finally
        {
            _context.WaitingPods.Remove(waiting);
            waiting.Dispose();
        }
    }

    /// <summary>Null: all is there that the binding needs.</summary>
    public async Task<PluginStatus?> PreBindAsync(
        CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        if (PreBindPreFlight(state, pod, node, out var due) is { } refusal)
        {
            return refusal;
        }

        var started = Start();
        foreach (var plugin in due)
        {
            var turn = state.Turn();
            var status = turn.End(
                ExtensionPoint.PreBind, plugin, await plugin.PreBindAsync(state, pod, node, cancel));
            if (status is not null and not { Code: PluginCode.Skip })
            {
                return Ran(ExtensionPoint.PreBind, Named(status, plugin, "PreBind"), started);
            }
        }

        return Ran(ExtensionPoint.PreBind, null, started);
    }

    /// <summary>Null: one of the plugins bound the pod.</summary>
    public async Task<PluginStatus?> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        var started = Start();
        foreach (var plugin in Binds)
        {
            var turn = state.Turn();
            var status = turn.End(ExtensionPoint.Bind, plugin, await plugin.BindAsync(state, pod, node, cancel));
            if (status is not { Code: PluginCode.Skip })
            {
                return Ran(ExtensionPoint.Bind, status is null ? null : Named(status, plugin, "Bind"), started);
            }
        }

        return PluginStatus.Failed("plugin status: Skip");
    }

    /// <summary>Tells the plugins that the pod is bound.</summary>
    public void PostBind(CycleState state, PodInfo pod, string node)
    {
        var started = Start();
        foreach (var plugin in PostBinds)
        {
            var turn = state.Turn();
            plugin.PostBind(state, pod, node);
            turn.End(ExtensionPoint.PostBind, plugin, null);
        }

        Ran(ExtensionPoint.PostBind, null, started);
    }

    /// <summary>Null: the plugins that have something to do for the pod are known.</summary>
    private PluginStatus? PreBindPreFlight(
        CycleState state, PodInfo pod, string node, out IReadOnlyList<IPreBindPlugin> due)
    {
        var started = Start();
        List<IPreBindPlugin>? found = null;
        due = [];
        foreach (var plugin in PreBinds)
        {
            var status = state.Turn().End(
                ExtensionPoint.PreBindPreFlight, plugin, plugin.PreBindPreFlight(state, pod, node));
            if (status is null)
            {
                due = found ??= [];
                found.Add(plugin);
            }
            else if (status is not { Code: PluginCode.Skip })
            {
                return Ran(ExtensionPoint.PreBindPreFlight, Named(status, plugin, "PreBindPreFlight"), started);
            }
        }

        return Ran(ExtensionPoint.PreBindPreFlight, null, started);
    }

    /// <summary>A refusal is told as it is, an error with where it was.</summary>
    private static PluginStatus Named(PluginStatus status, ISchedulerPlugin plugin, string point) => status.IsRejected
        ? status with { Plugin = plugin.Name }
        : PluginStatus.Failed($"running {point} plugin \"{plugin.Name}\": {status.Message}") with
        {
            Plugin = plugin.Name,
        };
}
