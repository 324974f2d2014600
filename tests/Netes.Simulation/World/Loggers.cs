using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Netes.Simulation.World;

/// <summary>What happened is told by the trace of writes; logs would say it twice.</summary>
internal static class Loggers
{
    public static ILoggerFactory None => NullLoggerFactory.Instance;
}
