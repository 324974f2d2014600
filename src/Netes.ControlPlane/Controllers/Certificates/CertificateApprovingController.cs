using Netes.Api;
using Netes.Api.Authorization;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Approves nodes' requests for their own certificates when the one who asks may have them; one who may not yet may
/// later, so it asks again.
/// Source: pkg/controller/certificates/approver/sarapprove.go; serving certificates are ours: Kubernetes leaves them to
/// others.
/// </summary>
internal sealed class CertificateApprovingController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<CertificateSigningRequest> _requests;
    private readonly ObjectCache<Node> _nodes;
    private readonly KeyedController<ObjectKey> _keyed;

    public CertificateApprovingController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: CertificateQueues.Settings);
        var requests = context.Informers.Get<CertificateSigningRequest>();
        _requests = requests.Cache;
        _nodes = context.Informers.Get<Node>().Cache;
        requests.Enqueue(_keyed.Queue);
    }

    public string Name => "certificatesigningrequest-approving-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_requests.TryGet(key, out var request)
            || !request.Status.Certificate.IsEmpty
            || request.Has(RequestConditionType.Approved) || request.Has(RequestConditionType.Denied))
        {
            return ReconcileResult.Done;
        }

        var (spec, asked) = (request.Spec, request.Read());
        if (spec.SignerName == KubeletRequests.ClientSigner
            && KubeletRequests.FindClientError(asked, spec.Usages).Length == 0)
        {
            return await ApproveClientAsync(request, spec.Username == asked.CommonName, cancel);
        }

        if (!KubeletRequests.IsOwnServing(spec, asked))
        {
            return ReconcileResult.Done;
        }

        if (KubeletRequests.FindForeignName(asked, _nodes.List()) is { Length: > 0 } foreign)
        {
            return ReconcileResult.Later($"{foreign} is not known as the node's own");
        }

        await ApproveAsync(request, "Auto approving kubelet serving certificate for the node's own addresses.", cancel);
        return ReconcileResult.Done;
    }

    private async Task<ReconcileResult> ApproveClientAsync(
        CertificateSigningRequest request, bool isOwn, CancellationToken cancel)
    {
        (string Subresource, string Message)[] ways =
        [
            ("selfnodeclient", "Auto approving self kubelet client certificate after SubjectAccessReview."),
            ("nodeclient", "Auto approving kubelet client certificate after SubjectAccessReview."),
        ];
        foreach (var (subresource, message) in isOwn ? ways : ways[1..])
        {
            if (await MayAsync(request.Spec, subresource, cancel))
            {
                await ApproveAsync(request, message, cancel);
                return ReconcileResult.Done;
            }
        }

        return ReconcileResult.Later($"{request.Spec.Username} may not have a node's certificate");
    }

    private async Task<bool> MayAsync(CertificateSigningRequestSpec spec, string subresource, CancellationToken cancel)
    {
        var review = new SubjectAccessReview
        {
            Spec = new SubjectAccessReviewSpec
            {
                User = spec.Username,
                Uid = spec.Uid,
                Groups = spec.Groups,
                Extra = spec.Extra,
                ResourceAttributes = new ResourceAttributes
                {
                    Group = "certificates.k8s.io",
                    Version = "*",
                    Resource = "certificatesigningrequests",
                    Subresource = subresource,
                    Verb = "create",
                },
            },
        };
        return (await _context.Client.CreateAsync(review, cancel)).Status.Allowed;
    }

    private Task ApproveAsync(CertificateSigningRequest request, string message, CancellationToken cancel) =>
        _context.Client.UpdateAsync(
            request.With(RequestConditionType.Approved, "AutoApproved", message, _context.Now), "approval", cancel);
}
