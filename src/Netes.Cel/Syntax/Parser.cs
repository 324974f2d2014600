namespace Netes.Cel;

/// <summary>Tokens to a syntax tree, macros unexpanded. Stops at the first error of syntax.
/// Source: cel-spec doc/langdef.md, "Syntax"; cel-go parser/gen/CEL.g4, whose ANTLR words the errors have.</summary>
internal sealed class Parser
{
    // cel-go: maxRecursionDepth, expressionSizeCodePointLimit.
    private const int MostNesting = 250, MostCodePoints = 100_000;

    // A chain such as a + b + c nests to the left in the tree, and evaluation recurses into it.
    private const int MostChained = 1000;

    private const string AnyStart = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly HashSet<string> _reserved =
    [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
        "package", "namespace", "null", "return", "true", "var", "void", "while",
    ];

    private readonly Source _source;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private Parser(Source source, List<Token> tokens)
    {
        _source = source;
        _tokens = tokens;
    }

    private Token Current => _tokens[_at];

    public static Expression? Parse(Source source)
    {
        var size = Text.CodePoints(source.Text);
        if (size > MostCodePoints)
        {
            source.Report(0, $"expression code point size exceeds limit: size: {size}, limit {MostCodePoints}");
            return null;
        }

        var tokens = new Lexer(source).Read();
        var parser = new Parser(source, tokens);
        try
        {
            var expression = parser.ParseExpression();
            if (parser.Current.Kind != TokenKind.End)
            {
                var one = parser._at + 2 == tokens.Count;
                throw parser.Unexpected(one ? "extraneous" : "mismatched", "<EOF>");
            }

            return source.HasIssues ? null : expression;
        }
        catch (SyntaxException error)
        {
            source.Report(error.Position, error.Message);
            return null;
        }
    }

    private Expression ParseExpression()
    {
        if (++_depth > MostNesting)
        {
            throw new SyntaxException(0, $"expression recursion limit exceeded: {MostNesting}");
        }

        var condition = ParseBinary(1);
        if (Is("?"))
        {
            var position = Take().Position;
            var yes = ParseBinary(1);
            Expect(":");
            condition = new Call(position, Operators.Conditional, null, [condition, yes, ParseExpression()]);
        }

        _depth--;
        return condition;
    }

    private Expression ParseBinary(int strength)
    {
        var left = ParseUnary();
        for (var chained = 0; Operator() is var (function, binds) && binds >= strength; chained++)
        {
            if (chained == MostChained)
            {
                throw new SyntaxException(0, $"expression recursion limit exceeded: {MostChained}");
            }

            var position = Take().Position;
            if (binds <= 2)
            {
                left = ParseLogical(left, function, binds, position);
                continue;
            }

            left = new Call(position, function, null, [left, ParseBinary(binds + 1)]);
        }

        return left;
    }

    // Long chains of && and || become balanced trees, as cel-go's: they are as deep as their logarithm.
    private Expression ParseLogical(Expression first, string function, int strength, int position)
    {
        var terms = new List<Expression> { first, ParseBinary(strength + 1) };
        var positions = new List<int> { position };
        while (Operator() is var (next, _) && next == function)
        {
            positions.Add(Take().Position);
            terms.Add(ParseBinary(strength + 1));
        }

        return Balanced(0, positions.Count - 1);

        Expression Balanced(int low, int high)
        {
            var middle = (low + high + 1) / 2;
            var left = middle == low ? terms[middle] : Balanced(low, middle - 1);
            var right = middle == high ? terms[middle + 1] : Balanced(middle + 1, high);
            return new Call(positions[middle], function, null, [left, right]);
        }
    }

    private (string Function, int Strength)? Operator() =>
        (Current.Kind == TokenKind.Symbol || Current is { Kind: TokenKind.Identifier, Text: "in" })
        && Operators.Binary.TryGetValue(Current.Text, out var found) ? found : null;

