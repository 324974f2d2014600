namespace Netes.Client;

/// <summary>
/// A bearer token in a file that its owner replaces before it expires.
/// Source: client-go transport/token_source.go.
/// </summary>
internal sealed class TokenFile(string path)
{
    private volatile Entry? _entry;

    /// <summary>The token; the file is read again when its time of change differs.</summary>
    public async Task<string> ReadAsync(CancellationToken cancel)
    {
        // A projected token is a symbolic link that is swapped, so the time of the final file is what counts.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var changed = File.GetLastWriteTimeUtc(target);
        if (_entry is { } entry && entry.Changed == changed && entry.Target == target)
        {
            return entry.Token;
        }

        var token = (await File.ReadAllTextAsync(target, cancel)).Trim();
        _entry = new Entry(target, changed, token);
        return token;
    }

    private sealed record Entry(string Target, DateTime Changed, string Token);
}
