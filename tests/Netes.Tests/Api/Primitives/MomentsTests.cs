using Netes.Api;

namespace Netes.Tests.Api.Primitives;

public sealed class MomentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, "2026-11-23T12:01:00Z")]
    [InlineData(-60, "2026-11-23T11:59:00Z")]
    [InlineData(long.MaxValue, "9999-12-31T23:59:59Z")]
    [InlineData(long.MinValue, "0001-01-01T00:00:00Z")]
    public void SecondsLater_areCountedToTheEndOfTheCalendar(long seconds, string expected) =>
        Assert.Equal(expected, Timestamp.From(Now.Plus(seconds)).ToString());
}
