namespace Netes.Api;

/// <summary>Values of flags as Go reads and writes them. Source: Go's strconv.</summary>
public static class GoValues
{
    /// <summary>Null: it is not a boolean.</summary>
    public static bool? ParseBool(string text) => text switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => null,
    };

    /// <summary>Why a text is not a boolean.</summary>
    public static string NotBool(string text) => $"strconv.ParseBool: parsing {FieldError.Quote(text)}: invalid syntax";

    public static string Show(bool value) => value ? "true" : "false";
}
