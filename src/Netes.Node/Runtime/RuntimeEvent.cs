namespace Netes.Nodes.Runtime;

/// <summary>What a runtime event says.</summary>
public enum RuntimeEventKind
{
    /// <summary>The stream (re)started: look at everything once.</summary>
    Connected,

    /// <summary>The stream broke: the runtime is down until <see cref="Connected"/>.</summary>
    Disconnected,

    Started,

    Exited,

    /// <summary>The kernel killed a process of the container for its memory limit.</summary>
    OutOfMemory,

    Deleted,
}

/// <summary>One thing that happened to one container (or sandbox: both have ids of one space).</summary>
public readonly record struct RuntimeEvent(RuntimeEventKind Kind, string ContainerId);
