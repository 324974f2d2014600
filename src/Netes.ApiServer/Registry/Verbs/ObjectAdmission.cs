using Netes.Api;
using Netes.ApiServer.Admission;

namespace Netes.ApiServer.Registry;

/// <summary>Asks the admission plugins about writes of one request.</summary>
internal sealed class ObjectAdmission(AdmissionChain chain)
{
    /// <summary>What the plugins get to see, but for the objects.</summary>
    public AdmissionAttributes Attributes(
        RequestContext context, ServedResource resource, AdmissionOperation operation, bool dryRun) => new()
        {
            Operation = operation,
            User = context.User,
            Group = context.Info.ApiGroup,
            Version = context.Info.ApiVersion,
            Resource = context.Info.Resource,
            Subresource = context.Info.Subresource,
            Kind = resource.Definition.Kind,
            Namespace = context.Info.Namespace,
            Name = context.Info.Name,
            DryRun = dryRun,
            Warnings = context.Warnings,
            AuditAnnotations = context.AuditAnnotations,
        };

    public async ValueTask<IKubernetesObject> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel) =>
        (IKubernetesObject)(await chain.MutateAsync(attributes, cancel))!;

    /// <summary>For writes without an object of the kind: deletions, connections.</summary>
    public async ValueTask AdmitAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        var changed = await chain.MutateAsync(attributes, cancel);
        await chain.ValidateAsync(attributes with { Object = changed }, cancel);
    }

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel) =>
        chain.ValidateAsync(attributes, cancel);
}
