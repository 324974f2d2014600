namespace Netes.Api.Core;

/// <summary>
/// Source: validateContainers, validateInitContainers and validateEphemeralContainers of
/// pkg/apis/core/validation/validation.go.
/// </summary>
internal static class ContainerValidation
{
    private const string NotForInit = "may not be set for init containers without restartPolicy=Always";
    private const string NotForEphemeral = "cannot be set for an Ephemeral Container";

    public static void Validate(PodCheck check, FieldPath path)
    {
        ValidateRegular(check, path.Child("containers"));
        ValidateInit(check, path.Child("initContainers"));
        ValidateEphemeral(check, path.Child("ephemeralContainers"));
    }

    /// <summary>An image's name in a pod is not padded; a template may hold a placeholder.</summary>
    public static void ValidateImage(Container container, FieldPath path, List<FieldError> errors)
    {
        if (container.Image.Length != container.Image.Trim().Length)
        {
            errors.Invalid(path.Child("image"), container.Image, "must not have leading or trailing whitespace");
        }
    }

    private static void ValidateRegular(PodCheck check, FieldPath path)
    {
        var containers = check.Spec.Containers;
        if (containers.IsEmpty)
        {
            check.Errors.Required(path);
            return;
        }

        HashSet<string> names = [];
        for (var i = 0; i < containers.Count; i++)
        {
            var (container, at) = (containers[i], path.Index(i));
            ValidateCommon(check, container, at);
            if (!names.Add(container.Name))
            {
                check.Errors.Add(FieldError.Duplicate(at.Child("name"), container.Name));
            }

            ProbeValidation.Validate(check, container, at);
            ValidateRestart(container, at, check.Errors);
        }

        ValidateUniqueHostPorts(containers, path, check.Errors);
    }

    private static void ValidateRestart(Container container, FieldPath path, List<FieldError> errors)
    {
        if (container.RestartPolicy is { } policy)
        {
            errors.OneOf(path.Child("restartPolicy"), policy,
                ContainerRestartPolicy.Always, ContainerRestartPolicy.Never, ContainerRestartPolicy.OnFailure);
        }

        ValidateRules(container, path, errors);
    }

    private static void ValidateRules(Container container, FieldPath path, List<FieldError> errors)
    {
        var rules = container.RestartPolicyRules;
        var at = path.Child("restartPolicyRules");
        if (rules.IsEmpty)
        {
            return;
        }

        if (container.RestartPolicy is null)
        {
            errors.Required(path.Child("restartPolicy"), "must specify restartPolicy when restart rules are used");
        }

        if (rules.Count > 20)
        {
            errors.Add(FieldError.TooMany(at, rules.Count, 20));
        }

        for (var i = 0; i < rules.Count; i++)
        {
            errors.OneOf(at.Index(i).Child("action"), rules[i].Action,
                ContainerRestartRuleAction.Restart, ContainerRestartRuleAction.RestartAllContainers);
            if (rules[i].ExitCodes is not { } codes)
            {
                errors.Required(at.Index(i).Child("exitCodes"), "must be specified");
                continue;
            }

            errors.OneOf(at.Index(i).Child("exitCodes").Child("operator"), codes.Operator,
                ContainerRestartRuleOnExitCodesOperator.In, ContainerRestartRuleOnExitCodesOperator.NotIn);
            if (codes.Values.IsEmpty)
            {
                errors.Invalid(at.Index(i).Child("exitCodes").Child("values"), Shown.Numbers(codes.Values),
                    "must specify at least one value");
            }
        }
    }

