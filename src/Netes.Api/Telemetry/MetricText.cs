using System.Buffers;
using System.Globalization;
using System.Text;

namespace Netes.Api.Telemetry;

/// <summary>Metrics as Prometheus reads them. Source: prometheus.io "Exposition formats", text 0.0.4.</summary>
internal sealed class MetricText(IBufferWriter<byte> output)
{
    private readonly StringBuilder _line = new();

    public void Head(MetricFamily family)
    {
        var help = family.Help.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        _line.Append("# HELP ").Append(family.Name).Append(' ').Append(help).Append('\n');
        _line.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n');
        Flush();
    }

    public void Sample(string name, string[] labels, in LabelValues values, double value) =>
        Sample(name, "", labels, values, value);

    public void Sample(string name, string ending, string[] labels, in LabelValues values, double value) =>
        Line(name, ending, labels, values, null, value);

    public void Bucket(string name, string[] labels, in LabelValues values, double bound, long count) =>
        Line(name, "_bucket", labels, values, Number(bound), count);

    private void Line(
        string name, string ending, string[] labels, in LabelValues values, string? bound, double value)
    {
        _line.Append(name).Append(ending);
        if (labels.Length > 0 || bound is not null)
        {
            _line.Append('{');
            for (var i = 0; i < labels.Length; i++)
            {
                Label(labels[i], values[i], i > 0);
            }

            if (bound is not null)
            {
                Label("le", bound, labels.Length > 0);
            }

            _line.Append('}');
        }

        _line.Append(' ').Append(Number(value)).Append('\n');
        Flush();
    }

    private void Label(string name, string value, bool follows)
    {
        _line.Append(follows ? "," : "").Append(name).Append("=\"");
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => _line.Append("\\\\"),
                '"' => _line.Append("\\\""),
                '\n' => _line.Append("\\n"),
                _ => _line.Append(letter),
            };
        }

        _line.Append('"');
    }

    private static string Number(double value) => double.IsPositiveInfinity(value)
        ? "+Inf"
        : value.ToString("0.#################", CultureInfo.InvariantCulture);

    private void Flush()
    {
        foreach (var chunk in _line.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, output);
        }

        _line.Clear();
    }
}
