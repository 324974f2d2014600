using System.Runtime.ExceptionServices;

namespace Netes.Simulation.Engine;

/// <summary>
/// Runs everything of one simulation on one thread, one piece at a time, in an order that the seed decides; when
/// nothing is left to run, time goes on to the next timer.
/// <para>
/// The one thread is the one thread of the pool (see <see cref="SingleThread"/>): what the runtime's own primitives
/// queue to the pool, e.g. a semaphore's waiter, runs there between two pieces, always in the same order.
/// </para>
/// </summary>
internal sealed class Executor : SynchronizationContext
{
    // Work that the pool's queue holds may post more; two empty rounds say that there is none.
    private const int RoundsUntilIdle = 2;

    private readonly Random _random;
    private readonly long _maxSteps;
    private readonly List<(SendOrPostCallback Work, object? State)> _ready = [];
    private readonly ManualResetEventSlim _ended = new();
    private Task? _main;
    private Exception? _failure;
    private int _idleRounds;

    /// <param name="random">Decides the order.</param>
    /// <param name="start">What the clock shows first.</param>
    /// <param name="maxSteps">With more work than that something goes round in circles.</param>
    public Executor(Random random, DateTimeOffset start, long maxSteps)
    {
        (_random, _maxSteps) = (random, maxSteps);
        Time = new SimulatedTime(start);
    }

    public SimulatedTime Time { get; }

    /// <summary>Pieces of work done so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Ends when <paramref name="main"/> has; called from a thread of its own.</summary>
    public void Run(Func<Task> main)
    {
        Post(_ => _main = main(), null);
        ThreadPool.UnsafeQueueUserWorkItem(static executor => executor.Step(), this, preferLocal: false);
        _ended.Wait();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _ready.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("nothing in a simulation waits for a thread");

    public override SynchronizationContext CreateCopy() => this;

    private void Step()
    {
        SetSynchronizationContext(this);
        try
        {
            if (_main is { IsCompleted: true })
            {
                _failure = _main.Exception?.InnerException;
                _ended.Set();
                return;
            }

            Advance();
        }
        catch (Exception failure)
        {
            _failure = failure;
            _ended.Set();
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static executor => executor.Step(), this, preferLocal: false);
    }

    private void Advance()
    {
        if (_ready.Count > 0)
        {
            _idleRounds = 0;
            if (++Steps > _maxSteps)
            {
                throw new InvalidOperationException(
                    $"{_maxSteps} steps were not enough: something goes round in circles");
            }

            var index = _ready.Count == 1 ? 0 : _random.Next(_ready.Count);
            var (work, state) = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            work(state);
        }
        else if (++_idleRounds > RoundsUntilIdle)
        {
            _idleRounds = 0;
            if (!Time.FireNext())
            {
                throw new InvalidOperationException("the simulation waits for something that nothing will bring about");
            }
        }
    }
}
