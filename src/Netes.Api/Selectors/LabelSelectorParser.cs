namespace Netes.Api;

/// <summary>
/// The grammar of label selectors, with Kubernetes' complaints, which are thrown as <see cref="FormatException"/> to
/// <see cref="LabelSelectors"/> and no further. Source: the Lexer and Parser of labels/selector.go.
/// </summary>
internal sealed class LabelSelectorParser(string text)
{
    private const string Operators = "in, notin, =, ==, !=, gt, lt";

    private readonly List<(Token Kind, string Text)> _tokens = Scan(text);
    private int _next;

    private enum Token
    {
        End,
        Error,
        Identifier,
        Close,
        Comma,
        Not,
        DoubleEquals,
        Equals,
        Greater,
        In,
        Less,
        NotEquals,
        NotIn,
        Open,
    }

    public List<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (true)
        {
            var (kind, literal) = Peek();
            if (kind == Token.End)
            {
                return requirements;
            }

            if (kind is not (Token.Identifier or Token.Not))
            {
                throw new FormatException($"found '{literal}', expected: !, identifier, or 'end of string'");
            }

            requirements.Add(Requirement());
            (kind, literal) = Take();
            if (kind == Token.End)
            {
                return requirements;
            }

            if (kind != Token.Comma)
            {
                throw new FormatException($"found '{literal}', expected: ',' or 'end of string'");
            }

            if (Peek().Kind is not (Token.Identifier or Token.Not))
            {
                throw new FormatException($"found '{Peek().Text}', expected: identifier after ','");
            }
        }
    }

    private LabelRequirement Requirement()
    {
        var negated = Peek().Kind == Token.Not;
        if (negated)
        {
            Take();
        }

        var (kind, key) = Take();
        if (kind != Token.Identifier)
        {
            throw Unreadable($"found '{key}', expected: identifier");
        }

        if (Names.QualifiedName(key) is { Count: > 0 } wrong)
        {
            throw Unreadable($"<nil>: Invalid value: {FieldError.Quote(key)}: {string.Join("; ", wrong)}");
        }

        LabelRequirement requirement;
        if (Peek().Kind is Token.End or Token.Comma)
        {
            requirement = new(key, negated ? LabelOperator.DoesNotExist : LabelOperator.Exists, default);
        }
        else if (negated)
        {
            // Kubernetes finds nothing wrong here before the next token, which then is not a comma.
            requirement = new(key, LabelOperator.DoesNotExist, default);
        }
        else
        {
            var match = Operator();
            requirement = new(key, match, match is LabelOperator.In or LabelOperator.NotIn ? Values() : ExactValue());
        }

        var errors = requirement.Validate(FieldPath.Root).Select(error => error.Message).ToList();
        return errors.Count switch
        {
            0 => requirement,
            1 => throw Unreadable(errors[0]),
            _ => throw Unreadable($"[{string.Join(", ", errors)}]"),
        };
    }

    private LabelOperator Operator()
    {
        var (kind, literal) = _tokens[_next++];
        return kind switch
        {
            Token.In => LabelOperator.In,
            Token.NotIn => LabelOperator.NotIn,
            Token.Equals => LabelOperator.Equals,
            Token.DoubleEquals => LabelOperator.DoubleEquals,
            Token.NotEquals => LabelOperator.NotEquals,
            Token.Greater => LabelOperator.GreaterThan,
            Token.Less => LabelOperator.LessThan,
            _ => throw Unreadable($"found '{literal}', expected: {Operators}"),
        };
    }

    private ValueList<string> ExactValue()
    {
        if (Peek().Kind is Token.End or Token.Comma)
        {
            return [""];
        }

        var (kind, literal) = Take();
        return kind == Token.Identifier ? [literal] : throw Unreadable($"found '{literal}', expected: identifier");
    }

    private ValueList<string> Values()
    {
        var (kind, literal) = Take();
        if (kind != Token.Open)
        {
            throw Unreadable($"found '{literal}' expected: '('");
        }

        var values = new SortedSet<string>(StringComparer.Ordinal);
        var expectValue = true;
        while (true)
        {
            (kind, literal) = Take();
            switch (kind)
            {
                case Token.Identifier when expectValue:
                    values.Add(literal);
                    expectValue = false;
                    break;
                case Token.Comma:
                    if (expectValue)
                    {
                        values.Add("");
                    }

                    expectValue = true;
                    break;
                case Token.Close:
                    if (expectValue)
                    {
                        values.Add("");
                    }

                    return values.ToValueList();
                default:
                    throw Unreadable(expectValue
                        ? $"found '{literal}', expected: ',', or identifier"
                        : $"found '{literal}', expected: ',' or ')'");
            }
        }
    }

    private static FormatException Unreadable(string why) => new($"unable to parse requirement: {why}");

    // Where a value may stand, "in" and "notin" are values too.
    private (Token Kind, string Text) Peek()
    {
        var token = _tokens[Math.Min(_next, _tokens.Count - 1)];
        return token.Kind is Token.In or Token.NotIn ? (Token.Identifier, token.Text) : token;
    }

    private (Token Kind, string Text) Take()
    {
        var token = Peek();
        _next = Math.Min(_next + 1, _tokens.Count - 1);
        return token;
    }

    private static List<(Token Kind, string Text)> Scan(string text)
    {
        var tokens = new List<(Token, string)>();
        var position = 0;
        while (position < text.Length)
        {
            var rest = text.AsSpan(position);
            if (rest[0] is ' ' or '\t' or '\r' or '\n')
            {
                position++;
                continue;
            }

            var length = rest.IndexOfAny("=!(),>< \t\r\n");
            length = length < 0 ? rest.Length : length;
            var token = length == 0 ? Symbol(rest) : Word(rest[..length].ToString());
            tokens.Add(token);
            position += token.Text.Length;
        }

        tokens.Add((Token.End, ""));
        return tokens;
    }

    private static (Token Kind, string Text) Word(string word) => word switch
    {
        "in" => (Token.In, word),
        "notin" => (Token.NotIn, word),
        _ => (Token.Identifier, word),
    };

    private static (Token Kind, string Text) Symbol(ReadOnlySpan<char> rest) => rest switch
    {
        ['=', '=', ..] => (Token.DoubleEquals, "=="),
        ['!', '=', ..] => (Token.NotEquals, "!="),
        ['=', ..] => (Token.Equals, "="),
        ['!', ..] => (Token.Not, "!"),
        ['>', ..] => (Token.Greater, ">"),
        ['<', ..] => (Token.Less, "<"),
        ['(', ..] => (Token.Open, "("),
        [')', ..] => (Token.Close, ")"),
        _ => (Token.Comma, ","),
    };
}
