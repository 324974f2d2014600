using Netes.Api;
using Netes.ApiServer.Caching;

namespace Netes.ApiServer.Registry;

/// <summary>Which objects of a resource a list, a watch or a deletecollection is about.</summary>
internal sealed class Selection
{
    private readonly ServedResource _resource;
    private readonly LabelMatcher _labels;
    private readonly FieldMatcher _fields;

    private Selection(
        ServedResource resource, string namespaceName, string name, LabelMatcher labels, FieldMatcher fields)
    {
        (_resource, _labels, _fields) = (resource, labels, fields);
        Name = name;
        var isOneKey = name.Length > 0 && (namespaceName.Length > 0 || !resource.Definition.Namespaced);
        Prefix = resource.Stored.PrefixOf(namespaceName) + (isOneKey ? name : "");
    }

    /// <summary>What the keys of all selected entries begin with.</summary>
    public string Prefix { get; }

    /// <summary>The only name that can match; empty when there may be others.</summary>
    public string Name { get; }

    /// <summary>True when the prefix says it all: entries need not be decoded.</summary>
    public bool IsPrefixOnly => _labels.MatchesEverything && _fields.MatchesEverything && Name.Length == 0;

    /// <summary>400 for selectors that cannot be read and field labels that the kind does not have.</summary>
    public static Selection Of(RequestContext context, ServedResource resource)
    {
        var query = new ObjectQuery(resource.Definition)
        {
            Namespace = context.Info.Namespace,
            LabelSelector = context.Query["labelSelector"],
            FieldSelector = context.Query["fieldSelector"],
        };

        // The old watch URLs name their object in the path: /api/v1/watch/namespaces/a/pods/p.
        return Of(query, resource, context.Info.Parts.Count > 1 ? context.Info.Name : null);
    }

    /// <param name="query">What is asked for.</param>
    /// <param name="resource">The resource of the query.</param>
    /// <param name="onlyName">The one name that can match; null: what the field selector says.</param>
    public static Selection Of(ObjectQuery query, ServedResource resource, string? onlyName)
    {
        if (!LabelSelectors.TryParse(query.LabelSelector, out var labels, out var error)
            || !FieldSelectors.TryParse(query.FieldSelector, out var fields, out error))
        {
            throw ApiErrors.BadRequest(error);
        }

        foreach (var term in fields.Terms)
        {
            if (!resource.Strategy.HasField(term.Field))
            {
                throw ApiErrors.BadRequest(Unsupported(resource.Strategy, term.Field));
            }
        }

        return new(resource, query.Namespace, onlyName ?? fields.ExactMatch("metadata.name") ?? "", labels, fields);
    }

    /// <summary>
    /// What a change is to a watch of this selection, and the object it shows; null: nothing. It depends on whether the
    /// object matched before and matches now.
    /// Source: apiserver pkg/storage/cacher/cache_watcher.go, convertToWatchEvent.
    /// </summary>
    public (ObjectEventKind Kind, CacheEntry Entry)? Read(in CacheEvent change)
    {
        if (!change.Subject.Key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var wasBefore = change.Previous is { } previous && Matches(previous);
        if (change.Current is { } current && Matches(current))
        {
            return (wasBefore ? ObjectEventKind.Modified : ObjectEventKind.Added, current);
        }

        // The last state that matched, with the revision at which it ceased to.
        return !wasBefore ? null
            : (ObjectEventKind.Deleted,
                change.Current is null ? change.Previous! : change.Previous!.DeletedAt(change.Revision));
    }

    public bool Matches(CacheEntry entry)
    {
        if (!entry.Key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        if (Name.Length > 0 && !entry.Key.AsSpan(entry.Key.LastIndexOf('/') + 1).SequenceEqual(Name))
        {
            return false;
        }

        if (IsPrefixOnly)
        {
            return true;
        }

        var record = _resource.Record(entry);
        return _labels.Matches(record.Metadata.Labels)
            && _fields.Matches(label => _resource.Strategy.FieldValue(record, label) ?? "");
    }

    // Source: the AddFieldLabelConversionFuncs of pkg/apis/*/v1/conversion.go; runtime/conversion.go.
    private static string Unsupported(ResourceStrategy strategy, string label) => strategy.HasOwnFields
        ? $"field label not supported: {label}"
        : $"{FieldError.Quote(label)} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";
}
