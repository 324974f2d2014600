using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Nothing is created in a namespace that is absent or being deleted, and the system's namespaces stay.
/// Source: apiserver pkg/admission/plugin/namespace/lifecycle/admission.go.
/// </summary>
internal sealed class NamespaceLifecycle(IObjectReader objects) : IMutatingAdmissionPlugin
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    public string Name => "NamespaceLifecycle";

    public async ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes is { Group: "", Resource: "namespaces" })
        {
            return attributes.Operation == AdmissionOperation.Delete && attributes.Subresource.Length == 0
                && Immortal.Contains(attributes.Name)
                ? throw ApiErrors.Forbidden("", "namespaces", attributes.Name, "this namespace may not be deleted")
                : attributes.Object;
        }

        // What is in a namespace may be deleted at any time, and asking about rights creates nothing.
        if (attributes.Namespace.Length == 0
            || attributes.Operation == AdmissionOperation.Delete
            || attributes is { Group: "authorization.k8s.io", Resource: "localsubjectaccessreviews" })
        {
            return attributes.Object;
        }

        var found = objects.Get<Namespace>("", attributes.Namespace)
            ?? await objects.GetLatestAsync<Namespace>("", attributes.Namespace, cancel)
            ?? throw ApiErrors.NotFound("", "namespaces", attributes.Namespace);
        return attributes.Operation == AdmissionOperation.Create && IsEnding(found)
            ? throw Ending(attributes)
            : attributes.Object;
    }

    private static bool IsEnding(Namespace found) =>
        found.Metadata.DeletionTimestamp is not null || found.Status.Phase == NamespacePhase.Terminating;

    private static ApiException Ending(AdmissionAttributes attributes)
    {
        var refusal = attributes.Forbidden(
            $"unable to create new content in namespace {attributes.Namespace} because it is being terminated").Status;
        var cause = new StatusCause
        {
            Type = "NamespaceTerminating",
            Message = $"namespace {attributes.Namespace} is being terminated",
            Field = "metadata.namespace",
        };
        return new ApiException(refusal with { Details = refusal.Details! with { Causes = [cause] } });
    }
}
