using Netes.Api.Telemetry;
using Netes.ApiServer.Metrics;

namespace Netes.ApiServer.Admission;

/// <summary>
/// All plugins in Kubernetes' order. The registry calls <see cref="MutateAsync"/> after defaulting, then prepares and
/// validates, then calls <see cref="ValidateAsync"/> with the object that is to be stored, in each attempt of an
/// update.
/// </summary>
public sealed class AdmissionChain
{
    private readonly AdmissionMetrics _metrics;
    private readonly AdmissionSeries _mutation;
    private readonly AdmissionSeries _validation;
    private readonly (IMutatingAdmissionPlugin Plugin, AdmissionSeries Series)[] _mutating;
    private readonly (IValidatingAdmissionPlugin Plugin, AdmissionSeries Series)[] _validating;

    public AdmissionChain(IReadOnlyList<IAdmissionPlugin> plugins, MetricRegistry metrics, TimeProvider time)
    {
        Plugins = plugins;
        _metrics = new(metrics, time);
        (_mutation, _validation) = (_metrics.Step("admit"), _metrics.Step("validate"));
        _mutating =
        [
            .. plugins.OfType<IMutatingAdmissionPlugin>()
                .Select(plugin => (plugin, _metrics.Plugin(plugin.Name, "admit"))),
        ];
        _validating =
        [
            .. plugins.OfType<IValidatingAdmissionPlugin>()
                .Select(plugin => (plugin, _metrics.Plugin(plugin.Name, "validate"))),
        ];
    }

    public IReadOnlyList<IAdmissionPlugin> Plugins { get; }

    /// <summary>
    /// The object after all changes. Throws <see cref="Netes.Api.ApiException"/> when a plugin refuses.
    /// </summary>
    public async ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        var operation = attributes.Operation;
        var began = _metrics.Now();
        var (at, series, rejected) = (began, _mutation, true);
        try
        {
            foreach (var (plugin, own) in _mutating)
            {
                series = own;
                var changed = await plugin.MutateAsync(attributes, cancel);
                at = own.Observe(operation, rejected: false, at);
                if (!ReferenceEquals(changed, attributes.Object))
                {
                    attributes = attributes with { Object = changed };
                }
            }

            rejected = false;
            return attributes.Object;
        }
        finally
        {
            Ended(operation, rejected, _mutation, series, (began, at));
        }
    }

    /// <summary>Throws <see cref="Netes.Api.ApiException"/> when a plugin refuses.</summary>
    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        var operation = attributes.Operation;
        var began = _metrics.Now();
        var (at, series, rejected) = (began, _validation, true);
        try
        {
            foreach (var (plugin, own) in _validating)
            {
                series = own;
                await plugin.ValidateAsync(attributes, cancel);
                at = own.Observe(operation, rejected: false, at);
            }

            rejected = false;
        }
        finally
        {
            Ended(operation, rejected, _validation, series, (began, at));
        }
    }

    /// <summary>A refusal is the last plugin's; the step's time is that of all.</summary>
    private static void Ended(
        AdmissionOperation operation, bool rejected, AdmissionSeries step, AdmissionSeries last,
        (long All, long Last) began)
    {
        if (rejected && last != step)
        {
            last.Observe(operation, rejected, began.Last);
        }

        step.Observe(operation, rejected, began.All);
    }
}
