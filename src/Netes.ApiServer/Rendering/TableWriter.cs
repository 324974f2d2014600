using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Rendering;

/// <summary>
/// Objects as the rows of a table, as kubectl prints them.
/// Source: KEP-555; apiserver pkg/endpoints/handlers/response.go, asTable.
/// </summary>
/// <param name="resource">Whose objects.</param>
/// <param name="includeObject">What stands beside the cells: None, Metadata or Object.</param>
/// <param name="version">v1 or v1beta1.</param>
/// <param name="now">Ages are told as of then.</param>
internal sealed class TableWriter(
    ServedResource resource, string includeObject, string version, Func<DateTimeOffset> now)
{
    private bool _wroteColumns;

    /// <summary>A table of these rows. Columns are described in each one but, in a watch, only in the first.</summary>
    public void WriteTable(
        IEnumerable<CacheEntry> entries, ListMeta metadata, IBufferWriter<byte> output, bool isWatch = false)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("kind", "Table");
        writer.WriteString("apiVersion", $"meta.k8s.io/{version}");
        writer.WritePropertyName("metadata");
        metadata.WriteJson(writer);
        writer.WritePropertyName("columnDefinitions");
        writer.WriteStartArray();
        foreach (var column in isWatch && _wroteColumns ? [] : resource.Strategy.Columns)
        {
            column.WriteJson(writer);
        }

        _wroteColumns = true;
        writer.WriteEndArray();
        writer.WritePropertyName("rows");
        writer.WriteStartArray();
        var time = now();
        foreach (var entry in entries)
        {
            WriteRow(writer, entry, time);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteRow(Utf8JsonWriter writer, CacheEntry entry, DateTimeOffset time)
    {
        var record = resource.Record(entry);
        writer.WriteStartObject();
        writer.WritePropertyName("cells");
        writer.WriteStartArray();
        foreach (var cell in resource.Strategy.Cells(record, time))
        {
            WriteCell(writer, cell);
        }

        writer.WriteEndArray();
        WriteConditions(writer, resource.Strategy.RowConditions(record));
        switch (includeObject)
        {
            case IncludeObjectPolicy.None:
                break;
            case IncludeObjectPolicy.Object:
                writer.WritePropertyName("object");
                writer.WriteRawValue(resource.Strategy.EncodeJson(record), skipInputValidation: true);
                break;
            default:
                writer.WritePropertyName("object");
                MetadataWriter.Write(record.Metadata, version, writer);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteConditions(Utf8JsonWriter writer, IReadOnlyList<TableRowCondition> conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        writer.WritePropertyName("conditions");
        writer.WriteStartArray();
        foreach (var condition in conditions)
        {
            condition.WriteJson(writer);
        }

        writer.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(cell, CultureInfo.InvariantCulture));
                break;
        }
    }
}
