namespace Netes.ControlPlane;

/// <summary>
/// What the queues of requests have in common: failed ones wait longer than elsewhere, since many of them stay as they
/// are until somebody acts. Source: pkg/controller/certificates/certificate_controller.go.
/// </summary>
internal static class CertificateQueues
{
    public static QueueSettings Settings { get; } = QueueSettings.Waiting("certificate", 0.2, 1000);
}
