using System.Text;
using Netes.Api;
using Netes.Tests.Api.Codecs;

namespace Netes.Tests.Api.Machinery;

/// <summary>Goal: no input makes a rule throw. Method: every kind empty, and with every field set.</summary>
public sealed class EveryKindTests
{
    public static TheoryData<string> Kinds { get; } =
        [.. Resources.Known.Select(definition => definition.QualifiedName).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rules_take_any_object(string kind)
    {
        foreach (var definition in Resources.Known.Where(definition => definition.QualifiedName == kind))
        {
            definition.Accept(new RunsAllRules());
        }
    }

    private sealed class RunsAllRules : IResourceVisitor<bool>
    {
        public bool Visit<T>(ResourceDefinition<T> definition)
            where T : class, IResource<T>
        {
            var filled =
                JsonCodec.Decode<T>(Encoding.UTF8.GetBytes(SchemaFiller.Fill(T.WireSchema).ToJsonString())).Value!;
            Run(definition, T.Empty, T.Empty);
            Run(definition, filled, T.Empty);
            Run(definition, T.Empty, filled);
            Run(definition, filled, filled);
            return true;
        }

        private static void Run<T>(ResourceDefinition<T> definition, T next, T old)
            where T : class, IResource<T>
        {
            next = definition.Default?.Invoke(next) ?? next;
            var created = definition.PrepareCreate?.Invoke(next) ?? next;
            Assert.NotNull(definition.CheckCreate(created));
            Assert.NotNull(definition.CheckUpdate(definition.PrepareUpdate?.Invoke(next, old) ?? next, old));
            Assert.NotNull(
                definition.CheckStatusUpdate(definition.PrepareStatusUpdate?.Invoke(next, old) ?? next, old));
            Assert.NotNull(definition.Warnings?.Invoke(next).ToList() ?? []);
            Assert.All(definition.Fields, field => Assert.NotNull(field.Value(next)));
            Assert.All(definition.PrintedColumns, column => column.Value(next, Rules.Now));
            definition.RowConditions?.Invoke(next);

            // Defaults stay what they are.
            Assert.Equal(next, definition.Default?.Invoke(next) ?? next);
        }
    }
}
