using System.Globalization;
using System.Text;

namespace Netes.Api;

/// <summary>
/// Go's words for JSON that is not well formed: the first byte that cannot stand where it stands, and what was looked
/// for. Only bodies that the fast reader has refused come here. Source: scanner.go of Go's encoding/json.
/// </summary>
internal static class GoJsonSyntax
{
    private const string End = "unexpected end of JSON input";

    /// <summary>Null when nothing is wrong by Go's grammar (a nesting limit, a byte order mark).</summary>
    public static string? Explain(ReadOnlySpan<byte> json)
    {
        var scanner = new Scanner(json);
        try
        {
            scanner.SkipSpace();
            scanner.Value();
            scanner.SkipSpace();
            return scanner.AtEnd ? null : scanner.Invalid("after top-level value").Message;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }

    private ref struct Scanner(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private int _position;
        private int _depth;

        public readonly bool AtEnd => _position == _json.Length;

        private readonly byte Current => AtEnd ? throw new FormatException(End) : _json[_position];

        public void SkipSpace()
        {
            while (!AtEnd && _json[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                _position++;
            }
        }

        public void Value()
        {
            if (++_depth > JsonCodec.MaxDepth)
            {
                throw new FormatException("exceeded max depth");
            }

            switch (Current)
            {
                case (byte)'{':
                    Object();
                    break;
                case (byte)'[':
                    Array();
                    break;
                case (byte)'"':
                    Text();
                    break;
                case (byte)'t':
                    Word("true");
                    break;
                case (byte)'f':
                    Word("false");
                    break;
                case (byte)'n':
                    Word("null");
                    break;
                case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                    Number();
                    break;
                default:
                    throw Invalid("looking for beginning of value");
            }

            _depth--;
        }

        public readonly FormatException Invalid(string context) =>
            new($"invalid character {Show(Current)} {context}");

        private static string Show(byte character) => character switch
        {
            (byte)'\'' => @"'\''",
            (byte)'"' => "'\"'",
            (byte)'\n' => @"'\n'",
            (byte)'\r' => @"'\r'",
            (byte)'\t' => @"'\t'",
            < 0x20 or 0x7F => string.Create(CultureInfo.InvariantCulture, $@"'\x{character:x2}'"),
            _ => $"'{Encoding.Latin1.GetString([character])}'",
        };

        private void Object()
        {
            _position++;
            SkipSpace();
            if (Current == '}')
            {
                _position++;
                return;
            }

            while (true)
            {
                SkipSpace();
                if (Current != '"')
                {
                    throw Invalid("looking for beginning of object key string");
                }

                Text();
                SkipSpace();
                Expect(':', "after object key");
                SkipSpace();
                Value();
                SkipSpace();
                if (Current == '}')
                {
                    _position++;
                    return;
                }

                Expect(',', "after object key:value pair");
            }
        }

        private void Array()
        {
            _position++;
            SkipSpace();
            if (Current == ']')
            {
                _position++;
                return;
            }

            while (true)
            {
                SkipSpace();
                Value();
                SkipSpace();
                if (Current == ']')
                {
                    _position++;
                    return;
                }

                Expect(',', "after array element");
            }
        }

        private void Text()
        {
            for (_position++; Current != '"'; _position++)
            {
                if (Current < 0x20)
                {
                    throw Invalid("in string literal");
                }

                if (Current == '\\')
                {
                    _position++;
                    Escape();
                }
            }

            _position++;
        }

        private void Escape()
        {
            if (Current != 'u')
            {
                if ("bfnrt\\/\"".IndexOf((char)Current, StringComparison.Ordinal) < 0)
                {
                    throw Invalid("in string escape code");
                }

                return;
            }

            for (var i = 0; i < 4; i++)
            {
                _position++;
                if (!char.IsAsciiHexDigit((char)Current))
                {
                    throw Invalid("in \\u hexadecimal character escape");
                }
            }
        }

        private void Word(string word)
        {
            foreach (var letter in word)
            {
                Expect(letter, $"in literal {word} (expecting '{letter}')");
            }
        }

        private void Number()
        {
            if (Current == '-')
            {
                _position++;
                if (!char.IsAsciiDigit((char)Current))
                {
                    throw Invalid("in numeric literal");
                }
            }

            if (Current == '0')
            {
                _position++;
            }
            else
            {
                Digits();
            }

            if (!AtEnd && Current == '.')
            {
                _position++;
                NeedDigit("after decimal point in numeric literal");
            }

            if (!AtEnd && Current is (byte)'e' or (byte)'E')
            {
                _position++;
                _position += Current is (byte)'+' or (byte)'-' ? 1 : 0;
                NeedDigit("in exponent of numeric literal");
            }
        }

        private void NeedDigit(string context)
        {
            if (!char.IsAsciiDigit((char)Current))
            {
                throw Invalid(context);
            }

            Digits();
        }

        private void Digits()
        {
            while (!AtEnd && char.IsAsciiDigit((char)Current))
            {
                _position++;
            }
        }

        private void Expect(char character, string context)
        {
            if (Current != character)
            {
                throw Invalid(context);
            }

            _position++;
        }
    }
}
