using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.FieldManagement;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Registry;

/// <summary>
/// A configuration that was sent to be applied, ready for versions of the object.
/// Source: apiserver pkg/endpoints/handlers/patch.go, applyPatcher; apimachinery pkg/util/managedfields/internal.
/// </summary>
internal sealed class ObjectApply
{
    private readonly RequestContext _context;
    private readonly ServedResource _resource;
    private readonly FieldTracking _tracking;
    private readonly TreeMap _config;
    private readonly bool _force;

    private ObjectApply(RequestContext context, ServedResource resource, TreeMap config, TimeProvider time)
    {
        (_context, _resource, _config) = (context, resource, config);
        _tracking = new(
            resource, FieldManagers.NameOf(context), context.Info.Subresource, Timestamp.From(time.GetUtcNow()));
        _force = context.Query.Flag("force") is true;
    }

    /// <summary>Whether the request applies rather than patches.</summary>
    public static bool IsAsked(RequestContext context) =>
        MediaRange.Parse(context.Call.Headers["Content-Type"]).Type == MediaTypes.ApplyYaml;

    /// <summary>400 for what is no YAML, 422 without a manager.</summary>
    public static async ValueTask<ObjectApply> ReadAsync(
        RequestContext context, ServedResource resource, TimeProvider time, CancellationToken cancel) =>
        new(context, resource, await ReadTreeAsync(context, cancel), time);

    /// <summary>An object of another kind that stands for a part of this one: see <c>/scale</c>.</summary>
    public static ObjectApply Of(
        RequestContext context, ServedResource resource, TreeMap config, TimeProvider time) =>
        new(context, resource, config, time);

    public static async ValueTask<TreeMap> ReadTreeAsync(RequestContext context, CancellationToken cancel)
    {
        var body = await context.Call.Body.ReadAllAsync(BodyReader.MaxBodyBytes, cancel);
        if (!YamlToJson.TryConvert(body.Span, out var json, out var error)
            || !JsonTree.TryParse(json, out var tree, out error))
        {
            throw ApiErrors.BadRequest($"error decoding YAML: {error}");
        }

        return tree switch
        {
            TreeMap map => map,
            null => new TreeMap(),
            _ => throw ApiErrors.BadRequest(
                "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
                + $"{(tree is TreeList ? "array" : "string")} into Go value of type map[string]interface {{}}"),
        };
    }

    /// <summary>The object after the configuration was applied to a version of it.</summary>
    public Change Apply(CacheEntry current)
    {
        var stored = _resource.Record(current);
        var entries = stored.Metadata.ManagedFields;
        var live = Tree(_resource.Strategy.WithMetadata(stored, stored.Metadata with { ManagedFields = [] }));
        return Run(live, entries.IsEmpty ? BeforeFirst(live) : entries);
    }

    /// <summary>The object that the configuration makes where there is none.</summary>
    public Change Create()
    {
        var change = Run((TreeMap)JsonTree.Open(_resource.Strategy.EmptyJson)!, []);
        return change.Value.Metadata.Uid.Length == 0 ? change : throw ApiErrors.Conflict(
            _resource.Definition.Group, _resource.Definition.Plural, _context.Info.Name,
            $"uid mismatch: the provided object specified uid {change.Value.Metadata.Uid}, and no existing object "
            + "was found");
    }

    private Change Run(TreeMap live, ValueList<ManagedFieldsEntry> entries)
    {
        Check();
        var kind = _resource.Strategy.Fields;
        var apply = new FieldApply(_tracking, kind, _config);
        var outcome = apply.Run(live, entries, _force);
        var isKubectl = _tracking.Manager == LastApplied.Manager;
        if (outcome.Conflicts.Count > 0 && isKubectl
            && LastApplied.Fields(kind, live, _resource.Definition.ApiVersion) is { } allowed)
        {
            var rest = apply.Run(live, entries, force: false, allowed).Conflicts;
            outcome = rest.Count == 0 ? apply.Run(live, entries, force: true) : outcome with { Conflicts = rest };
        }

        if (outcome.Conflicts.Count > 0)
        {
            throw ApplyErrors.Conflict(outcome.Conflicts);
        }

        var value = Decode(isKubectl ? LastApplied.Update(outcome.Value, _config) : outcome.Value);
        ObjectNames.Check(_context.Info, value);
        return new(_resource.Strategy.Default(value), outcome.Entries);
    }

    private void Check()
    {
        var definition = _resource.Definition;
        if (ApplyErrors.Text(_config, "apiVersion") != definition.ApiVersion
            || ApplyErrors.Text(_config, "kind") != definition.Kind)
        {
            throw ApiErrors.BadRequest($"invalid object type: {ApplyErrors.KindOf(_config)}");
        }

        if (_config.Get("metadata") is TreeMap metadata && metadata.Get("managedFields") is not null)
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }

        if (TypedCheck.Find(_resource.Strategy.Schema, _resource.Strategy.Fields, _config) is { Length: > 0 } why)
        {
            throw ApplyErrors.Untyped(_config, why);
        }
    }

    // What was there before anybody was tracked is somebody's, so that applying cannot take it silently.
    private ValueList<ManagedFieldsEntry> BeforeFirst(TreeMap live)
    {
        var scratch = FieldScratch.Rent();
        try
        {
            var before = _tracking with { Manager = FieldManagers.BeforeFirstApply };
            FieldComparison.Compare(
                _resource.Strategy.Fields, _resource.Strategy.EmptyJson.Span, JsonTree.Encode(live), before.Ignored,
                scratch);
            return
            [
                .. ManagedEntries.AfterUpdate([], before, scratch).Select(static entry => entry with
                {
                    FieldsV1 = new(ManagedEntries.SetOf(entry).ToArray()),
                }),
            ];
        }
        finally
        {
            scratch.Return();
        }
    }

    private TreeMap Tree(IKubernetesObject value) => (TreeMap)JsonTree.Open(_resource.Strategy.EncodeJson(value))!;

    private IKubernetesObject Decode(TreeMap tree)
    {
        var decoded = _resource.Strategy.DecodePatched(JsonTree.Encode(tree));
        return decoded.Value ?? throw ApplyErrors.Untyped(_config, decoded.Error!);
    }
}
