using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Netes.Cli.Yaml;

/// <summary>Text that is not YAML, or not the YAML that is read here; says where.</summary>
internal sealed class YamlProblem(string message) : Exception(message);

/// <summary>
/// Reads one YAML document into a tree, with the types of YAML 1.2's core schema. Limits: nesting of 64, 100,000 values
/// (aliases count as often as they are used), no key twice.
/// </summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 64, MostValues = 100_000;
    private readonly IParser parser;
    private readonly Dictionary<string, JsonNode?> anchors = [];
    private int values;

    private YamlReader(string text) => parser = new Parser(new StringReader(text));

    /// <summary>Null for an empty document; further documents are refused.</summary>
    public static JsonNode? Read(string text)
    {
        try
        {
            return new YamlReader(text).ReadStream();
        }
        catch (YamlException error)
        {
            throw new YamlProblem($"line {error.Start.Line}: {error.Message}");
        }
        catch (InvalidOperationException error)
        {
            // The parser's own slip on malformed flow collections.
            throw new YamlProblem(error.Message);
        }
    }

    private JsonNode? ReadStream()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadValue(0);
        parser.Consume<DocumentEnd>();
        return parser.Accept<StreamEnd>(out _) ? root : throw Problem("only one document is expected");
    }

    private JsonNode? ReadValue(int depth)
    {
        if (depth > DeepestNesting || ++values > MostValues)
        {
            throw Problem("nested too deeply, or too large");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            var copy = anchors.TryGetValue(alias.Value.Value, out var target)
                ? target?.DeepClone()
                : throw Problem($"unknown alias *{alias.Value.Value}");
            values += Count(copy);
            return copy;
        }

        var start = parser.Current as NodeEvent ?? throw Problem("a value is expected");
        JsonNode? value = start switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor.Value] = value;
        }

        return value;
    }

    private JsonArray ReadSequence(int depth)
    {
        var array = new JsonArray();
        parser.Consume<SequenceStart>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            array.Add(ReadValue(depth + 1));
        }

        return array;
    }

    private JsonObject ReadMapping(int depth)
    {
        var mapping = new JsonObject();
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.TryConsume<Scalar>(out var scalar)
                ? scalar.Value : throw Problem("a key must be plain text");
            if (!mapping.TryAdd(key, ReadValue(depth + 1)))
            {
                throw Problem($"the key \"{key}\" is there twice");
            }
        }

        return mapping;
    }

    private JsonNode? ReadScalar(Scalar scalar)
    {
        parser.MoveNext();
        if (scalar.Style is not ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str")
        {
            return JsonValue.Create(scalar.Value);
        }

        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            var text when long.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                => JsonValue.Create(whole),
            var text when YamlWriter.LooksNumeric(text)
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                => JsonValue.Create(number),
            var text => JsonValue.Create(text),
        };
    }

    private YamlProblem Problem(string message) => new($"line {parser.Current?.Start.Line ?? 0}: {message}");

    private static int Count(JsonNode? node) => node switch
    {
        JsonObject mapping => 1 + mapping.Sum(each => Count(each.Value)),
        JsonArray array => 1 + array.Sum(Count),
        _ => 1,
    };
}
