using System.Text.Json;

namespace Netes.Api;

/// <summary>The paths of resources and the operations on them.</summary>
internal sealed class OpenApiPaths(Utf8JsonWriter writer, bool isV3)
{
    private const string Status = "io.k8s.apimachinery.pkg.apis.meta.v1.Status";
    private const string Patch = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch";
    private const string DeleteOptions = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";

    private readonly OpenApiOperations _operations = new(writer, isV3);

    public void Write(OpenApiResource resource)
    {
        if (resource.Namespaced)
        {
            WriteCollection(resource, $"{resource.Root}/namespaces/{{namespace}}/{resource.Plural}", "Namespaced");
            WriteItem(resource, $"{resource.Root}/namespaces/{{namespace}}/{resource.Plural}/{{name}}");
            if (Allows(resource, "list"))
            {
                writer.WriteStartObject($"{resource.Root}/{resource.Plural}");
                WriteList(resource, "AllNamespaces");
                _operations.WritePathParameters([]);
                writer.WriteEndObject();
            }
        }
        else
        {
            WriteCollection(resource, $"{resource.Root}/{resource.Plural}", "");
            WriteItem(resource, $"{resource.Root}/{resource.Plural}/{{name}}");
        }
    }

    private static bool Allows(OpenApiResource resource, string verb) => resource.Verbs.AsSpan().Contains(verb);

    private void WriteCollection(OpenApiResource resource, string path, string scope)
    {
        if (!Allows(resource, "list") && !Allows(resource, "create"))
        {
            return;
        }

        writer.WriteStartObject(path);
        if (Allows(resource, "list"))
        {
            WriteList(resource, scope);
        }

        if (Allows(resource, "create"))
        {
            _operations.Write(new("post", "create", resource, resource.SchemaName)
            {
                Scope = scope,
                Body = resource.SchemaName,
                Parameters = OpenApiOperations.WriteParameters,
            });
        }

        if (Allows(resource, "deletecollection"))
        {
            _operations.Write(new("delete", "deletecollection", resource, Status)
            {
                Scope = "Collection" + scope,
                Body = DeleteOptions,
                Parameters = [.. OpenApiOperations.ListParameters, "dryRun"],
            });
        }

        _operations.WritePathParameters(resource.Namespaced ? ["namespace"] : []);
        writer.WriteEndObject();
    }

    private void WriteList(OpenApiResource resource, string scope) =>
        _operations.Write(new("get", "list", resource, resource.ListSchemaName)
        {
            Scope = scope,
            Parameters = OpenApiOperations.ListParameters,
        });

    private void WriteItem(OpenApiResource resource, string path)
    {
        string[] parameters = resource.Namespaced ? ["name", "namespace"] : ["name"];
        if (new[] { "get", "update", "patch", "delete" }.Any(verb => Allows(resource, verb)))
        {
            writer.WriteStartObject(path);
            WriteObject(resource, new(resource.Kind, resource.SchemaName), "");
            if (Allows(resource, "delete"))
            {
                _operations.Write(new("delete", "delete", resource, Status)
                {
                    Body = DeleteOptions,
                    Parameters = ["dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy"],
                });
            }

            _operations.WritePathParameters(parameters);
            writer.WriteEndObject();
        }

        foreach (var subresource in resource.Subresources.AsSpan().ToArray().Order(StringComparer.Ordinal))
        {
            WriteSubresource(resource, subresource, path, parameters);
        }
    }

    private void WriteSubresource(OpenApiResource resource, string subresource, string path, string[] parameters)
    {
        var name = char.ToUpperInvariant(subresource[0]) + subresource[1..];
        Target? created = subresource switch
        {
            "binding" => new("Binding", "io.k8s.api.core.v1.Binding"),
            "eviction" => new("Eviction", "io.k8s.api.policy.v1.Eviction", "policy"),
            "token" => new("TokenRequest", "io.k8s.api.authentication.v1.TokenRequest", "authentication.k8s.io"),
            _ => null,
        };
        Target? kept = subresource switch
        {
            "scale" => new("Scale", "io.k8s.api.autoscaling.v1.Scale", "autoscaling"),
            "status" or "ephemeralcontainers" or "resize" or "approval" or "finalize" =>
                new(resource.Kind, resource.SchemaName),
            _ => null,
        };
        if (created is null && kept is null)
        {
            // Streams (log, exec, proxy, ...) have no schema that a client could use.
            return;
        }

        writer.WriteStartObject($"{path}/{subresource}");
        if (created is not null)
        {
            _operations.Write(new("post", "create", resource, created.Schema)
            {
                Kind = created,
                Suffix = name,
                Body = created.Schema,
                Parameters = OpenApiOperations.WriteParameters,
            });
        }
        else
        {
            WriteObject(resource, kept!, name);
        }

        _operations.WritePathParameters(parameters);
        writer.WriteEndObject();
    }

    private void WriteObject(OpenApiResource resource, Target kind, string suffix)
    {
        if (Allows(resource, "get"))
        {
            _operations.Write(new("get", "get", resource, kind.Schema) { Kind = kind, Suffix = suffix });
        }

        if (Allows(resource, "update"))
        {
            _operations.Write(new("put", "put", resource, kind.Schema)
            {
                Kind = kind,
                Suffix = suffix,
                Body = kind.Schema,
                Parameters = OpenApiOperations.WriteParameters,
            });
        }

        if (Allows(resource, "patch"))
        {
            _operations.Write(new("patch", "patch", resource, kind.Schema)
            {
                Kind = kind,
                Suffix = suffix,
                Body = Patch,
                Parameters = [.. OpenApiOperations.WriteParameters, "force"],
            });
        }
    }
}

/// <summary>The kind an operation is about. <paramref name="Group"/>: null when it is the resource's own.</summary>
internal sealed record Target(string Kind, string Schema, string? Group = null);

/// <summary>One operation.</summary>
internal sealed record OpenApiOperation(string Method, string Action, OpenApiResource Resource, string Answer)
{
    public Target? Kind { get; init; }

    public string Scope { get; init; } = "";

    public string Suffix { get; init; } = "";

    public string? Body { get; init; }

    public IReadOnlyList<string> Parameters { get; init; } = [];
}