    private Expression ParseUnary()
    {
        var symbol = Current.Kind == TokenKind.Symbol ? Current.Text : "";
        if (symbol is not ("!" or "-"))
        {
            return ParseMember();
        }

        var position = Current.Position;
        var count = 0;
        while (Is(symbol) && !(symbol == "-" && IsNumber(_tokens[_at + 1]) && count == 0))
        {
            _at++;
            count++;
        }

        // Two of them say nothing.
        var operand = ParseMember();
        return count % 2 == 0 ? operand
            : new Call(position, symbol == "!" ? Operators.Not : Operators.Negate, null, [operand]);
    }

    private static bool IsNumber(Token token) => token.Kind is TokenKind.Int or TokenKind.Double;

    private Expression ParseMember()
    {
        var operand = ParsePrimary();
        for (var chained = 0; ; chained++)
        {
            if (chained == MostChained)
            {
                throw new SyntaxException(0, $"expression recursion limit exceeded: {MostChained}");
            }

            if (Is("."))
            {
                operand = ParseSelection(operand);
            }
            else if (Is("["))
            {
                var position = Take().Position;
                var isOptional = TakeIf("?");
                var index = ParseExpression();
                Expect("]");
                operand = new Call(position, isOptional ? Operators.OptionalIndex : Operators.Index, null,
                    [operand, index]);
            }
            else
            {
                return operand;
            }
        }
    }

    private Expression ParseSelection(Expression operand)
    {
        var dot = Take().Position;
        var isOptional = TakeIf("?");
        var name = ExpectIdentifier();
        if (Is("{") && !isOptional && Chain(operand) is { } chain)
        {
            return ParseObject(chain + "." + name.Text);
        }

        if (isOptional || !Is("("))
        {
            return new Select(dot, operand, name.Text) { IsOptional = isOptional };
        }

        var position = Take().Position;
        return new Call(position, name.Text, operand, ParseList(")"));
    }

    private static string? Chain(Expression expression) => expression switch
    {
        Identifier identifier => identifier.Name,
        Select { IsOptional: false } select => Chain(select.Operand) is { } before ? before + "." + select.Field : null,
        _ => null,
    };

