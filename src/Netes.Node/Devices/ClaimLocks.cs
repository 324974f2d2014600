using Netes.Client;

namespace Netes.Nodes.Devices;

/// <summary>
/// One at a time works on a claim: a driver is never asked to prepare what it is being asked to give back.
/// </summary>
internal sealed class ClaimLocks
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Turn> turns = new(StringComparer.Ordinal);

    /// <summary>Waits until nobody else works on any of the claims; disposing lets go of them.</summary>
    public async Task<IDisposable> HoldAsync(IEnumerable<ObjectKey> claims, CancellationToken cancel)
    {
        var held = new Held(this);
        try
        {
            // In one order for everybody, so that no two wait for each other.
            foreach (var name in claims.Select(key => key.ToString()).Distinct().Order(StringComparer.Ordinal))
            {
                await EnterAsync(name, cancel);
                held.Names.Push(name);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task EnterAsync(string name, CancellationToken cancel)
    {
        Turn? turn;
        lock (gate)
        {
            if (!turns.TryGetValue(name, out turn))
            {
                turns.Add(name, turn = new());
            }

            turn.Users++;
        }

        try
        {
            await turn.Gate.WaitAsync(cancel);
        }
        catch
        {
            Leave(name, hadTurn: false);
            throw;
        }
    }

    private void Leave(string name, bool hadTurn)
    {
        lock (gate)
        {
            var turn = turns[name];
            if (hadTurn)
            {
                turn.Gate.Release();
            }

            if (--turn.Users == 0)
            {
                turns.Remove(name);
                turn.Gate.Dispose();
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>Who has it, and who waits for it.</summary>
        public int Users { get; set; }
    }

    private sealed class Held(ClaimLocks owner) : IDisposable
    {
        public Stack<string> Names { get; } = [];

        public void Dispose()
        {
            while (Names.TryPop(out var name))
            {
                owner.Leave(name, hadTurn: true);
            }
        }
    }
}
