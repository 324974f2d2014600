namespace Netes.Host;

/// <summary>
/// A start makes what stays. Collecting garbage meanwhile only moves it about, and took a third of the processor's time
/// of a start with 100,000 objects: until this is disposed, or more was made than a start makes of so much, nothing is
/// collected.
/// </summary>
internal sealed class UncollectedStart : IDisposable
{
    // Below it there is nothing to gain; what is made of more is collected as ever.
    private const long Least = 16 << 20;
    private const long Most = 512 << 20;

    // Tables of all objects, each one piece.
    private const long Large = 32 << 20;

    private bool _isOn;

    /// <param name="folder">Of the store; it may not exist yet.</param>
    public UncollectedStart(string folder)
    {
        var files = new DirectoryInfo(folder);
        var stored = files.Exists ? files.EnumerateFiles().Sum(static file => file.Length) : 0;
        var made = Math.Min(stored * 2, Most);

        // Where memory is scarce, what a start leaves behind counts.
        _isOn = stored >= Least && made < GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4
            && GC.TryStartNoGCRegion(made + Large, Large);
    }

    public void Dispose()
    {
        if (!_isOn)
        {
            return;
        }

        _isOn = false;
        try
        {
            GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // More was made, and a collection has ended it before.
            return;
        }
    }
}