    private Expression ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.String:
                _at++;
                return new Constant(token.Position, CelValue.Of((string)token.Value!));
            case TokenKind.Bytes:
                _at++;
                return new Constant(token.Position, new CelBytes((byte[])token.Value!));
            case TokenKind.Int or TokenKind.Uint or TokenKind.Double:
                return ParseNumber(isNegative: false);
            case TokenKind.Identifier:
                return ParseName("");
            case TokenKind.Symbol when token.Text == "-" && IsNumber(_tokens[_at + 1]):
                _at++;
                return ParseNumber(isNegative: true);
            case TokenKind.Symbol when token.Text == ".":
                _at++;
                return ParseName(".");
            case TokenKind.Symbol when token.Text == "(":
                _at++;
                var inner = ParseExpression();
                Expect(")");
                return inner;
            case TokenKind.Symbol when token.Text == "[":
                _at++;
                return ParseListLiteral(token.Position);
            case TokenKind.Symbol when token.Text == "{":
                _at++;
                return ParseMapLiteral(token.Position);
            default:
                throw Unexpected("mismatched", AnyStart);
        }
    }

    private Constant ParseNumber(bool isNegative)
    {
        var token = Take();
        var position = isNegative ? token.Position - 1 : token.Position;
        var most = (ulong)long.MaxValue + (isNegative ? 1u : 0u);
        return token switch
        {
            { Kind: TokenKind.Double, Value: double value } => double.IsInfinity(value)
                ? throw new SyntaxException(token.Position, "invalid double literal")
                : new Constant(position, CelValue.Of(isNegative ? -value : value)),
            { Kind: TokenKind.Uint, Value: ulong value } => new Constant(position, new CelUint(value)),
            { Kind: TokenKind.Uint } => throw new SyntaxException(token.Position, "invalid uint literal"),
            { Value: ulong value } when value <= most =>
                new Constant(position, CelValue.Of(unchecked(isNegative ? -(long)value : (long)value))),
            _ => throw new SyntaxException(token.Position, "invalid int literal"),
        };
    }

    private Expression ParseName(string dot)
    {
        var token = ExpectToken(TokenKind.Identifier, "IDENTIFIER");
        if (dot.Length == 0 && token.Text is "true" or "false" or "null")
        {
            return new Constant(token.Position, token.Text == "null" ? CelValue.Null
                : CelValue.Of(token.Text == "true"));
        }

        if (_reserved.Contains(token.Text))
        {
            throw token.Text == "in"
                ? new SyntaxException(token.Position, $"Syntax error: mismatched input 'in' expecting {AnyStart}")
                : new SyntaxException(token.Position, $"reserved identifier: {token.Text}");
        }

        if (Is("("))
        {
            return new Call(Take().Position, dot + token.Text, null, ParseList(")"));
        }

        return Is("{") ? ParseObject(token.Text) : new Identifier(token.Position, dot + token.Text);
    }

    private List<Expression> ParseList(string end)
    {
        var elements = new List<Expression>();
        while (!Is(end))
        {
            elements.Add(ParseExpression());
            if (!TakeIf(","))
            {
                break;
            }

            if (Is(end) && end == ")")
            {
                throw Unexpected("mismatched", AnyStart);
            }
        }

        Expect(end);
        return elements;
    }

    private ListLiteral ParseListLiteral(int position)
    {
        var elements = new List<(Expression, bool)>();
        while (!Is("]"))
        {
            var isOptional = TakeIf("?");
            elements.Add((ParseExpression(), isOptional));
            if (!TakeIf(","))
            {
                break;
            }
        }

        Expect("]");
        return new ListLiteral(position, elements);
    }

    private MapLiteral ParseMapLiteral(int position)
    {
        var entries = new List<MapEntry>();
        while (!Is("}"))
        {
            var isOptional = TakeIf("?");
            var key = ParseExpression();
            var colon = Expect(":").Position;
            entries.Add(new MapEntry(key, ParseExpression(), isOptional, colon));
            if (!TakeIf(","))
            {
                break;
            }
        }

        Expect("}");
        return new MapLiteral(position, entries);
    }

    private ObjectLiteral ParseObject(string typeName)
    {
        var position = Expect("{").Position;
        var fields = new List<FieldEntry>();
        while (!Is("}"))
        {
            var isOptional = TakeIf("?");
            var name = ExpectIdentifier();
            var colon = Expect(":").Position;
            fields.Add(new FieldEntry(name.Text, ParseExpression(), isOptional, colon));
            if (!TakeIf(","))
            {
                break;
            }
        }

        Expect("}");
        return new ObjectLiteral(position, typeName, fields);
    }

    private Token Take() => _tokens[_at++];

    private bool Is(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    private bool TakeIf(string symbol)
    {
        var found = Is(symbol);
        _at += found ? 1 : 0;
        return found;
    }

    private Token Expect(string symbol) => Is(symbol) ? Take() : throw Unexpected("mismatched", $"'{symbol}'");

    // A field may have any name that is no literal and no operator.
    private Token ExpectIdentifier() =>
        Current is { Kind: TokenKind.Identifier, Text: not ("in" or "true" or "false" or "null") }
        ? Take() : throw Unexpected("mismatched", "IDENTIFIER");

    private Token ExpectToken(TokenKind kind, string name) =>
        Current.Kind == kind ? Take() : throw Unexpected("mismatched", name);

    private SyntaxException Unexpected(string how, string expected) =>
        new(Current.Position, $"Syntax error: {how} input '{Current.Text}' expecting {expected}");

    private sealed class SyntaxException(int position, string message) : Exception(message)
    {
        public int Position { get; } = position;
    }
}
