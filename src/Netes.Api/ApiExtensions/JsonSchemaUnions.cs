namespace Netes.Api.ApiExtensions;

/// <summary>A schema or a boolean (<c>additionalProperties</c>). Exactly one of the two is meant.</summary>
public sealed record JsonSchemaPropsOrBool(bool Allows, JsonSchemaProps? Schema);

/// <summary>A schema or a list of schemas (<c>items</c>).</summary>
public sealed record JsonSchemaPropsOrArray(JsonSchemaProps? Schema, ValueList<JsonSchemaProps> Schemas);

/// <summary>A schema or a list of property names (<c>dependencies</c>).</summary>
public sealed record JsonSchemaPropsOrStringArray(JsonSchemaProps? Schema, ValueList<string> Properties);
