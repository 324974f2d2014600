namespace Netes.Cel;

/// <summary>What type parameters stand for so far, and whether a type goes where another is wanted.
/// Source: cel-go checker/types.go, mapping.go.</summary>
internal sealed class TypeBindings
{
    private readonly Dictionary<string, CelType> _bound = [];
    private readonly List<(string Name, CelType? Before)> _trail = [];
    private int _fresh;

    public CelType Fresh() => CelType.Parameter($"_var{_fresh++}");

    /// <summary>The parameters of a declaration, each under a name of its own.</summary>
    public (CelType[] Parameters, CelType Result) Instantiate(Overload overload)
    {
        var names = new Dictionary<string, CelType>();
        return ([.. overload.Parameters.Select(Rename)], Rename(overload.Result));

        CelType Rename(CelType type)
        {
            if (type.Kind != CelKind.TypeParameter)
            {
                return type.Parameters.Count == 0 ? type : type.With([.. type.Parameters.Select(Rename)]);
            }

            if (!names.TryGetValue(type.Name, out var fresh))
            {
                names[type.Name] = fresh = Fresh();
            }

            return fresh;
        }
    }

    /// <summary>All or nothing: where one does not fit, no parameter is bound.</summary>
    public bool AreAssignable(IReadOnlyList<CelType> from, IReadOnlyList<CelType> to)
    {
        if (from.Count != to.Count)
        {
            return false;
        }

        var mark = _trail.Count;
        for (var i = 0; i < from.Count; i++)
        {
            if (!Fits(from[i], to[i]))
            {
                UndoTo(mark);
                return false;
            }
        }

        return true;
    }

    private void UndoTo(int mark)
    {
        for (var i = _trail.Count - 1; i >= mark; i--)
        {
            var (name, before) = _trail[i];
            if (before is null)
            {
                _bound.Remove(name);
            }
            else
            {
                _bound[name] = before;
            }
        }

        _trail.RemoveRange(mark, _trail.Count - mark);
    }

    private void Bind(string name, CelType type)
    {
        _trail.Add((name, _bound.GetValueOrDefault(name)));
        _bound[name] = type;
    }

    public bool IsAssignable(CelType from, CelType to) => AreAssignable([from], [to]);

    /// <summary>With parameters replaced by what they stand for; unknown ones stay, or become dyn.</summary>
    public CelType Resolve(CelType type, bool unknownIsDyn)
    {
        if (type.Kind == CelKind.TypeParameter)
        {
            return _bound.TryGetValue(type.Name, out var bound) ? Resolve(bound, unknownIsDyn)
                : unknownIsDyn ? CelType.Dyn : type;
        }

        return type.Parameters.Count == 0 ? type
            : type.With([.. type.Parameters.Select(inner => Resolve(inner, unknownIsDyn))]);
    }

    private bool Fits(CelType from, CelType to)
    {
        if (to.Kind == CelKind.TypeParameter)
        {
            return Binds(from, to, isTarget: true);
        }

        if (from.Kind == CelKind.TypeParameter)
        {
            return Binds(to, from, isTarget: false);
        }

        if (from.Kind is CelKind.Dyn or CelKind.Error || to.Kind is CelKind.Dyn or CelKind.Error)
        {
            return true;
        }

        if (from.Kind == CelKind.Null)
        {
            return to.Kind is CelKind.Null or CelKind.Object or CelKind.Timestamp or CelKind.Duration or CelKind.Opaque
                or CelKind.Optional;
        }

        return from.Kind == to.Kind && from.Name == to.Name && from.Parameters.Count == to.Parameters.Count
            && from.Parameters.Zip(to.Parameters).All(pair => Fits(pair.First, pair.Second));
    }

    private bool Binds(CelType type, CelType parameter, bool isTarget)
    {
        if (type.Equals(parameter))
        {
            return true;
        }

        if (_bound.TryGetValue(parameter.Name, out var bound))
        {
            if (!(isTarget ? Fits(type, bound) : Fits(bound, type)))
            {
                return false;
            }

            // The more general of both stays.
            if (type.Kind is CelKind.Dyn or CelKind.Error && !Mentions(type, parameter.Name))
            {
                Bind(parameter.Name, CelType.Dyn);
            }

            return true;
        }

        if (Mentions(type, parameter.Name))
        {
            return false;
        }

        Bind(parameter.Name, type);
        return true;
    }

    private bool Mentions(CelType type, string name) => type.Kind == CelKind.TypeParameter
        ? type.Name == name || (_bound.TryGetValue(type.Name, out var bound) && Mentions(bound, name))
        : type.Parameters.Any(inner => Mentions(inner, name));
}
