using Microsoft.Extensions.Time.Testing;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Tests.Client.Events;

public sealed class EventCorrelatorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly EventCorrelator _correlator;

    public EventCorrelatorTests() => _correlator = new EventCorrelator(EventOptions.Default, _time);

    [Fact]
    public void SameEvent_BecomesACount()
    {
        Assert.Equal(1, Write("Pulling image")!.Count);
        var second = Write("Pulling image")!;
        Assert.Equal(2, second.Count);
        Assert.Equal("event-1", second.Metadata.Name);
    }

    [Fact]
    public void EventsThatDifferInTheirMessageOnly_BecomeOne()
    {
        var written = Enumerable.Range(0, 12).Select(i => Write($"attempt {i}")!).ToList();
        Assert.Equal("attempt 8", written[8].Message);
        Assert.Equal("(combined from similar events): attempt 9", written[9].Message);
        Assert.Equal("(combined from similar events): attempt 11", written[11].Message);
        Assert.Equal(3, written[11].Count);
    }

    [Fact]
    public void MoreThanTheBurst_IsDroppedUntilTheBucketRefills()
    {
        for (var i = 0; i < 25; i++)
        {
            Assert.NotNull(Write("again"));
        }

        Assert.Null(Write("again"));
        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.NotNull(Write("again"));
        Assert.Null(Write("again"));
    }

    private Event? Write(string message)
    {
        var value = new Event
        {
            Metadata = new() { Namespace = "default", Name = "event-1" },
            InvolvedObject = new() { Kind = "Pod", Namespace = "default", Name = "a", Uid = "1" },
            Source = new() { Component = "test" },
            Type = "Normal",
            Reason = "Reason",
            Message = message,
            Count = 1,
        };
        if (_correlator.Correlate(value) is not { } correlated)
        {
            return null;
        }

        _correlator.Written(correlated, correlated.Event);
        return correlated.Event;
    }
}
