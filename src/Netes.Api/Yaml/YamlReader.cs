using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Netes.Api;

/// <summary>
/// YAML documents as JSON trees. Limits: nesting as deep as JSON may be, and <see cref="MaxNodes"/> values, an alias
/// counting as many as it stands for, so that a few lines cannot become gigabytes.
/// </summary>
internal sealed class YamlReader
{
    public const int MaxNodes = 1_000_000;

    private readonly Parser _parser;
    private readonly bool _strict;
    private readonly Dictionary<AnchorName, (JsonTree? Value, int Nodes)> _anchors = [];
    private int _nodes;

    private YamlReader(TextReader text, bool strict) => (_parser, _strict) = (new Parser(text), strict);

    /// <exception cref="FormatException">The text is no YAML; says where.</exception>
    public static List<(JsonTree? Value, long Line)> Read(string text, YamlOptions options)
    {
        try
        {
            return new YamlReader(new StringReader(text), options.RefuseDuplicates).Documents(options.FirstOnly);
        }
        catch (YamlException error)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"yaml: line {error.Start.Line}: {error.Message}"));
        }
        catch (InvalidOperationException error)
        {
            // The parser's own slip on malformed flow collections.
            throw new FormatException($"yaml: {error.Message}");
        }
    }

    private List<(JsonTree? Value, long Line)> Documents(bool firstOnly)
    {
        var documents = new List<(JsonTree?, long)>();
        _parser.Consume<StreamStart>();
        while (!_parser.Accept<StreamEnd>(out _) && !(firstOnly && documents.Count > 0))
        {
            var start = _parser.Consume<DocumentStart>();
            _anchors.Clear();
            var value = Value(0);
            _parser.Consume<DocumentEnd>();
            documents.Add((value, start.Start.Line));
        }

        return documents;
    }

    private JsonTree? Value(int depth)
    {
        var current = _parser.Current!;
        if (depth > JsonCodec.MaxDepth)
        {
            throw At(current, "exceeded max depth");
        }

        Count(1, current);
        var before = _nodes;
        switch (current)
        {
            case AnchorAlias alias:
                _parser.MoveNext();
                if (!_anchors.TryGetValue(alias.Value, out var known))
                {
                    throw At(alias, $"unknown anchor '{alias.Value.Value}' referenced");
                }

                Count(known.Nodes, alias);
                return known.Value;
            case Scalar scalar:
                _parser.MoveNext();
                return Remember(scalar, ScalarValue(scalar), before);
            case SequenceStart sequence:
                _parser.MoveNext();
                var list = new TreeList();
                while (!_parser.Accept<SequenceEnd>(out _))
                {
                    list.Items.Add(Value(depth + 1));
                }

                _parser.MoveNext();
                return Remember(sequence, list, before);
            case MappingStart mapping:
                _parser.MoveNext();
                return Remember(mapping, Map(depth), before);
            default:
                throw At(current, "did not find expected node content");
        }
    }

    private TreeMap Map(int depth)
    {
        var map = new TreeMap();
        var merged = new List<JsonTree?>();
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var at = _parser.Current!;
            var isMerge = at is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            var key = isMerge ? "<<" : Key(at, depth);
            if (isMerge)
            {
                _parser.MoveNext();
                merged.Add(Value(depth + 1));
                continue;
            }

            if (_strict && map.Members.ContainsKey(key))
            {
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"yaml: unmarshal errors:\n  line {at.Start.Line}: key {FieldError.Quote(key)} already set in map"));
            }

            map.Members[key] = Value(depth + 1);
        }

        _parser.MoveNext();
        foreach (var source in merged)
        {
            MergeInto(map, source);
        }

        return map;
    }

    /// <summary>Merge keys give what the map itself has not; of a list of maps the first one wins.</summary>
    private void MergeInto(TreeMap map, JsonTree? source)
    {
        foreach (var part in source is TreeList list ? list.Items : [source])
        {
            if (part is not TreeMap members)
            {
                throw new FormatException("yaml: map merge requires map or sequence of maps as the value");
            }

            foreach (var (name, value) in members.Members)
            {
                map.Members.TryAdd(name, value);
            }
        }
    }

    private string Key(ParsingEvent at, int depth) => Value(depth + 1) switch
    {
        TreeText text => text.Value,
        TreeNumber number => number.Text,
        TreeBool flag => flag.ToString(),
        null => "null",
        _ => throw At(at, "invalid map key"),
    };

    private static JsonTree? ScalarValue(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        return tag switch
        {
            "tag:yaml.org,2002:str" or "!" => new TreeText(scalar.Value),
            "tag:yaml.org,2002:binary" => new TreeText(
                System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value))),
            "" when scalar.Style != ScalarStyle.Plain => new TreeText(scalar.Value),
            _ => YamlScalars.Resolve(scalar.Value),
        };
    }

    private JsonTree? Remember(NodeEvent node, JsonTree? value, int before)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = (value, _nodes - before + 1);
        }

        return value;
    }

    private void Count(int nodes, ParsingEvent at)
    {
        _nodes += nodes;
        if (_nodes is > MaxNodes or < 0)
        {
            throw At(at, "document contains excessive aliasing");
        }
    }

    private static FormatException At(ParsingEvent at, string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"yaml: line {at.Start.Line}: {message}"));
}

/// <summary>How YAML is read.</summary>
/// <param name="FirstOnly">Documents after the first are not looked at.</param>
/// <param name="RefuseDuplicates">A key that stands twice in a map is an error; else the last one wins.</param>
internal readonly record struct YamlOptions(bool FirstOnly, bool RefuseDuplicates);
