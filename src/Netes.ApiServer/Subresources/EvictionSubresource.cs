using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Policy;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;
using ConditionStatus = Netes.Api.Core.ConditionStatus;
using Preconditions = Netes.Api.Meta.Preconditions;

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
        if (eviction.Metadata.Name != info.Name)
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
        await EvictAsync(request, resource, options, cancel);
        return Values.Answer(request, new Status { StatusValue = "Success", Code = 201 }, 201);
    }

    private async Task EvictAsync(
        RequestContext request, ServedResource resource, DeleteOptions options, CancellationToken cancel)
    {
        var info = request.Info;
        for (var attempt = 1; ; attempt++)
        {
            var pod = await context.Views.GetLatestAsync<Pod>(info.Namespace, info.Name, cancel)
                ?? throw ApiErrors.NotFound("", "pods", info.Name);
            var ignoresBudget = IgnoresBudget(pod);
            var freeOf = ignoresBudget ? null : await AskBudgetAsync(pod, options.DryRun.Count > 0, cancel);
            // What was decided about a pod that did not serve holds for the pod as it was then.
            var mustBeSame = freeOf is not null
                || (pod.Status.Phase == PodPhase.Pending && pod.Metadata.DeletionTimestamp is null);
            var isOurs = mustBeSame && options.Preconditions?.ResourceVersion is null or "";
            try
            {
                await DeleteAsync(request, resource, pod, Precisely(options, pod, isOurs), cancel);
                return;
            }
            catch (ApiException error) when (error.IsConflict && isOurs && freeOf is not null)
            {
                throw EvictionBudget.StillProcessed(freeOf);
            }
            catch (ApiException error) when (error.IsConflict && isOurs && attempt < MaxAttempts)
            {
                // It has begun to run, and is now the budget's concern.
                await context.Freshness.WaitAsync("", cancel);
            }
        }
    }

    private async Task DeleteAsync(
        RequestContext request, ServedResource resource, Pod pod, DeleteOptions options, CancellationToken cancel)
    {
        var version = options.Preconditions?.ResourceVersion ?? "";
        if (options.DryRun.Count == 0)
        {
            var told = await TellAsync(pod, options, version.Length == 0 ? MaxAttempts : 1, cancel);
            options = version.Length == 0 ? options
                : options with
                {
                    Preconditions = options.Preconditions! with { ResourceVersion = told.Metadata.ResourceVersion },
                };
        }

        var key = resource.Stored.KeyOf(pod.Metadata.Namespace, pod.Metadata.Name);
        await context.Deleter.DeleteAsync(request, resource, key, options, cancel);
    }

    /// <summary>The pod's status says why it goes: a job may not count this as its failure.</summary>
    private async Task<Pod> TellAsync(Pod pod, DeleteOptions options, int attempts, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            CheckPreconditions(pod, options);
            var conditions = PodConditions.With(pod.Status.Conditions, new PodCondition
            {
                Type = PodConditionType.DisruptionTarget,
                ObservedGeneration = pod.Metadata.Generation,
                Status = ConditionStatus.True,
                Reason = "EvictionByEvictionAPI",
                Message = "Eviction API: evicting",
                LastTransitionTime = Timestamp.From(context.Time.GetUtcNow()),
            });
            try
            {
                return await context.Writer.UpdateStatusAsync(
                    pod with { Status = pod.Status with { Conditions = conditions } }, cancel);
            }
            catch (ApiException exception) when (exception.IsConflict && attempt < attempts)
            {
                await context.Freshness.WaitAsync("", cancel);
                pod = await context.Views.GetLatestAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, cancel)
                    ?? throw ApiErrors.NotFound("", "pods", pod.Metadata.Name);
            }
        }
    }

    /// <summary>A pod that is not the one that was meant is not to be marked.</summary>
    private static void CheckPreconditions(Pod pod, DeleteOptions options)
    {
        var ((uid, version), wanted) = (
            (pod.Metadata.Uid, pod.Metadata.ResourceVersion), options.Preconditions ?? new Preconditions());
        if (wanted.Uid is { Length: > 0 } other && other != uid)
        {
            throw ApiErrors.Conflict("", "Pod", pod.Metadata.Name,
                $"the UID in the precondition ({other}) does not match the UID in record ({uid}). The object might have "
                + "been deleted and then recreated");
        }

        if (wanted.ResourceVersion is { Length: > 0 } seen && seen != version)
        {
            throw ApiErrors.Conflict("", "Pod", pod.Metadata.Name,
                $"the ResourceVersion in the precondition ({seen}) does not match the ResourceVersion in record "
                + $"({version}). The object might have been modified");
        }
    }

    private static bool IgnoresBudget(Pod pod) =>
        pod.Metadata.DeletionTimestamp is not null
        || pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed or PodPhase.Pending;

    private static DeleteOptions Precisely(DeleteOptions options, Pod pod, bool asSeen) => options with
    {
        Preconditions = (options.Preconditions ?? new Preconditions { Uid = pod.Metadata.Uid }) with
        {
            ResourceVersion = asSeen ? pod.Metadata.ResourceVersion : options.Preconditions?.ResourceVersion,
        },
    };

    /// <summary>Takes a place of the pod's budget; the budget's name when the pod may go without one.</summary>
    private async Task<string?> AskBudgetAsync(Pod pod, bool dryRun, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var budgets = context.Views.List<PodDisruptionBudget>(pod.Metadata.Namespace)
                .Where(budget => LabelSelectors.From(budget.Spec.Selector).Matches(pod.Metadata.Labels))
                .ToList();
            if (budgets.Count > 1)
            {
                throw new ApiException(new Status
                {
                    StatusValue = "Failure",
                    Message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not "
                        + "support.",
                    Code = 500,
                });
            }

            if (budgets.Count == 0)
            {
                return null;
            }

            if (IsUnhealthyAndFree(budgets[0], pod))
            {
                return budgets[0].Metadata.Name;
            }

            var taken = EvictionBudget.Take(budgets[0], pod.Metadata.Name, context.Time.GetUtcNow());
            if (dryRun)
            {
                return null;
            }

            try
            {
                await context.Writer.UpdateStatusAsync(taken, cancel);
                return null;
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
