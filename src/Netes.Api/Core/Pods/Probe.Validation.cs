namespace Netes.Api.Core;

/// <summary>
/// Probes and lifecycle hooks. Source: validateProbe and validateLifecycle of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class ProbeValidation
{
    private const string OneHandler = "may not specify more than 1 handler type";

    public static void Validate(PodCheck check, Container container, FieldPath path)
    {
        var grace = check.Spec.TerminationGracePeriodSeconds;
        var errors = check.Errors;
        if (container.Lifecycle is { } lifecycle)
        {
            ValidateLifecycle(lifecycle, check.Spec, path.Child("lifecycle"), errors);
        }

        Validate(container.LivenessProbe, path.Child("livenessProbe"), grace, errors);
        MustSucceedOnce(container.LivenessProbe, path.Child("livenessProbe"), errors);
        var readiness = path.Child("readinessProbe");
        Validate(container.ReadinessProbe, readiness, grace, errors);
        if (container.ReadinessProbe?.TerminationGracePeriodSeconds is { } seconds)
        {
            errors.Invalid(
                readiness.Child("terminationGracePeriodSeconds"), seconds, "must not be set for readinessProbes");
        }

        Validate(container.StartupProbe, path.Child("startupProbe"), grace, errors);
        MustSucceedOnce(container.StartupProbe, path.Child("startupProbe"), errors);
    }

    private static void ValidateLifecycle(Lifecycle lifecycle, PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        var grace = spec.TerminationGracePeriodSeconds;
        if (lifecycle.PostStart is { } start)
        {
            var handler = new Handler(start.Exec, start.HTTPGet, start.TCPSocket, null, start.Sleep);
            Validate(handler, path.Child("postStart"), grace, errors);
        }

        if (lifecycle.PreStop is { } stop)
        {
            var handler = new Handler(stop.Exec, stop.HTTPGet, stop.TCPSocket, null, stop.Sleep);
            Validate(handler, path.Child("preStop"), grace, errors);
        }

        if (lifecycle.StopSignal is { } && spec.OS is null)
        {
            errors.Forbidden(path.Child("stopSignal"), "may not be set for containers with empty `spec.os.name`");
        }
    }

    private static void MustSucceedOnce(Probe? probe, FieldPath path, List<FieldError> errors)
    {
        if (probe is not null && probe.SuccessThreshold != 1)
        {
            errors.Invalid(path.Child("successThreshold"), probe.SuccessThreshold, "must be 1");
        }
    }

    private static void Validate(Probe? probe, FieldPath path, long? grace, List<FieldError> errors)
    {
        if (probe is null)
        {
            return;
        }

        var kinds = probe.ProbeHandler;
        Validate(new Handler(kinds.Exec, kinds.HTTPGet, kinds.TCPSocket, kinds.GRPC, null), path, grace, errors);
        errors.NotNegative(path.Child("initialDelaySeconds"), probe.InitialDelaySeconds);
        errors.NotNegative(path.Child("timeoutSeconds"), probe.TimeoutSeconds);
        errors.NotNegative(path.Child("periodSeconds"), probe.PeriodSeconds);
        errors.NotNegative(path.Child("successThreshold"), probe.SuccessThreshold);
        errors.NotNegative(path.Child("failureThreshold"), probe.FailureThreshold);
        if (probe.TerminationGracePeriodSeconds <= 0)
        {
            errors.Invalid(path.Child("terminationGracePeriodSeconds"), probe.TerminationGracePeriodSeconds,
                "must be greater than 0");
        }
    }

    private static void Validate(Handler handler, FieldPath path, long? grace, List<FieldError> errors)
    {
        var kinds = 0;
        One(handler.Exec, "exec", static (exec, at, errors) =>
        {
            if (exec.Command.IsEmpty)
            {
                errors.Required(at.Child("command"));
            }
        });
        One(handler.HTTPGet, "httpGet", Validate);
        One(handler.TCPSocket, "tcpSocket", static (socket, at, errors) =>
            ServicePorts.ValidateNumberOrName(socket.Port, at.Child("port"), errors));
        One(handler.GRPC, "grpc", static (grpc, at, errors) =>
            ServicePorts.ValidateNumberOrName(grpc.Port, at.Child("port"), errors));
        One(handler.Sleep, "sleep", (sleep, at, errors) =>
        {
            if (sleep.Seconds < 0 || sleep.Seconds > grace)
            {
                errors.Invalid(at, sleep.Seconds,
                    $"must be non-negative and less than terminationGracePeriodSeconds ({grace})");
            }
        });
        if (kinds == 0)
        {
            errors.Required(path, "must specify a handler type");
        }

        void One<T>(T? kind, string name, Action<T, FieldPath, List<FieldError>> validate)
            where T : class
        {
            if (kind is null)
            {
                return;
            }

            if (kinds++ > 0)
            {
                errors.Forbidden(path.Child(name), OneHandler);
                return;
            }

            validate(kind, path.Child(name), errors);
        }
    }

    private static void Validate(HTTPGetAction get, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("path"), get.Path);
        ServicePorts.ValidateNumberOrName(get.Port, path.Child("port"), errors);
        errors.OneOf(path.Child("scheme"), get.Scheme, URIScheme.HTTP, URIScheme.HTTPS);
        foreach (var header in get.HTTPHeaders)
        {
            errors.Invalid(path.Child("httpHeaders"), header.Name, Names.HttpHeaderName(header.Name));
        }
    }

    private sealed record Handler(
        ExecAction? Exec, HTTPGetAction? HTTPGet, TCPSocketAction? TCPSocket, GRPCAction? GRPC, SleepAction? Sleep);
}
