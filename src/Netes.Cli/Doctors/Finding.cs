namespace Netes.Cli.Doctors;

/// <summary>Error: clusters do not work. Warning: something will be missing.</summary>
internal enum Severity
{
    Fine,
    Warning,
    Error,
}

/// <summary>What one check found, and, when it is not fine, the command that mends it.</summary>
internal sealed record Finding(string Name, Severity Severity, string Detail, string? Mend)
{
    public static Finding Fine(string name, string detail) => new(name, Severity.Fine, detail, null);

    public string ToText()
    {
        var sign = Severity switch { Severity.Fine => "✓", Severity.Warning => "!", _ => "✗" };
        var line = $" {sign} {Name}: {Detail}";
        return Mend is null ? line : $"{line}\n     mend it with: {Mend}";
    }
}
