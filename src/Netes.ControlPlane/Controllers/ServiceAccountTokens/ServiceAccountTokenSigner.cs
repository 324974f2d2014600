using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Makes the token of an account that a Secret is to hold; the host gives it to the controllers, so that they see no
/// key.
/// </summary>
public delegate string ServiceAccountTokenSigner(ServiceAccount account, Secret secret);
