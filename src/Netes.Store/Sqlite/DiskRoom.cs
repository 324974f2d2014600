namespace Netes.Store.Sqlite;

/// <summary>
/// What to do about a full disk: the reserve is given up and only deletes go on; then, once a second while writes come,
/// it is tried whether the reserve can be taken back, and with it room for all writes. For the writer's thread only.
/// </summary>
internal sealed class DiskRoom(SpaceReserve reserve, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _isFull;
    private long _tried;

    public void Filled()
    {
        reserve.Release();
        _isFull = true;
        _tried = time.GetTimestamp();
    }

    public bool TakesPuts()
    {
        if (_isFull && time.GetElapsedTime(_tried) >= Pause)
        {
            _tried = time.GetTimestamp();
            _isFull = !reserve.TryTake();
        }

        return !_isFull;
    }
}
