using System.Text;
using System.Text.Json;
using Netes.ApiServer.FieldManagement;

namespace Netes.Tests.ApiServer.FieldManagement;

/// <summary>Where values end is what a full reader of JSON says, for random JSON with texts of all kinds.</summary>
public sealed class JsonSpansTests
{
    [Fact]
    public void Ends_of_random_values_are_those_that_a_reader_finds()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var json = Encoding.UTF8.GetBytes($"[{Any(random, 5)},{Any(random, 3)}]");
            var reader = new Utf8JsonReader(json);
            reader.Read();
            Assert.Equal(json.Length, JsonSpans.ValueEnd(json, 0));
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                Assert.Equal((int)reader.BytesConsumed, JsonSpans.ValueEnd(json, start));
            }
        }
    }

    private static string Any(Random random, int depth) => random.Next(depth == 0 ? 3 : 6) switch
    {
        0 => Text(random),
        1 => random.Next().ToString(),
        2 => "null",
        3 => $"[{string.Join(',', Parts(random, depth))}]",
        _ => "{" + string.Join(',', Parts(random, depth).Select(part => Text(random) + ":" + part)) + "}",
    };

    private static IEnumerable<string> Parts(Random random, int depth) =>
        Enumerable.Range(0, random.Next(5)).Select(_ => Any(random, depth - 1)).ToList();

    private static string Text(Random random)
    {
        var text = new StringBuilder("\"");
        for (var length = random.Next(random.Next(90) + 1); length > 0; length--)
        {
            text.Append(random.Next(12) switch { 0 => "\\\"", 1 => "\\\\", 2 => "{", 3 => "]", 4 => ",", _ => "a" });
        }

        return text.Append('"').ToString();
    }
}
