using Netes.Api;

namespace Netes.Tests.Api.Primitives;

/// <summary>Goal: quantities, durations and times come out as Kubernetes writes them.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0Ki", "0")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5", "500m")]
    [InlineData("1000m", "1")]
    [InlineData("1e3", "1e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("12e6", "12e6")]
    [InlineData("1500e-3", "1500e-3")]
    [InlineData("129M", "129M")]
    [InlineData("1000k", "1M")]
    [InlineData("100n", "100n")]
    [InlineData("0.1n", "1n")]
    [InlineData("0.1Ki", "102400m")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1025Ki", "1025Ki")]
    [InlineData("1024", "1024")]
    [InlineData("+1", "1")]
    [InlineData("-1.5", "-1500m")]
    [InlineData(".5", "500m")]
    [InlineData("5.", "5")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("8Ei", "9223372036854775807")]
    [InlineData("2.5E", "2500P")]
    [InlineData("1u", "1u")]
    public void Text_is_written_in_canonical_form(string text, string canonical)
    {
        Assert.Equal(canonical, Quantity.Parse(text).ToString());
        Assert.Equal(Quantity.Parse(text), Quantity.Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1.5.2")]
    [InlineData("1ki")]
    [InlineData("1KB")]
    [InlineData("1 Gi")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData(".")]
    public void Other_text_is_refused(string text) => Assert.False(Quantity.TryParse(text, out _));

    [Fact]
    public void Amounts_compare_by_value_and_round_up()
    {
        Assert.Equal(Quantity.Parse("1"), Quantity.Parse("1000m"));
        Assert.True(Quantity.Parse("1Gi") > Quantity.Parse("1G"));
        Assert.Equal(1, Quantity.Parse("1m").Value);
        Assert.Equal(1, Quantity.Parse("1n").MilliValue);
        Assert.Equal("1536Mi", (Quantity.Parse("1Gi") + Quantity.Parse("512Mi")).ToString());
    }

    [Theory]
    [InlineData("0", "0s")]
    [InlineData("1h2m3.5s", "1h2m3.5s")]
    [InlineData("90m", "1h30m0s")]
    [InlineData("1500ms", "1.5s")]
    [InlineData("1.5us", "1.5µs")]
    [InlineData("-2s", "-2s")]
    [InlineData("10ns", "10ns")]
    [InlineData("24h", "24h0m0s")]
    public void Duration_is_written_as_Go_does(string text, string canonical)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(canonical, duration.ToString());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1d")]
    [InlineData("")]
    [InlineData("h")]
    public void Other_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("2026-04-22T10:11:12Z", "2026-04-22T10:11:12Z")]
    [InlineData("2026-04-22T12:11:12.987+02:00", "2026-04-22T10:11:12Z")]
    [InlineData("2026-04-22T10:11:12.123456789Z", "2026-04-22T10:11:12Z")]
    public void Time_is_written_in_seconds_and_UTC(string text, string canonical)
    {
        Assert.True(Timestamp.TryParse(text, out var time));
        Assert.Equal(canonical, time.ToString());
    }

    [Fact]
    public void Micro_time_always_has_six_digits()
    {
        Assert.True(MicroTimestamp.TryParse("2026-04-22T10:11:12Z", out var time));
        Assert.Equal("2026-04-22T10:11:12.000000Z", time.ToString());
        Assert.True(MicroTimestamp.TryParse("2026-04-22T10:11:12.123456789Z", out time));
        Assert.Equal("2026-04-22T10:11:12.123456Z", time.ToString());
    }

    [Theory]
    [InlineData("2026-04-22")]
    [InlineData("2026-04-22T10:11:12")]
    [InlineData("2026-13-22T10:11:12Z")]
    public void Other_time_is_refused(string text) => Assert.False(Timestamp.TryParse(text, out _));

    [Theory]
    [InlineData("25%", 10, true, 3)]
    [InlineData("25%", 10, false, 2)]
    [InlineData("x", 10, true, null)]
    public void Percentage_is_scaled(string text, int total, bool roundUp, int? scaled)
    {
        IntOrString value = text;
        Assert.Equal(scaled, value.Scaled(total, roundUp));
    }
}
