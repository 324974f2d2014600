using System.Text;

namespace Netes.Nodes.Environments;

/// <summary>
/// <c>$(NAME)</c> in commands, arguments and values. Unknown names stay as they are, <c>$$</c> is one <c>$</c>.
/// Source: third_party/forked/golang/expansion/expand.go.
/// </summary>
public static class Expansion
{
    /// <param name="lookup">The value of a name, or null when there is none.</param>
    public static string Expand(string text, Func<string, string?> lookup)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == '$')
            {
                result.Append('$');
            }
            else if (text[i] != '(')
            {
                result.Append('$').Append(text[i]);
            }
            else if (text.IndexOf(')', i) is var end && end < 0)
            {
                result.Append("$(");
            }
            else
            {
                var name = text[(i + 1)..end];
                result.Append(lookup(name) ?? $"$({name})");
                i = end;
            }
        }

        return result.ToString();
    }
}
