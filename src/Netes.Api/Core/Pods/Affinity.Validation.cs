namespace Netes.Api.Core;

/// <summary>Source: validateAffinity of pkg/apis/core/validation/validation.go.</summary>
public static class AffinityValidation
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    private const string Weight = "must be in the range 1-100";
    private const string Operator = "not a valid selector operator";

    /// <summary>Of an affinity that is not a pod's, as a scheduler's configuration has one.</summary>
    public static IReadOnlyList<FieldError> Validate(NodeAffinity affinity, FieldPath path)
    {
        List<FieldError> errors = [];
        Validate(affinity, path, errors);
        return errors;
    }

    internal static void Validate(Affinity? affinity, FieldPath path, List<FieldError> errors)
    {
        if (affinity?.NodeAffinity is { } nodes)
        {
            Validate(nodes, path.Child("nodeAffinity"), errors);
        }

        if (affinity?.PodAffinity is { } pods)
        {
            var at = path.Child("podAffinity");
            Validate(pods.RequiredDuringSchedulingIgnoredDuringExecution, at.Child(Required), errors);
            Validate(pods.PreferredDuringSchedulingIgnoredDuringExecution, at.Child(Preferred), errors);
        }

        if (affinity?.PodAntiAffinity is { } anti)
        {
            var at = path.Child("podAntiAffinity");
            Validate(anti.RequiredDuringSchedulingIgnoredDuringExecution, at.Child(Required), errors);
            Validate(anti.PreferredDuringSchedulingIgnoredDuringExecution, at.Child(Preferred), errors);
        }
    }

    internal static void ValidateNodes(NodeSelector selector, FieldPath path, List<FieldError> errors)
    {
        var terms = path.Child("nodeSelectorTerms");
        if (selector.NodeSelectorTerms.IsEmpty)
        {
            errors.Required(terms, "must have at least one node selector term");
        }

        for (var i = 0; i < selector.NodeSelectorTerms.Count; i++)
        {
            ValidateTerm(selector.NodeSelectorTerms[i], checkValues: true, terms.Index(i), errors);
        }
    }

    private static void Validate(NodeAffinity affinity, FieldPath path, List<FieldError> errors)
    {
        if (affinity.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            ValidateNodes(required, path.Child(Required), errors);
        }

        var preferred = affinity.PreferredDuringSchedulingIgnoredDuringExecution;
        for (var i = 0; i < preferred.Count; i++)
        {
            var at = path.Child(Preferred).Index(i);
            ValidateWeight(preferred[i].Weight, at, errors);
            ValidateTerm(preferred[i].Preference, checkValues: false, at.Child("preference"), errors);
        }
    }

    private static void ValidateTerm(NodeSelectorTerm term, bool checkValues, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < term.MatchExpressions.Count; i++)
        {
            ValidateExpression(term.MatchExpressions[i], checkValues, path.Child("matchExpressions").Index(i), errors);
        }

        for (var i = 0; i < term.MatchFields.Count; i++)
        {
            ValidateField(term.MatchFields[i], path.Child("matchFields").Index(i), errors);
        }
    }

    private static void ValidateExpression(
        NodeSelectorRequirement requirement, bool checkValues, FieldPath path, List<FieldError> errors)
    {
        var values = path.Child("values");
        switch (requirement.Operator)
        {
            case NodeSelectorOperator.In or NodeSelectorOperator.NotIn:
                if (requirement.Values.IsEmpty)
                {
                    errors.Required(values, "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case NodeSelectorOperator.Exists or NodeSelectorOperator.DoesNotExist:
                if (!requirement.Values.IsEmpty)
                {
                    errors.Forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            case NodeSelectorOperator.Gt or NodeSelectorOperator.Lt:
                if (requirement.Values.Count != 1)
                {
                    errors.Required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }

                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, Operator);
                break;
        }

        errors.Invalid(path.Child("key"), requirement.Key, Names.QualifiedName(requirement.Key));
        for (var i = 0; checkValues && i < requirement.Values.Count; i++)
        {
            errors.Invalid(values.Index(i), requirement.Values[i], Names.LabelValue(requirement.Values[i]));
        }
    }

    private static void ValidateField(NodeSelectorRequirement requirement, FieldPath path, List<FieldError> errors)
    {
        if (requirement.Operator is not (NodeSelectorOperator.In or NodeSelectorOperator.NotIn))
        {
            errors.Invalid(path.Child("operator"), requirement.Operator, Operator);
        }
        else if (requirement.Values.Count != 1)
        {
            errors.Required(path.Child("values"),
                "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }

        if (requirement.Key != "metadata.name")
        {
            errors.Invalid(path.Child("key"), requirement.Key, "not a valid field selector key");
            return;
        }

        for (var i = 0; i < requirement.Values.Count; i++)
        {
            errors.Invalid(
                path.Child("values").Index(i), requirement.Values[i], Names.Dns1123Subdomain(requirement.Values[i]));
        }
    }

    private static void Validate(ValueList<PodAffinityTerm> terms, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            Validate(terms[i], path.Index(i), errors);
        }
    }

    private static void Validate(ValueList<WeightedPodAffinityTerm> terms, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            ValidateWeight(terms[i].Weight, path.Index(i), errors);
            Validate(terms[i].PodAffinityTerm, path.Index(i).Child("podAffinityTerm"), errors);
        }
    }

    private static void ValidateWeight(int weight, FieldPath path, List<FieldError> errors)
    {
        if (weight is < 1 or > 100)
        {
            errors.Invalid(path.Child("weight"), weight, Weight);
        }
    }

    private static void Validate(PodAffinityTerm term, FieldPath path, List<FieldError> errors)
    {
        SelectorRules.Validate(term.LabelSelector, path.Child("labelSelector"), errors);
        SelectorRules.Validate(term.NamespaceSelector, path.Child("namespaceSelector"), errors);
        foreach (var space in term.Namespaces)
        {
            errors.Invalid(path.Child("namespace"), space, Names.Dns1123Label(space));
        }

        ValidateKeys(term, path, errors);
        errors.RequireText(path.Child("topologyKey"), term.TopologyKey, "can not be empty");
        errors.Invalid(path.Child("topologyKey"), term.TopologyKey, Names.QualifiedName(term.TopologyKey));
    }

    private static void ValidateKeys(PodAffinityTerm term, FieldPath path, List<FieldError> errors)
    {
        foreach (var (field, keys) in ((string, ValueList<string>)[])
            [("matchLabelKeys", term.MatchLabelKeys), ("mismatchLabelKeys", term.MismatchLabelKeys)])
        {
            if (keys.IsEmpty)
            {
                continue;
            }

            if (term.LabelSelector is null)
            {
                errors.Forbidden(path.Child(field), "must not be specified when labelSelector is not set");
                continue;
            }

            for (var i = 0; i < keys.Count; i++)
            {
                errors.Invalid(path.Child(field).Index(i), keys[i], Names.QualifiedName(keys[i]));
            }
        }

        for (var i = 0; i < term.MatchLabelKeys.Count; i++)
        {
            var key = term.MatchLabelKeys[i];
            if (term.LabelSelector is { } selector && (selector.MatchLabels.ContainsKey(key)
                || selector.MatchExpressions.Count(expression => expression.Key == key) > 1))
            {
                errors.Invalid(path.Index(i), key, "exists in both matchLabelKeys and labelSelector");
            }

            if (term.MismatchLabelKeys.Contains(key))
            {
                errors.Invalid(path.Child("matchLabelKeys").Index(i), key,
                    "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }
}
