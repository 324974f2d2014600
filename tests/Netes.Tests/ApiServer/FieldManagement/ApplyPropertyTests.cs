using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.FieldManagement;
using Netes.ApiServer.Registry;

namespace Netes.Tests.ApiServer.FieldManagement;

/// <summary>What must hold of applying and tracking, whatever the objects: random pods from seeds.</summary>
public sealed class ApplyPropertyTests
{
    private const int Seeds = 400;

    private static readonly ServedResource Pods = Resource();

    [Fact]
    public void Applying_the_same_twice_changes_nothing_the_second_time()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var first = Apply("a", Any(random), Empty(), []);
            var config = Any(random);
            var once = Apply("a", config, first.Value, first.Entries);
            var twice = Apply("a", config, once.Value, once.Entries);
            Assert.Empty(twice.Conflicts);
            Assert.Equal(Text(once.Value), Text(twice.Value));
            Assert.Equal(once.Entries, twice.Entries);
        }
    }

    [Fact]
    public void Force_moves_what_differs_and_shares_what_is_equal()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var first = Apply("a", Any(random), Empty(), []);
            var config = Any(random);
            var asked = Apply("b", config, first.Value, first.Entries);
            var forced = Apply("b", config, first.Value, first.Entries, force: true);
            var (before, after) = (SetOf(first, "a"), SetOf(forced, "a"));
            var own = SetOf(forced, "b");

            // What was asked about is exactly what is taken.
            var taken = FieldPaths.Of(Bytes(Make(FieldSets.Difference, before, after)));
            Assert.Equal(taken, asked.Conflicts.Select(static conflict => conflict.Path));
            Assert.Equal("{}", Make(FieldSets.Difference, Make(FieldSets.Difference, before, after), own));
            Assert.Equal(own, SetOf(Apply("b", config, Empty(), []), "b"));
        }
    }

    [Fact]
    public void What_is_applied_alone_and_then_no_more_is_gone()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var (mine, theirs) = (Any(random), Any(random));
            var alone = Apply("b", theirs, Empty(), []);
            var both = Apply("a", mine, alone.Value, alone.Entries, force: true);
            var left = Apply("a", (TreeMap)Tree(Head + "}"), both.Value, both.Entries);
            Assert.DoesNotContain(left.Entries, static entry => entry.Manager == "a");

            // Nothing is left but what the other one holds, or had when it was taken from him.
            var kept = Make(FieldSets.Union, Named(alone.Value), Named(Empty()));
            var rest = Make(FieldSets.Difference, Named(left.Value), kept);
            Assert.True(rest == "{}", $"seed {seed}: {rest} of {Text(both.Value)}");
        }
    }

    [Fact]
    public void Updates_give_each_field_one_owner_and_leave_none_on_what_is_gone()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var (scratch, entries, old) = (new FieldScratch(), (ValueList<ManagedFieldsEntry>)[], Text(Empty()));
            for (var step = 0; step < 6; step++)
            {
                var next = Text(Any(random));
                FieldComparison.Compare(Pods.Strategy.Fields, Bytes(old), Bytes(next), default, scratch);
                entries = ManagedEntries.AfterUpdate(entries, Tracking($"m{step % 3}"), scratch);
                entries = [.. entries.Select(static entry =>
                    entry with { FieldsV1 = new(entry.FieldsV1!.Utf8.ToArray()) })];
                var all = "{}";
                foreach (var entry in entries)
                {
                    var set = entry.FieldsV1!.ToString();
                    Assert.Equal("{}", Make(FieldSets.Intersection, all, set));
                    all = Make(FieldSets.Union, all, set);
                }

                FieldComparison.Compare(Pods.Strategy.Fields, Bytes(Text(Empty())), Bytes(next), default, scratch);
                Assert.Equal(Encoding.UTF8.GetString(scratch.Changed.Finish()), all);
                Assert.True(FieldsNormalizer.TryNormalize(entries, out var normal));
                Assert.Equal(entries, normal);
                old = next;
            }
        }
    }

    private const string Head = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}""";

    private static TreeMap Any(Random random)
    {
        var containers = Some(random, ["a", "b", "c"], name =>
            $$$"""{"name":"{{{name}}}","image":"i{{{random.Next(2)}}}"{{{Variables(random)}}}{{{Ports(random)}}}}""");
        if (containers.Count == 0)
        {
            containers.Add("""{"name":"d"}""");
        }

        var labels = string.Join(',', ((string[])["k", "l"]).Where(_ => random.Next(2) == 0)
            .Select(name => $"\"{name}\":\"{random.Next(2)}\""));
        labels = labels.Length == 0 ? "" : $$$""","labels":{{{{labels}}}}""";
        var finalizers = Part(random, "finalizers", Some(random, ["x.io/f", "x.io/g"], static name => $"\"{name}\""));
        var metadata = $$$"""{"name":"p"{{{labels}}}{{{finalizers}}}}""";
        var spec = $$"""{"hostname":"h{{random.Next(2)}}","containers":[{{string.Join(',', containers)}}]}""";
        return (TreeMap)Tree($$"""{"apiVersion":"v1","kind":"Pod","metadata":{{metadata}},"spec":{{spec}}}""");
    }

    private static string Variables(Random random) => Part(random, "env", Some(random, ["X", "Y", "Z"], name =>
        $$"""{"name":"{{name}}","value":"{{random.Next(2)}}"}"""));

    private static string Ports(Random random) => Part(random, "ports", Some(random, ["80", "443", "8080"], port =>
        $$"""{"containerPort":{{port}},"protocol":"TCP"}"""));

    private static string Part(Random random, string name, List<string> items) =>
        items.Count == 0 || random.Next(3) == 0 ? "" : $",\"{name}\":[{string.Join(',', items)}]";

    private static List<string> Some(Random random, string[] names, Func<string, string> make)
    {
        var chosen = names.Where(_ => random.Next(2) == 0).ToArray();
        random.Shuffle(chosen);
        return [.. chosen.Select(make)];
    }

    private static FieldApply.Outcome Apply(
        string manager, TreeMap config, TreeMap live, ValueList<ManagedFieldsEntry> entries, bool force = false) =>
        Stored(new FieldApply(Tracking(manager), Pods.Strategy.Fields, config).Run(live, entries, force));

    // What comes of applying goes through the record, as in the server.
    private static FieldApply.Outcome Stored(FieldApply.Outcome outcome)
    {
        var pod = Pods.Strategy.DecodeJson(JsonTree.Encode(outcome.Value)).Value!;
        return outcome with { Value = (TreeMap)JsonTree.Open(Pods.Strategy.EncodeJson(pod))! };
    }

    private static FieldTracking Tracking(string manager) => new(Pods, manager, "", new Timestamp(1_700_000_000));

    private static TreeMap Empty() => (TreeMap)JsonTree.Open(Pods.Strategy.EmptyJson)!;

    private static string SetOf(FieldApply.Outcome outcome, string manager) =>
        outcome.Entries.FirstOrDefault(entry => entry.Manager == manager)?.FieldsV1!.ToString() ?? "{}";

    private static string Named(TreeMap tree)
    {
        var output = new FieldsWriter();
        FieldComparison.Collect(Pods.Strategy.Fields, JsonTree.Encode(tree), default, new FieldItems(), output);
        return Encoding.UTF8.GetString(output.Finish());
    }

    private delegate void Operation(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, FieldsWriter output);

    private static string Make(Operation operation, string left, string right)
    {
        var output = new FieldsWriter();
        operation(Bytes(left), Bytes(right), output);
        return Encoding.UTF8.GetString(output.Finish());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(JsonTree tree) => Encoding.UTF8.GetString(JsonTree.Encode(tree));

    private static JsonTree Tree(string json)
    {
        Assert.True(JsonTree.TryParse(Bytes(json), out var tree, out var error), error + " " + json);
        return tree!;
    }

    private static ServedResource Resource()
    {
        var strategy = Pod.Resource.Accept(new StrategyVisitor());
        return new(strategy, new(strategy, 1 << 20), null);
    }
}
