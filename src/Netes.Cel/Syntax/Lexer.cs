using System.Globalization;
using System.Text;

namespace Netes.Cel;

internal enum TokenKind { End, Identifier, Int, Uint, Double, String, Bytes, Symbol }

/// <summary>A piece of the text; strings have their content decoded in <see cref="Value"/>.</summary>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, object? Value = null);

/// <summary>Text to tokens. Source: cel-spec doc/langdef.md, "Syntax"; words of errors: cel-go parser.</summary>
internal sealed class Lexer(Source source)
{
    private static readonly string[] _symbols =
    [
        "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[",
        "]", "{", "}",
    ];

    private readonly string _text = source.Text;
    private int _at;

    public List<Token> Read()
    {
        var tokens = new List<Token>();
        while (SkipSpace() < _text.Length)
        {
            if (Next() is { } token)
            {
                tokens.Add(token);
            }
        }

        tokens.Add(new Token(TokenKind.End, _text.Length, "<EOF>"));
        return tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private int SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (Peek() == '/' && Peek(1) == '/')
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                break;
            }
        }

        return _at;
    }

    private Token? Next()
    {
        var start = _at;
        var c = Peek();
        if (StringStart() is var prefix and >= 0)
        {
            return ReadString(prefix);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
            {
                _at++;
            }

            return new Token(TokenKind.Identifier, start, _text[start.._at]);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return ReadNumber();
        }

        if (Array.Find(_symbols, symbol => string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) == 0)
            is { } found)
        {
            _at += found.Length;
            return new Token(TokenKind.Symbol, start, found);
        }

        // ANTLR takes the character after a lone & | = along.
        _at += char.IsHighSurrogate(c) || (c is '&' or '|' or '=' && Peek(1) != '\0') ? 2 : 1;
        _at = Math.Min(_at, _text.Length);
        source.Report(start, $"Syntax error: token recognition error at: '{Escape(_text[start.._at])}'");
        return null;
    }

    private static string Escape(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    // How many letters stand before the quote; -1 where no string begins.
    private int StringStart()
    {
        var length = 0;
        while (length < 2 && Peek(length) is 'r' or 'R' or 'b' or 'B')
        {
            length++;
        }

        return Peek(length) is '"' or '\''
            && (length < 2 || char.ToLowerInvariant(Peek()) != char.ToLowerInvariant(Peek(1)))
            ? length : -1;
    }

    private Token? ReadString(int prefix)
    {
        var start = _at;
        var letters = _text.Substring(start, prefix).ToLowerInvariant();
        _at += prefix;
        var quote = _text[_at];
        var triple = Peek(1) == quote && Peek(2) == quote;
        var end = new string(quote, triple ? 3 : 1);
        _at += end.Length;
        var content = _at;
        while (_at < _text.Length && string.CompareOrdinal(_text, _at, end, 0, end.Length) != 0)
        {
            if (!triple && _text[_at] is '\n' or '\r')
            {
                break;
            }

            _at += _text[_at] == '\\' && !letters.Contains('r') && _at + 1 < _text.Length ? 2 : 1;
        }

        if (_at + end.Length > _text.Length || string.CompareOrdinal(_text, _at, end, 0, end.Length) != 0)
        {
            source.Report(start, $"Syntax error: token recognition error at: '{Escape(_text[start..Math.Min(_at, _text.Length)])}'");
            return null;
        }

        var raw = _text[content.._at];
        _at += end.Length;
        return Decode(start, raw, letters);
    }

    private Token? Decode(int start, string raw, string letters)
    {
        // A carriage return before a line feed is the editor's, not the author's.
        raw = raw.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var isBytes = letters.Contains('b');
        var text = _text[start.._at];
        if (letters.Contains('r') || !raw.Contains('\\'))
        {
            return isBytes ? new Token(TokenKind.Bytes, start, text, Encoding.UTF8.GetBytes(raw))
                : new Token(TokenKind.String, start, text, raw);
        }

        if (Escapes.Decode(raw, isBytes) is not { } bytes)
        {
            source.Report(start, "Syntax error: token recognition error at: '" + Escape(text) + "'");
            return null;
        }

        return isBytes ? new Token(TokenKind.Bytes, start, text, bytes)
            : new Token(TokenKind.String, start, text, Encoding.UTF8.GetString(bytes));
    }

    private Token ReadNumber()
    {
        var start = _at;
        if (Peek() == '0' && Peek(1) == 'x' && char.IsAsciiHexDigit(Peek(2)))
        {
            _at += 2;
            while (char.IsAsciiHexDigit(Peek()))
            {
                _at++;
            }

            return Whole(start);
        }

        Digits();
        var isDouble = false;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            _at++;
            Digits();
        }

        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek() is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + sign)))
        {
            isDouble = true;
            _at += 1 + sign;
            Digits();
        }

        if (!isDouble)
        {
            return Whole(start);
        }

        var text = _text[start.._at];
        return new Token(TokenKind.Double, start, text,
            double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }
    }

    // A null value is out of range; the parser knows whether a minus stands before it.
    private Token Whole(int start)
    {
        var text = _text[start.._at];
        var isHex = text.StartsWith("0x", StringComparison.Ordinal);
        object? value = ulong.TryParse(isHex ? text.AsSpan(2) : text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
        if (Peek() is not ('u' or 'U'))
        {
            return new Token(TokenKind.Int, start, text, value);
        }

        _at++;
        return new Token(TokenKind.Uint, start, _text[start.._at], value);
    }
}
