using System.Numerics;

namespace Netes.Cel;

/// <summary>quantity() and what quantities can. Source: apiserver pkg/cel/library/quantity.go.</summary>
internal static class QuantityFunctions
{
    private static readonly BigInteger _billion = BigInteger.Pow(10, 9);

    public static void Register(FunctionTable functions)
    {
        var (type, text) = (CelType.Quantity, CelType.String);
        functions.Global("quantity", "string_to_quantity", [text], type, a => CelQuantity.Parse(((CelString)a[0]).Value)
            ?? (CelValue)new CelError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
        functions.Global("isQuantity", "is_quantity_string", [text], CelType.Bool,
            a => CelValue.Of(CelQuantity.Parse(((CelString)a[0]).Value) is not null));
        functions.Member("sign", "quantity_sign", [type], CelType.Int, a => CelValue.Of(Q(a[0]).Sign));
        functions.Member("isInteger", "quantity_is_integer", [type], CelType.Bool,
            a => CelValue.Of(((CelQuantity)a[0]).AsInteger() is not null));
        functions.Member("asInteger", "quantity_get_int", [type], CelType.Int,
            a => ((CelQuantity)a[0]).AsInteger() is { } whole ? CelValue.Of(whole)
                : new CelError("cannot convert value to integer"));
        functions.Member("asApproximateFloat", "quantity_get_float", [type], CelType.Double,
            a => CelValue.Of(((CelQuantity)a[0]).AsDouble()));
        functions.Member("isGreaterThan", "quantity_is_greater_than", [type, type], CelType.Bool,
            a => CelValue.Of(Q(a[0]) > Q(a[1])));
        functions.Member("isLessThan", "quantity_is_less_than", [type, type], CelType.Bool,
            a => CelValue.Of(Q(a[0]) < Q(a[1])));
        functions.Member("compareTo", "quantity_compare_to", [type, type], CelType.Int,
            a => CelValue.Of(Q(a[0]).CompareTo(Q(a[1]))));
        functions.Member("add", "quantity_add", [type, type], type, a => CelQuantity.Of(Q(a[0]) + Q(a[1])));
        functions.Member("add", "quantity_add_int", [type, CelType.Int], type,
            a => CelQuantity.Of(Q(a[0]) + ((CelInt)a[1]).Value * _billion));
        functions.Member("sub", "quantity_sub", [type, type], type, a => CelQuantity.Of(Q(a[0]) - Q(a[1])));
        functions.Member("sub", "quantity_sub_int", [type, CelType.Int], type,
            a => CelQuantity.Of(Q(a[0]) - ((CelInt)a[1]).Value * _billion));
    }

    private static BigInteger Q(CelValue value) => ((CelQuantity)value).Billionths;
}

/// <summary>semver() and what versions can. Source: apiserver pkg/cel/library/semverlib.go, version 1.</summary>
internal static class SemverFunctions
{
    public static void Register(FunctionTable functions)
    {
        var (type, text) = (CelType.Semver, CelType.String);
        functions.Global("semver", "string_to_semver", [text], type, a => Parse(a[0], false) ?? Failed(a[0], false));
        functions.Global("semver", "string_bool_to_semver", [text, CelType.Bool], type,
            a => Parse(a[0], B(a[1])) ?? Failed(a[0], B(a[1])));
        functions.Global("isSemver", "is_semver_string", [text], CelType.Bool,
            a => CelValue.Of(Parse(a[0], false) is not null));
        functions.Global("isSemver", "is_semver_string_bool", [text, CelType.Bool], CelType.Bool,
            a => CelValue.Of(Parse(a[0], B(a[1])) is not null));
        functions.Member("isGreaterThan", "semver_is_greater_than", [type, type], CelType.Bool,
            a => CelValue.Of(V(a[0]).CompareTo(V(a[1])) > 0));
        functions.Member("isLessThan", "semver_is_less_than", [type, type], CelType.Bool,
            a => CelValue.Of(V(a[0]).CompareTo(V(a[1])) < 0));
        functions.Member("compareTo", "semver_compare_to", [type, type], CelType.Int,
            a => CelValue.Of(V(a[0]).CompareTo(V(a[1]))));
        functions.Member("major", "semver_major", [type], CelType.Int, a =>
            CelValue.Of(unchecked((long)V(a[0]).Major)));
        functions.Member("minor", "semver_minor", [type], CelType.Int, a =>
            CelValue.Of(unchecked((long)V(a[0]).Minor)));
        functions.Member("patch", "semver_patch", [type], CelType.Int, a =>
            CelValue.Of(unchecked((long)V(a[0]).Patch)));
    }

    private static CelSemver V(CelValue value) => (CelSemver)value;

    private static bool B(CelValue value) => ((CelBool)value).Value;

    private static CelValue? Parse(CelValue text, bool normalizes) => normalizes
        ? CelSemver.ParseNormalized(((CelString)text).Value, out _) : CelSemver.Parse(((CelString)text).Value, out _);

    private static CelError Failed(CelValue text, bool normalizes)
    {
        _ = normalizes ? CelSemver.ParseNormalized(((CelString)text).Value, out var error)
            : CelSemver.Parse(((CelString)text).Value, out error);
        return new CelError(error);
    }
}
