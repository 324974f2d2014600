namespace Netes.ApiServer.Admission;

/// <summary>A check on, or a change to, a write. Source: apiserver pkg/admission/interfaces.go.</summary>
public interface IAdmissionPlugin
{
    /// <summary>Kubernetes' name of the plugin, e.g. <c>NamespaceLifecycle</c>.</summary>
    string Name { get; }
}

/// <summary>A plugin that may change the object, before preparation and validation.</summary>
public interface IMutatingAdmissionPlugin : IAdmissionPlugin
{
    /// <summary>
    /// The object to go on with: <see cref="AdmissionAttributes.Object"/> itself when there is nothing to change.
    /// Throws <see cref="Netes.Api.ApiException"/> to refuse.
    /// </summary>
    ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel);
}

/// <summary>A plugin that looks at the object as it will be stored, after validation.</summary>
public interface IValidatingAdmissionPlugin : IAdmissionPlugin
{
    /// <summary>Throws <see cref="Netes.Api.ApiException"/> to refuse.</summary>
    ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel);
}
