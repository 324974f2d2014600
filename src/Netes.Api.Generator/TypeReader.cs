using Microsoft.CodeAnalysis;

namespace Netes.Api.Generator;

/// <summary>Turns a record with <c>[ApiType]</c> into its model.</summary>
internal static class TypeReader
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat;

    public static TypeModel Read(GeneratorAttributeSyntaxContext context, CancellationToken cancel)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var kind = type.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "ApiKindAttribute");
        var fields = new List<FieldModel>();
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            cancel.ThrowIfCancellationRequested();
            if (property.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "FieldAttribute") is { } field)
            {
                fields.Add(ReadField(property, field));
            }
        }

        return new TypeModel(
            type.ContainingNamespace.ToDisplayString(),
            type.Name,
            Text(context.Attributes[0], 0)!,
            kind is null ? null : Text(kind, 0),
            kind is null ? null : Text(kind, 1),
            kind is null ? null : Text(kind, 2),
            fields.Any(field => field.Property == "Metadata" && field.Value.CSharp.EndsWith(".ObjectMeta")),
            new(fields),
            Summary(type));
    }

    private static FieldModel ReadField(IPropertySymbol property, AttributeData field)
    {
        var type = property.Type;
        var nullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped)
        {
            (type, nullable) = (wrapped.TypeArguments[0], true);
        }

        object? Named(string name) => field.NamedArguments.FirstOrDefault(pair => pair.Key == name).Value.Value;
        var keys = field.NamedArguments.FirstOrDefault(pair => pair.Key == "ListMapKeys").Value;
        return new FieldModel(
            property.Name,
            property.Type.ToDisplayString(Full.AddMiscellaneousOptions(
                SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)),
            ReadValue(type),
            nullable,
            (int)field.ConstructorArguments[0].Value!,
            Text(field, 1) ?? "",
            Named("OmitEmpty") is true,
            Named("Inline") is true,
            Named("Required") is true,
            Named("ListType") as string,
            keys.IsNull ? "" : string.Join(",", keys.Values.Select(value => value.Value)),
            Named("MapType") as string,
            Named("StructType") as string,
            Named("PatchStrategy") as string,
            Named("PatchMergeKey") as string,
            Named("Default") as string,
            (Named("EnumOf") as INamedTypeSymbol) is { } values ? EnumText(values) : null,
            (Named("EnumOf") as INamedTypeSymbol)?.Name,
            Named("Wrapped") is true,
            Summary(property));
    }

    /// <summary>The values of an enumeration, one a line: what the schema lists.</summary>
    private static string EnumText(INamedTypeSymbol values) => string.Join(
        "\n", values.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst).Select(f => (string)f.ConstantValue!));

    private static ValueModel ReadValue(ITypeSymbol type)
    {
        var name = type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Full);
        if (type is INamedTypeSymbol { IsGenericType: true } generic)
        {
            var shape = generic.Name == "ValueList" ? Shape.List : Shape.Map;
            return new(shape, name, ReadValue(generic.TypeArguments[0]));
        }

        return new(ShapeOf(type), name, null);
    }

    private static Shape ShapeOf(ITypeSymbol type) => type.Name switch
    {
        "String" => Shape.Text,
        "Int32" => Shape.Int32,
        "Int64" => Shape.Int64,
        "UInt32" => Shape.UInt32,
        "Byte" => Shape.Byte,
        "Double" => Shape.Double,
        "Boolean" => Shape.Bool,
        "Quantity" => Shape.Quantity,
        "IntOrString" => Shape.IntOrString,
        "Timestamp" => Shape.Timestamp,
        "MicroTimestamp" => Shape.MicroTimestamp,
        "Duration" => Shape.Duration,
        "ByteString" => Shape.Bytes,
        "RawJson" => Shape.Json,
        "JsonSchemaPropsOrBool" => Shape.SchemaOrBool,
        "JsonSchemaPropsOrArray" => Shape.SchemaOrArray,
        "JsonSchemaPropsOrStringArray" => Shape.SchemaOrStringArray,
        _ => Shape.Message,
    };

    private static string? Text(AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index ? attribute.ConstructorArguments[index].Value as string : null;

    /// <summary>
    /// The text of the summary comment: it is the OpenAPI description. Read from the plain text, because the compiler
    /// does not parse such comments when no documentation file is asked for.
    /// </summary>
    private static string? Summary(ISymbol symbol)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var lines = reference.GetSyntax().GetLeadingTrivia().ToFullString().Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.StartsWith("///", StringComparison.Ordinal))
                .Select(line => line.Substring(3).Trim());
            var comment = string.Join(" ", lines);
            var start = comment.IndexOf("<summary>", StringComparison.Ordinal);
            var end = comment.IndexOf("</summary>", StringComparison.Ordinal);
            if (start >= 0 && end > start)
            {
                return Plain(comment.Substring(start + 9, end - start - 9));
            }
        }

        return null;
    }

    private static string Plain(string xml) =>
        System.Text.RegularExpressions.Regex.Replace(xml, "<[^>]+>", "").Trim()
            .Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
}
