namespace Netes.ApiServer.Admission;

/// <summary>
/// All plugins in Kubernetes' order. The registry calls <see cref="MutateAsync"/> after defaulting, then prepares and
/// validates, then calls <see cref="ValidateAsync"/> with the object that is to be stored, in each attempt of an
/// update.
/// </summary>
public sealed class AdmissionChain(IReadOnlyList<IAdmissionPlugin> plugins)
{
    private readonly IMutatingAdmissionPlugin[] _mutating = [.. plugins.OfType<IMutatingAdmissionPlugin>()];
    private readonly IValidatingAdmissionPlugin[] _validating = [.. plugins.OfType<IValidatingAdmissionPlugin>()];

    public IReadOnlyList<IAdmissionPlugin> Plugins { get; } = plugins;

    /// <summary>
    /// The object after all changes. Throws <see cref="Netes.Api.ApiException"/> when a plugin refuses.
    /// </summary>
    public async ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        foreach (var plugin in _mutating)
        {
            var changed = await plugin.MutateAsync(attributes, cancel);
            if (!ReferenceEquals(changed, attributes.Object))
            {
                attributes = attributes with { Object = changed };
            }
        }

        return attributes.Object;
    }

    /// <summary>Throws <see cref="Netes.Api.ApiException"/> when a plugin refuses.</summary>
    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        foreach (var plugin in _validating)
        {
            await plugin.ValidateAsync(attributes, cancel);
        }
    }
}
