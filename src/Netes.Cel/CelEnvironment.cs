namespace Netes.Cel;

/// <summary>A program, or what is wrong with the text.</summary>
public sealed record CelCompilation(CelProgram? Program, IReadOnlyList<CelIssue> Issues)
{
    /// <summary>All issues as cel-go prints them: each with its line and a caret.</summary>
    public string ErrorText => string.Join('\n', Issues);
}

/// <summary>What an expression may name: variables with types, object types, functions. Immutable and shared.
/// Source: apiserver pkg/cel/environment/base.go: the libraries that Kubernetes 1.36 has.</summary>
public sealed class CelEnvironment
{
    private static readonly Dictionary<string, CelType> _types = new[]
    {
        CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.Null,
        CelType.Dyn, CelType.Timestamp, CelType.Duration, CelType.List(CelType.Dyn),
        CelType.Map(CelType.Dyn, CelType.Dyn), CelType.Optional(CelType.Dyn), CelType.TypeOf(CelType.Dyn),
        CelType.Quantity, CelType.Semver, CelType.Url, CelType.Ip, CelType.Cidr, CelType.NamedFormat,
    }.ToDictionary(type => type.Name);

    private static readonly FunctionTable _kubernetes = AllFunctions();

    private CelEnvironment(IReadOnlyDictionary<string, CelType> variables)
    {
        Variables = variables;
        Objects = variables.Values.SelectMany(ObjectsOf).DistinctBy(type => type.Name)
            .ToDictionary(type => type.Name);
    }

    /// <summary>Kubernetes' libraries, no variables.</summary>
    public static CelEnvironment Kubernetes { get; } = new(new Dictionary<string, CelType>());

    public IReadOnlyDictionary<string, CelType> Variables { get; }

    // Objects that variables lead to: expressions may also make them.
    internal IReadOnlyDictionary<string, CelType> Objects { get; }

    internal FunctionTable Functions => _kubernetes;

    /// <summary>Also with this variable; one of the same name is replaced.</summary>
    public CelEnvironment With(string variable, CelType type) =>
        new(new Dictionary<string, CelType>(Variables) { [variable] = type });

    /// <summary>Parses and checks. Issues are values; no text makes this throw or run away.</summary>
    public CelCompilation Compile(string text)
    {
        var source = new Source(text);
        if (Parser.Parse(source) is not { } parsed)
        {
            return new CelCompilation(null, source.Issues());
        }

        var expanded = new Macros(source).Expand(parsed);
        if (source.HasIssues)
        {
            return new CelCompilation(null, source.Issues());
        }

        var type = new Checker(source, this).Check(expanded);
        if (!source.HasIssues)
        {
            LiteralChecks.Check(source, expanded);
        }

        return source.HasIssues ? new CelCompilation(null, source.Issues())
            : new CelCompilation(new CelProgram(text, expanded, type), []);
    }

    internal CelType? TypeNamed(string name) => _types.GetValueOrDefault(name) ?? Objects.GetValueOrDefault(name);

    private static IEnumerable<CelType> ObjectsOf(CelType type) => ObjectsOf(type, []);

    private static IEnumerable<CelType> ObjectsOf(CelType type, HashSet<string> seen)
    {
        if (type.Kind == CelKind.Object && !seen.Add(type.Name))
        {
            return [];
        }

        var inner = type.Parameters.Concat(type.Fields?.Values ?? []).SelectMany(next => ObjectsOf(next, seen));
        return type.Kind == CelKind.Object ? inner.Prepend(type) : inner;
    }

    private static FunctionTable AllFunctions()
    {
        var functions = new FunctionTable();
        StandardOperators.Register(functions);
        Conversions.Register(functions);
        StandardFunctions.Register(functions);
        TimeFunctions.Register(functions);
        OptionalFunctions.Register(functions);
        StringFunctions.Register(functions);
        ListFunctions.Register(functions);
        SetFunctions.Register(functions);
        RegexFunctions.Register(functions);
        QuantityFunctions.Register(functions);
        SemverFunctions.Register(functions);
        AddressFunctions.Register(functions);
        UrlFunctions.Register(functions);
        FormatFunctions.Register(functions);
        return functions;
    }
}
