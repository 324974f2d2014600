using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps")]
public sealed partial record JsonSchemaProps
{
    [Field(1, "id", OmitEmpty = true)]
    public partial string ID { get; init; }

    [Field(2, "$schema", OmitEmpty = true)]
    public partial string Schema { get; init; }

    [Field(3, "$ref", OmitEmpty = true)]
    public partial string? Ref { get; init; }

    [Field(4, "description", OmitEmpty = true)]
    public partial string Description { get; init; }

    [Field(5, "type", OmitEmpty = true)]
    public partial string Type { get; init; }

    [Field(6, "format", OmitEmpty = true)]
    public partial string Format { get; init; }

    [Field(7, "title", OmitEmpty = true)]
    public partial string Title { get; init; }

    [Field(8, "default", OmitEmpty = true)]
    public partial RawJson? Default { get; init; }

    [Field(9, "maximum", OmitEmpty = true)]
    public partial double? Maximum { get; init; }

    [Field(10, "exclusiveMaximum", OmitEmpty = true)]
    public partial bool ExclusiveMaximum { get; init; }

    [Field(11, "minimum", OmitEmpty = true)]
    public partial double? Minimum { get; init; }

    [Field(12, "exclusiveMinimum", OmitEmpty = true)]
    public partial bool ExclusiveMinimum { get; init; }

    [Field(13, "maxLength", OmitEmpty = true)]
    public partial long? MaxLength { get; init; }

    [Field(14, "minLength", OmitEmpty = true)]
    public partial long? MinLength { get; init; }

    [Field(15, "pattern", OmitEmpty = true)]
    public partial string Pattern { get; init; }

    [Field(16, "maxItems", OmitEmpty = true)]
    public partial long? MaxItems { get; init; }

    [Field(17, "minItems", OmitEmpty = true)]
    public partial long? MinItems { get; init; }

    [Field(18, "uniqueItems", OmitEmpty = true)]
    public partial bool UniqueItems { get; init; }

    [Field(19, "multipleOf", OmitEmpty = true)]
    public partial double? MultipleOf { get; init; }

    [Field(20, "enum", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<RawJson> Enum { get; init; }

    [Field(21, "maxProperties", OmitEmpty = true)]
    public partial long? MaxProperties { get; init; }

    [Field(22, "minProperties", OmitEmpty = true)]
    public partial long? MinProperties { get; init; }

    [Field(23, "required", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Required { get; init; }

    [Field(24, "items", OmitEmpty = true)]
    public partial JsonSchemaPropsOrArray? Items { get; init; }

    [Field(25, "allOf", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<JsonSchemaProps> AllOf { get; init; }

    [Field(26, "oneOf", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<JsonSchemaProps> OneOf { get; init; }

    [Field(27, "anyOf", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<JsonSchemaProps> AnyOf { get; init; }

    [Field(28, "not", OmitEmpty = true)]
    public partial JsonSchemaProps? Not { get; init; }

    [Field(29, "properties", OmitEmpty = true)]
    public partial ValueMap<JsonSchemaProps> Properties { get; init; }

    [Field(30, "additionalProperties", OmitEmpty = true)]
    public partial JsonSchemaPropsOrBool? AdditionalProperties { get; init; }

    [Field(31, "patternProperties", OmitEmpty = true)]
    public partial ValueMap<JsonSchemaProps> PatternProperties { get; init; }

    [Field(32, "dependencies", OmitEmpty = true)]
    public partial ValueMap<JsonSchemaPropsOrStringArray> Dependencies { get; init; }

    [Field(33, "additionalItems", OmitEmpty = true)]
    public partial JsonSchemaPropsOrBool? AdditionalItems { get; init; }

    [Field(34, "definitions", OmitEmpty = true)]
    public partial ValueMap<JsonSchemaProps> Definitions { get; init; }

    [Field(35, "externalDocs", OmitEmpty = true)]
    public partial ExternalDocumentation? ExternalDocs { get; init; }

    [Field(36, "example", OmitEmpty = true)]
    public partial RawJson? Example { get; init; }

    [Field(37, "nullable", OmitEmpty = true)]
    public partial bool Nullable { get; init; }

    [Field(38, "x-kubernetes-preserve-unknown-fields", OmitEmpty = true)]
    public partial bool? XPreserveUnknownFields { get; init; }

    [Field(39, "x-kubernetes-embedded-resource", OmitEmpty = true)]
    public partial bool XEmbeddedResource { get; init; }

    [Field(40, "x-kubernetes-int-or-string", OmitEmpty = true)]
    public partial bool XIntOrString { get; init; }

    [Field(41, "x-kubernetes-list-map-keys", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> XListMapKeys { get; init; }

    [Field(42, "x-kubernetes-list-type", OmitEmpty = true)]
    public partial string? XListType { get; init; }

    [Field(43, "x-kubernetes-map-type", OmitEmpty = true)]
    public partial string? XMapType { get; init; }

    [Field(44, "x-kubernetes-validations", OmitEmpty = true, ListType = "map", ListMapKeys = ["rule"],
        PatchStrategy = "merge", PatchMergeKey = "rule")]
    public partial ValueList<ValidationRule> XValidations { get; init; }
}
