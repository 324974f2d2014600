using Netes.Cel;

namespace Netes.Api.DynamicResources;

/// <summary>
/// An expression that says which devices are wanted: it has the variable <c>device</c>. Immutable, thread-safe.
/// Source: dynamic-resource-allocation/cel/compile.go.
/// </summary>
public sealed class DeviceExpression
{
    private const int DomainBytes = 63;

    private static readonly CelMap Nothing = CelValue.Map(new Dictionary<string, CelValue>());

    private static readonly CelEnvironment Environment = CelEnvironment.Kubernetes.With("device", CelType.Object(
        "kubernetes.DRADevice", new Dictionary<string, CelType>
        {
            ["driver"] = CelType.String.WithMaxSize(DomainBytes),
            ["attributes"] = Domains(CelType.Dyn.WithMaxSize(DeviceLimits.ValueBytes)),
            ["capacity"] = Domains(CelType.Quantity),
            ["allowMultipleAllocations"] = CelType.Bool,
        }));

    private readonly CelProgram? _program;

    private DeviceExpression(CelProgram? program, string error) => (_program, Error) = (program, error);

    /// <summary>What is wrong with the text; empty: nothing.</summary>
    public string Error { get; }

    /// <summary>What one evaluation may cost at most, by what devices may have at most.</summary>
    public ulong MaxCost => _program?.EstimateCost().Max ?? ulong.MaxValue;

    public static DeviceExpression Compile(string text)
    {
        var compiled = Environment.Compile(text);
        if (compiled.Program is not { } program)
        {
            return new DeviceExpression(null, $"compilation failed: {compiled.ErrorText}");
        }

        return program.ResultType.Kind is CelKind.Bool or CelKind.Dyn
            ? new DeviceExpression(program, "")
            : new DeviceExpression(null, $"must evaluate to bool or the unknown type, not {program.ResultType}");
    }

    /// <summary>Whether the device is wanted; or what went wrong, in cel-go's words.</summary>
    public (bool Matches, string Error) Match(string driver, Device device)
    {
        if (_program is null)
        {
            return (false, Error);
        }

        var variables = new Dictionary<string, CelValue>
        {
            ["device"] = CelValue.Map(new Dictionary<string, CelValue>
            {
                ["driver"] = CelValue.Of(driver),
                ["attributes"] = ByDomain(driver, device.Attributes, Value),
                ["capacity"] = ByDomain(driver, device.Capacity, static capacity =>
                    CelQuantity.Parse(capacity.Value.ToString()) ?? CelValue.Error("quantities must match")),
                ["allowMultipleAllocations"] = CelValue.Of(device.AllowMultipleAllocations == true),
            }),
        };
        var result = _program.Evaluate(variables, DeviceLimits.ExpressionCost, CancellationToken.None);
        return result.Error is { } error ? (false, error)
            : result.Value == CelValue.True ? (true, "")
            : result.Value == CelValue.False ? (false, "")
            : (false, $"CEL result of type {result.Value.Type} could not be converted to bool: type conversion error");
    }

    private static CelType Domains(CelType value) => CelType.Map(
        CelType.String.WithMaxSize(DomainBytes),
        CelType.Map(CelType.String.WithMaxSize(DeviceLimits.IdentifierBytes), value)
            .WithMaxSize(DeviceLimits.AttributesAndCapacities))
        .WithMaxSize(DeviceLimits.AttributesAndCapacities);

    /// <summary>A name without a domain is in the driver's; a domain that the device has nothing of is empty.</summary>
    private static CelMapWithDefault ByDomain<T>(string driver, ValueMap<T> values, Func<T, CelValue> show)
    {
        var domains = new Dictionary<string, CelValue>(StringComparer.Ordinal);
        foreach (var group in values.GroupBy(pair => Domain(pair.Key) ?? driver, StringComparer.Ordinal))
        {
            domains[group.Key] = CelValue.Map(group.ToDictionary(
                pair => Domain(pair.Key) is { } domain ? pair.Key[(domain.Length + 1)..] : pair.Key,
                pair => show(pair.Value)));
        }

        return new CelMapWithDefault(CelValue.Map(domains), Nothing);
    }

    private static string? Domain(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? name[..slash] : null;

    private static CelValue Value(DeviceAttribute attribute) => attribute switch
    {
        { IntValue: { } number } => CelValue.Of(number),
        { BoolValue: { } flag } => CelValue.Of(flag),
        { StringValue: { } text } => CelValue.Of(text),
        { VersionValue: { } version } =>
            CelSemver.Parse(version, out var why) ?? CelValue.Error($"parse semantic version: {why}"),
        _ => CelValue.Error("unsupported attribute value"),
    };
}
