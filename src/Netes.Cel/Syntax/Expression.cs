namespace Netes.Cel;

/// <summary>A node of the syntax tree; its position is the offset that an error about it points to.
/// Source: cel-spec proto/cel/expr/syntax.proto.</summary>
internal abstract class Expression(int position)
{
    public int Position { get; } = position;

    /// <summary>The checker's finding.</summary>
    public CelType Type { get; set; } = CelType.Dyn;
}

internal sealed class Constant(int position, CelValue value) : Expression(position)
{
    public CelValue Value { get; } = value;
}

internal sealed class Identifier(int position, string name) : Expression(position)
{
    public string Name { get; } = name;

    /// <summary>A variable of the environment or of a macro; a type's name has its value here instead.</summary>
    public CelValue? Resolved { get; set; }
}

internal sealed class Select(int position, Expression operand, string field) : Expression(position)
{
    public Expression Operand { get; } = operand;

    public string Field { get; } = field;

    /// <summary><c>has(a.b)</c>.</summary>
    public bool IsTest { get; init; }

    /// <summary><c>a.?b</c>.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Where the whole chain names one variable: it.</summary>
    public Identifier? Qualified { get; set; }
}

internal sealed class Call(int position, string function, Expression? target, IReadOnlyList<Expression> arguments)
    : Expression(position)
{
    /// <summary>As the checker resolves it: a namespace's name may have become part of it.</summary>
    public string Function { get; set; } = function;

    public Expression? Target { get; set; } = target;

    public IReadOnlyList<Expression> Arguments { get; } = arguments;

    /// <summary>What may be called; the values decide which.</summary>
    public IReadOnlyList<Overload> Overloads { get; set; } = [];
}

internal sealed class ListLiteral(int position, IReadOnlyList<(Expression Value, bool IsOptional)> elements)
    : Expression(position)
{
    public IReadOnlyList<(Expression Value, bool IsOptional)> Elements { get; } = elements;
}

internal sealed record MapEntry(Expression Key, Expression Value, bool IsOptional, int Position);

internal sealed class MapLiteral(int position, IReadOnlyList<MapEntry> entries) : Expression(position)
{
    public IReadOnlyList<MapEntry> Entries { get; } = entries;
}

internal sealed record FieldEntry(string Field, Expression Value, bool IsOptional, int Position);

internal sealed class ObjectLiteral(int position, string typeName, IReadOnlyList<FieldEntry> fields)
    : Expression(position)
{
    public string TypeName { get; } = typeName;

    public IReadOnlyList<FieldEntry> Fields { get; } = fields;
}

/// <summary>What all macros that walk a list or map become.</summary>
internal sealed class Comprehension(int position) : Expression(position)
{
    public const string Accumulator = "@result";

    public required Expression Range { get; init; }

    /// <summary>The element, or a map's key; with a second variable the index, or the key.</summary>
    public required string Variable { get; init; }

    public string? SecondVariable { get; init; }

    public string Accumulated { get; init; } = Accumulator;

    public required Expression Start { get; init; }

    public required Expression Condition { get; init; }

    public required Expression Step { get; init; }

    public required Expression Result { get; init; }
}
