using static Netes.Api.Columns<Netes.Api.Core.Secret>;

namespace Netes.Api.Core;

/// <summary>What <c>kubectl get</c> shows. Source: printSecret of pkg/printers/internalversion/printers.go.</summary>
internal static class SecretColumns
{
    public static ValueList<Column<Secret>> All { get; } =
    [
        Name,
        Text("Type", static item => item.Type, "What the secret is for."),
        Count("Data", static item => item.Data.Count, "How many values it holds."),
        Age,
    ];
}
