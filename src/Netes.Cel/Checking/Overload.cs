namespace Netes.Cel;

/// <summary>One form of a function: what it takes (a member's target first) and gives. Without
/// <see cref="Run"/> the interpreter itself evaluates it.</summary>
internal sealed record Overload(string Id, bool IsMember, CelType[] Parameters, CelType Result)
{
    public Func<CelValue[], CelValue>? Run { get; init; }

    /// <summary>Whether these values are of this form.</summary>
    public bool Takes(CelValue[] arguments)
    {
        if (arguments.Length != Parameters.Length)
        {
            return false;
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            var wanted = Parameters[i];
            if (wanted.Kind is not (CelKind.Dyn or CelKind.TypeParameter) && !Is(arguments[i].Type, wanted))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(CelType type, CelType wanted) => type.Kind == wanted.Kind
        && (type.Kind != CelKind.Opaque || type.Name == wanted.Name);
}

/// <summary>Functions by name. Filled once by the libraries, then only read.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<string, List<Overload>> _byName = [];

    public IReadOnlyList<Overload>? Find(string name) => _byName.GetValueOrDefault(name);

    public void Global(string name, string id, CelType[] parameters, CelType result,
        Func<CelValue[], CelValue>? run = null) => Add(name, new Overload(id, false, parameters, result) { Run = run });

    public void Member(string name, string id, CelType[] parameters, CelType result,
        Func<CelValue[], CelValue> run) => Add(name, new Overload(id, true, parameters, result) { Run = run });

    private void Add(string name, Overload overload)
    {
        if (!_byName.TryGetValue(name, out var overloads))
        {
            _byName[name] = overloads = [];
        }

        overloads.Add(overload);
    }
}
