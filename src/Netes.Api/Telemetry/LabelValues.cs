namespace Netes.Api.Telemetry;

/// <summary>
/// The values of a series' labels, in the order of its family's names; what is left out is empty. A value of its own,
/// so that finding a series allocates nothing.
/// </summary>
public readonly record struct LabelValues(
    string A = "", string B = "", string C = "", string D = "", string E = "", string F = "", string G = "",
    string H = "", string I = "")
{
    /// <summary>More labels than this no family has.</summary>
    public const int Most = 9;

    internal string this[int index] => index switch
    {
        0 => A,
        1 => B,
        2 => C,
        3 => D,
        4 => E,
        5 => F,
        6 => G,
        7 => H,
        _ => I,
    } ?? "";
}
