namespace Netes.Api;

/// <summary>
/// A column of the table that <c>kubectl get</c> shows. Source: pkg/printers/internalversion/printers.go.
/// </summary>
/// <param name="Name">The heading.</param>
/// <param name="Value">The cell of an object at a time: a text, a long, a bool, or null.</param>
/// <param name="Type">OpenAPI type: string, integer, number, boolean, date.</param>
/// <param name="Priority">0: always shown; 1: with <c>-o wide</c>.</param>
/// <param name="Description">What the column says.</param>
public sealed record Column<T>(
    string Name,
    Func<T, DateTimeOffset, object?> Value,
    string Type = "string",
    int Priority = 0,
    string Description = "",
    string Format = "");
