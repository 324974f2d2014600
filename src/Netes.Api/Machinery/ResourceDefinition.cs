namespace Netes.Api;

/// <summary>What the API server must know of a resource without knowing its type.</summary>
public abstract record ResourceDefinition
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public ValueList<string> ShortNames { get; init; }

    public ValueList<string> Categories { get; init; }

    public required bool Namespaced { get; init; }

    /// <summary>The verbs of discovery; empty for a resource that has subresources only.</summary>
    public ValueList<string> Verbs { get; init; } = StandardVerbs;

    /// <summary>Subresources beside <c>status</c>, e.g. <c>scale</c>, <c>binding</c>, <c>log</c>.</summary>
    public ValueList<string> Subresources { get; init; }

    /// <summary>False for reviews: they are answered, never stored.</summary>
    public bool Stored { get; init; } = true;

    /// <summary>What every answer warns of when the kind is to be used no more; empty: it is not deprecated.
    /// Source: apiserver pkg/endpoints/deprecation.</summary>
    public string Deprecation { get; init; } = "";

    public static ValueList<string> StandardVerbs { get; } =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public abstract bool HasStatus { get; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>deployments.apps</c>, as messages name it.</summary>
    public string QualifiedName => ApiErrors.Qualified(Group, Plural);

    /// <summary>Calls the visitor with the definition's own type: generic code for any kind, without
    /// reflection.</summary>
    public abstract TResult Accept<TResult>(IResourceVisitor<TResult> visitor);

    public bool Allows(string verb) => Verbs.AsSpan().Contains(verb);
}

/// <summary>
/// A resource: its names and the rules of its kind. Hooks are pure; one that is absent does nothing.
/// Source: the strategies under Kubernetes' pkg/registry.
/// </summary>
public sealed record ResourceDefinition<T> : ResourceDefinition
    where T : class, IResource<T>
{
    /// <summary>Fills in what the client left out (pkg/apis/*/v1/defaults.go).</summary>
    public Func<T, T>? Default { get; init; }

    /// <summary>Clears what a client may not set, before create (PrepareForCreate).</summary>
    public Func<T, T>? PrepareCreate { get; init; }

    /// <summary>(next, old) → what an update of the main resource stores (PrepareForUpdate), after status and
    /// generation.</summary>
    public Func<T, T, T>? PrepareUpdate { get; init; }

    /// <summary>(next, old) → what an update of status stores, after all but status was taken from old.</summary>
    public Func<T, T, T>? PrepareStatusUpdate { get; init; }

    /// <summary>The kind's own rules at creation. Metadata is checked elsewhere: call
    /// <see cref="ObjectRules.CheckCreate"/>.</summary>
    public Func<T, IEnumerable<FieldError>>? Validate { get; init; }

    /// <summary>(next, old) → errors; replaces <see cref="Validate"/> on updates, so it calls it where Kubernetes does.
    /// Null: <see cref="Validate"/>. Call <see cref="ObjectRules.CheckUpdate"/>.</summary>
    public Func<T, T, IEnumerable<FieldError>>? ValidateUpdate { get; init; }

    public Func<T, T, IEnumerable<FieldError>>? ValidateStatusUpdate { get; init; }

    /// <summary>Warnings for the client's <c>Warning</c> header.</summary>
    public Func<T, IEnumerable<string>>? Warnings { get; init; }

    /// <summary>(target, source) → target with the status of source. Null: the kind has no status.</summary>
    public Func<T, T, T>? CopyStatus { get; init; }

    /// <summary>True when the two specs are equal: metadata.generation then stays. Null: the kind has no
    /// generation.</summary>
    public Func<T, T, bool>? SpecEquals { get; init; }

    /// <summary>
    /// All columns that <c>kubectl get</c> prints, Name included. Empty: Name and Created At, as for a kind without a
    /// printer; see <see cref="PrintedColumns"/>.
    /// </summary>
    public ValueList<Column<T>> Columns { get; init; }

    /// <summary><see cref="Columns"/>, or the two that every kind has.</summary>
    public ValueList<Column<T>> PrintedColumns => Columns.IsEmpty ? Netes.Api.Columns<T>.Standard : Columns;

    /// <summary>Conditions of an object's row, e.g. Completed: kubectl dims or hides such rows. Null: none.</summary>
    public Func<T, ValueList<Meta.TableRowCondition>>? RowConditions { get; init; }

    /// <summary>Field labels that selectors may use beside metadata.name and metadata.namespace, with their
    /// value.</summary>
    public ValueList<SelectableField<T>> Fields { get; init; }

    /// <summary>How names are checked: what is wrong with one; null: a DNS-1123 subdomain.</summary>
    public Func<string, IEnumerable<string>>? ValidateName { get; init; }

    public override bool HasStatus => CopyStatus is not null;

    public override TResult Accept<TResult>(IResourceVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>A kind that is served: it has a definition.</summary>
public interface IResource<TSelf> : IKubernetesObject<TSelf>
    where TSelf : class, IResource<TSelf>
{
    static abstract ResourceDefinition<TSelf> Resource { get; }
}

/// <summary>A label of field selectors and how an object answers it.</summary>
public sealed record SelectableField<T>(string Label, Func<T, string> Value);
