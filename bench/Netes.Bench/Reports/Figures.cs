using System.Text.Json;

namespace Netes.Bench.Reports;

/// <summary>Figures of one run by name, as they are committed.</summary>
/// <param name="About">Where they come from, for the reader.</param>
/// <param name="Values">By the names of <see cref="Measures"/>.</param>
internal sealed record Figures(string About, IReadOnlyDictionary<string, double> Values)
{
    public static Figures None { get; } = new("", new Dictionary<string, double>());

    public double? Of(string name) => Values.TryGetValue(name, out double value) ? value : null;

    /// <summary>No file: no figures.</summary>
    public static Figures Read(string path)
    {
        if (!File.Exists(path))
        {
            return None;
        }

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        Dictionary<string, double> values = json.RootElement.GetProperty("figures").EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value.GetDouble());
        return new Figures(json.RootElement.GetProperty("about").GetString()!, values);
    }

    /// <summary>What was not measured this time stays as it was.</summary>
    public void WriteOver(string path)
    {
        Figures last = Read(path);
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("about", About);
        writer.WriteStartObject("figures");
        foreach (Measure measure in Measures.All)
        {
            if ((Of(measure.Name) ?? last.Of(measure.Name)) is { } value)
            {
                writer.WriteNumber(measure.Name, Rounded(value));
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Three digits: more would be noise.</summary>
    public static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return 0;
        }

        int digits = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        double scale = Math.Pow(10, Math.Abs(digits));
        return digits >= 0 ? Math.Round(value * scale) / scale : Math.Round(value / scale) * scale;
    }
}