    private static void ValidateInit(PodCheck check, FieldPath path)
    {
        if (check.Spec.InitContainers.IsEmpty)
        {
            return;
        }

        var names = check.Spec.Containers.Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < check.Spec.InitContainers.Count; i++)
        {
            var (container, at) = (check.Spec.InitContainers[i], path.Index(i));
            ValidateCommon(check, container, at);
            ValidateRestart(container, at, check.Errors);
            if (container.Name.Length > 0 && !names.Add(container.Name))
            {
                check.Errors.Add(FieldError.Duplicate(at.Child("name"), container.Name));
            }

            // Init containers run one by one: their ports conflict only with themselves.
            ValidateUniqueHostPorts([container], path, check.Errors);
            if (container.RestartPolicy == ContainerRestartPolicy.Always)
            {
                ProbeValidation.Validate(check, container, at);
                continue;
            }

            foreach (var (field, value) in ((string, object?)[])
            [
                ("lifecycle", container.Lifecycle), ("livenessProbe", container.LivenessProbe),
                ("readinessProbe", container.ReadinessProbe), ("startupProbe", container.StartupProbe),
            ])
            {
                if (value is not null)
                {
                    check.Errors.Forbidden(at.Child(field), NotForInit);
                }
            }
        }
    }

    private static void ValidateEphemeral(PodCheck check, FieldPath path)
    {
        var spec = check.Spec;
        if (spec.EphemeralContainers.IsEmpty)
        {
            return;
        }

        var others = spec.Containers.Concat(spec.InitContainers).Select(container => container.Name)
            .ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(others, StringComparer.Ordinal);
        for (var i = 0; i < spec.EphemeralContainers.Count; i++)
        {
            var at = path.Index(i);
            var container = EphemeralContainers.ToContainer(spec.EphemeralContainers[i].EphemeralContainerCommon);
            ValidateCommon(check, container, at);
            ValidateImage(container, at, check.Errors);
            if (!names.Add(container.Name))
            {
                check.Errors.Add(FieldError.Duplicate(at.Child("name"), container.Name));
            }

            var target = spec.EphemeralContainers[i].TargetContainerName;
            if (target.Length > 0 && !others.Contains(target))
            {
                check.Errors.Add(FieldError.NotFound(at.Child("targetContainerName"), target));
            }

            ValidateEphemeralFields(container, at, check.Errors);
        }
    }

    private static void ValidateEphemeralFields(Container container, FieldPath path, List<FieldError> errors)
    {
        foreach (var (field, isSet) in ((string, bool)[])
        [
            ("ports", !container.Ports.IsEmpty), ("resources", container.Resources != ResourceRequirements.Empty),
            ("resizePolicy", !container.ResizePolicy.IsEmpty), ("restartPolicy", container.RestartPolicy is not null),
            ("restartPolicyRules", !container.RestartPolicyRules.IsEmpty),
            ("livenessProbe", container.LivenessProbe is not null),
            ("readinessProbe", container.ReadinessProbe is not null),
            ("startupProbe", container.StartupProbe is not null), ("lifecycle", container.Lifecycle is not null),
        ])
        {
            if (isSet)
            {
                errors.Forbidden(path.Child(field), NotForEphemeral);
            }
        }

        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            var mount = container.VolumeMounts[i];
            if (mount.SubPath.Length > 0)
            {
                errors.Forbidden(path.Child("volumeMounts").Index(i).Child("subPath"), NotForEphemeral);
            }

            if (mount.SubPathExpr.Length > 0)
            {
                errors.Forbidden(path.Child("volumeMounts").Index(i).Child("subPathExpr"), NotForEphemeral);
            }
        }
    }

    private static void ValidateCommon(PodCheck check, Container container, FieldPath path)
    {
        var errors = check.Errors;
        errors.RequireText(path.Child("name"), container.Name);
        if (container.Name.Length > 0)
        {
            errors.Invalid(path.Child("name"), container.Name, Names.Dns1123Label(container.Name));
        }

        errors.RequireText(path.Child("image"), container.Image);
        errors.RequiredOneOf(path.Child("terminationMessagePolicy"), container.TerminationMessagePolicy,
            TerminationMessagePolicy.File, TerminationMessagePolicy.FallbackToLogsOnError);
        ValidatePorts(container.Ports, path.Child("ports"), errors);
        EnvValidation.Validate(container.Env, path.Child("env"), errors);
        EnvValidation.Validate(container.EnvFrom, path.Child("envFrom"), errors);
        MountValidation.Validate(check, container, path);
        errors.RequiredOneOf(path.Child("imagePullPolicy"), container.ImagePullPolicy,
            PullPolicy.Always, PullPolicy.IfNotPresent, PullPolicy.Never);
        PodResourceValidation.ValidateContainer(container.Resources, check.Claims, path.Child("resources"), errors);
        ValidateResize(container.ResizePolicy, check.Spec.RestartPolicy, path.Child("resizePolicy"), errors);
        SecurityValidation.Validate(container.SecurityContext, check.HostUsers, path.Child("securityContext"), errors);
    }

    private static void ValidatePorts(ValueList<ContainerPort> ports, FieldPath path, List<FieldError> errors)
    {
        HashSet<string> names = [];
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, at) = (ports[i], path.Index(i));
            if (port.Name.Length > 0)
            {
                var messages = Names.PortName(port.Name);
                errors.Invalid(at.Child("name"), port.Name, messages);
                if (messages.Count == 0 && !names.Add(port.Name))
                {
                    errors.Add(FieldError.Duplicate(at.Child("name"), port.Name));
                }
            }

            if (port.ContainerPortValue == 0)
            {
                errors.Required(at.Child("containerPort"));
            }
            else
            {
                errors.Invalid(
                    at.Child("containerPort"), port.ContainerPortValue, Names.PortNumber(port.ContainerPortValue));
            }

            if (port.HostPort != 0)
            {
                errors.Invalid(at.Child("hostPort"), port.HostPort, Names.PortNumber(port.HostPort));
            }

            errors.RequiredOneOf(at.Child("protocol"), port.Protocol, Protocol.SCTP, Protocol.TCP, Protocol.UDP);
        }
    }

    private static void ValidateUniqueHostPorts(
        ValueList<Container> containers, FieldPath path, List<FieldError> errors)
    {
        HashSet<string>? taken = null;
        for (var i = 0; i < containers.Count; i++)
        {
            var ports = containers[i].Ports;
            for (var j = 0; j < ports.Count; j++)
            {
                if (ports[j].HostPort == 0)
                {
                    continue;
                }

                var name = FormattableString.Invariant($"{ports[j].Protocol}/{ports[j].HostIP}/{ports[j].HostPort}");
                if (!(taken ??= []).Add(name))
                {
                    errors.Add(FieldError.Duplicate(path.Index(i).Child("ports").Index(j).Child("hostPort"), name));
                }
            }
        }
    }

    private static void ValidateResize(
        ValueList<ContainerResizePolicy> policies, string podRestart, FieldPath path, List<FieldError> errors)
    {
        HashSet<string> resources = [];
        for (var i = 0; i < policies.Count; i++)
        {
            var policy = policies[i];
            if (!resources.Add(policy.ResourceName))
            {
                errors.Add(FieldError.Duplicate(path.Index(i), policy.ResourceName));
            }

            errors.RequiredOneOf(path, policy.ResourceName, ResourceName.Cpu, ResourceName.Memory);
            errors.RequiredOneOf(path, policy.RestartPolicy,
                ResourceResizeRestartPolicy.NotRequired, ResourceResizeRestartPolicy.RestartContainer);
            if (podRestart == RestartPolicy.Never && policy.RestartPolicy != ResourceResizeRestartPolicy.NotRequired)
            {
                errors.Invalid(path, policy.RestartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }
}
