using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Policy;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// POST to <c>pods/{name}/eviction</c>: a deletion that asks the disruption budget first.
/// Source: pkg/registry/core/pod/storage/eviction.go.
/// </summary>
internal sealed class EvictionSubresource(SubresourceContext context) : ISubresource
{
    // Two evictions may race for the last place of a budget; the loser looks again.
    private const int MaxAttempts = 20;

    public async Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var info = request.Info;
        if (info.Verb != "create")
        {
            throw RequestRouter.MethodNotAllowed();
        }

        var eviction = await ValueReader.ReadAsync<Eviction>(request, cancel);
        if (eviction.Metadata.Name.Length > 0 && eviction.Metadata.Name != info.Name)
        {
            throw ApiErrors.BadRequest("name in URL does not match name in Eviction object");
        }

        var dryRun = WriteOptions.Check(request, "CreateOptions") || eviction.DeleteOptions?.DryRun.Count > 0;
        var options = eviction.DeleteOptions ?? DeleteOptions.Empty;
        options = dryRun ? options with { DryRun = ["All"] } : options;
        await context.Admission.AdmitAsync(
            context.Admission.Attributes(request, resource, AdmissionOperation.Create, dryRun) with
            {
                Kind = "Eviction",
                Object = eviction,
            },
            cancel);
        var pod = await context.Views.GetLatestAsync<Pod>(info.Namespace, info.Name, cancel)
            ?? throw ApiErrors.NotFound("", "pods", info.Name);
        if (!IgnoresBudget(pod))
        {
            await AskBudgetAsync(pod, dryRun, cancel);
        }

        await context.Deleter.DeleteAsync(
            request, resource, resource.Stored.KeyOf(info.Namespace, info.Name), Precisely(options, pod), cancel);
        return Values.Answer(request, new Status { StatusValue = "Success", Code = 201 }, 201);
    }

    private static bool IgnoresBudget(Pod pod) =>
        pod.Metadata.DeletionTimestamp is not null
        || pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed or PodPhase.Pending;

    private static DeleteOptions Precisely(DeleteOptions options, Pod pod) => options.Preconditions is null
        ? options with { Preconditions = new() { Uid = pod.Metadata.Uid } }
        : options;

    private async Task AskBudgetAsync(Pod pod, bool dryRun, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var budgets = context.Views.List<PodDisruptionBudget>(pod.Metadata.Namespace)
                .Where(budget => LabelSelectors.From(budget.Spec.Selector).Matches(pod.Metadata.Labels))
                .ToList();
            if (budgets.Count > 1)
            {
                throw ApiErrors.Internal("This pod has more than one PodDisruptionBudget, which the eviction "
                    + "subresource does not support.");
            }

            if (budgets.Count == 0 || IsUnhealthyAndFree(budgets[0], pod))
            {
                return;
            }

            var taken = EvictionBudget.Take(budgets[0], pod.Metadata.Name, context.Time.GetUtcNow());
            if (dryRun)
            {
                return;
            }

            try
            {
                await context.Writer.UpdateStatusAsync(taken, cancel);
                return;
            }
            catch (ApiException exception) when (exception.IsConflict && attempt < MaxAttempts)
            {
                // Another eviction took a place of this budget: look again when the cache knows it.
                await context.Freshness.WaitAsync("", cancel);
            }
        }
    }

    // A pod that is not ready counts for nothing in the budget. Source: KEP-3017.
    private static bool IsUnhealthyAndFree(PodDisruptionBudget budget, Pod pod) =>
        !PodConditions.IsReady(pod)
        && (budget.Spec.UnhealthyPodEvictionPolicy == UnhealthyPodEvictionPolicyType.AlwaysAllow
            || (budget.Status.DesiredHealthy > 0 && budget.Status.CurrentHealthy >= budget.Status.DesiredHealthy));
}
