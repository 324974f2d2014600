namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>
/// A clock that runs many times as fast as the real one, for scenarios that wait: what takes ten seconds takes a tenth
/// of one. Timers fire by themselves, so that nobody has to know when to turn it forward.
/// </summary>
internal sealed class HastyTime(int factor, TimeSpan ahead = default) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow() + ahead;
    private readonly long _startTimestamp = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        _start + (System.GetElapsedTime(_startTimestamp) * factor);

    public override long GetTimestamp() => _startTimestamp + ((System.GetTimestamp() - _startTimestamp) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    private TimeSpan Real(TimeSpan time) => time <= TimeSpan.Zero ? time : time / factor;

    private sealed class Timer(ITimer inner, HastyTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
