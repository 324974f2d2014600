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
        if (!LabelSelectors.TryParse(context.Query["labelSelector"], out var labels, out var error)
            || !FieldSelectors.TryParse(context.Query["fieldSelector"], out var fields, out error))
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

        // The old watch URLs name their object in the path: /api/v1/watch/namespaces/a/pods/p.
        var name = context.Info.Parts.Count > 1 ? context.Info.Name : fields.ExactMatch("metadata.name");
        return new(resource, context.Info.Namespace, name ?? "", labels, fields);
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
