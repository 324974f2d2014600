namespace Netes.ApiServer.Caching;

/// <summary>
/// A few that are woken together, one after the other, by one work item: with a thousand of them, queueing each would
/// cost more than what most have to do. Joined and left under the lock of the pulse.
/// </summary>
internal sealed class WakeupCohort : IThreadPoolWorkItem
{
    private const int Limit = 16;

    private readonly Wakeup?[] _members = new Wakeup?[Limit];
    private int _count;
    private int _isQueued;

    public bool IsFull => _count == Limit;

    public bool IsEmpty => _count == 0;

    public void Add(Wakeup member)
    {
        _members[Array.IndexOf(_members, null)] = member;
        _count++;
    }

    public void Remove(Wakeup member)
    {
        Volatile.Write(ref _members[Array.IndexOf(_members, member)], null);
        _count--;
    }

    /// <summary>Wakes all soon; once, however often it is called until then.</summary>
    public void Queue()
    {
        if (Interlocked.Exchange(ref _isQueued, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Before anyone looks: who signals from now on is not too late for those who have looked.
        Interlocked.Exchange(ref _isQueued, 0);
        for (var i = 0; i < Limit; i++)
        {
            Volatile.Read(ref _members[i])?.Signal();
        }
    }
}
