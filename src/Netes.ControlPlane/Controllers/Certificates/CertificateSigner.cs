using Netes.Api;

namespace Netes.ControlPlane;

/// <summary>
/// Signs a certificate request with the cluster's authority; the host gives it to the controllers, so that they see no
/// key.
/// </summary>
/// <param name="request">A PEM block CERTIFICATE REQUEST.</param>
/// <param name="usages">Names of key usages, e.g. <c>client auth</c>.</param>
/// <param name="lifetime">How long the certificate is good.</param>
/// <returns>The certificate as PEM. Throws <see cref="InvalidDataException"/> when the request cannot be
/// signed.</returns>
public delegate ByteString CertificateSigner(ByteString request, ValueList<string> usages, TimeSpan lifetime);
