using Microsoft.Extensions.Time.Testing;
using Netes.Client;

namespace Netes.Tests.Client.Queues;

public sealed class WorkQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(WorkQueueOptions.Default, _time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void AddedTwice_WaitsOnce()
    {
        _queue.Add("a");
        _queue.Add("a");
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task AddedWhileProcessed_ComesAgainOnlyAfterDone()
    {
        _queue.Add("a");
        var key = await _queue.GetAsync(TestContext.Current.CancellationToken);
        _queue.Add("a");
        Assert.Equal(0, _queue.Count);
        _queue.Done(key);
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task Keys_ComeInTheOrderOfTheirFirstAdd()
    {
        foreach (var key in new[] { "a", "b", "a", "c" })
        {
            _queue.Add(key);
        }

        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal("a", await _queue.GetAsync(cancel));
        Assert.Equal("b", await _queue.GetAsync(cancel));
        Assert.Equal("c", await _queue.GetAsync(cancel));
    }

    [Fact]
    public void DelayedTwice_ShorterWaitCounts()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(2));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void DelayedForEver_DoesNotComeNow()
    {
        _queue.AddAfter("a", TimeSpan.MaxValue);
        _time.Advance(TimeSpan.FromDays(300));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void FailedAgainAndAgain_WaitDoublesUntilForgotten()
    {
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            _queue.AddRateLimited("a");
            var waited = 0.0;
            while (_queue.Count == 0)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
                waited++;
            }

            waits.Add(waited);
            Take();
        }

        Assert.Equal([5, 10, 20, 40, 80, 160], waits);
        _queue.Forget("a");
        Assert.Equal(0, _queue.Failures("a"));
    }

    [Fact]
    public void ManyKeysFail_BeyondTheBurstTheyAreSpread()
    {
        for (var i = 0; i < 120; i++)
        {
            _queue.AddRateLimited($"key-{i}");
        }

        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(100, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(110, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(120, _queue.Count);
    }

    [Fact]
    public void MoreKeysThanAllowed_IsAFault()
    {
        using var small = new WorkQueue<int>(WorkQueueOptions.Default with { MaxKeys = 2 }, _time);
        small.Add(1);
        small.Add(2);
        Assert.Throws<InvalidOperationException>(() => small.Add(3));
    }

    private void Take()
    {
        var taken = _queue.GetAsync(TestContext.Current.CancellationToken);
        Assert.True(taken.IsCompletedSuccessfully);
        _queue.Done("a");
    }
}
