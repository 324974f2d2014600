using Netes.Cel;

namespace Netes.Tests.Cel;

/// <summary>Kubernetes' own libraries: what their documentation's examples state, and their errors.</summary>
public sealed class LibraryTests
{
    [Theory]
    [InlineData("[1, 3, 2].isSorted() || [3, 1].sum() == 4 && [2, 5, 1].max() == 5 && ['b', 'a'].min() == 'a'", "true")]
    [InlineData("[].sum() == 0 && [1.5, 2.0].sum() == 3.5 && [duration('1m'), duration('1s')].sum() == duration('61s')", "true")]
    [InlineData("[].map(x, 1).max()", "error: max called on empty list")]
    [InlineData("[1, 2, 2].indexOf(2) * 10 + [1, 2, 2].lastIndexOf(2) + [1].indexOf(9)", "11")]
    [InlineData("[9223372036854775807, 1].sum()", "error: integer overflow")]
    [InlineData("sets.contains([1, 2], [2]) && sets.equivalent([1, 1, 2], [2, 1]) && !sets.intersects([1], [2])", "true")]
    [InlineData("quantity('1.5Gi').isGreaterThan(quantity('1G')) && quantity('500m').add(quantity('0.5')) == quantity('1')", "true")]
    [InlineData("quantity('50k').sub(1).asInteger()", "49999")]
    [InlineData("quantity('1500m').isInteger() || quantity('1500m').asApproximateFloat() == 1.5", "true")]
    [InlineData("quantity('1500m').asInteger()", "error: cannot convert value to integer")]
    [InlineData("quantity('-5').sign() + quantity('0').sign() + quantity('1e3').compareTo(quantity('1k'))", "-1")]
    [InlineData("isQuantity('1.3Gi') && isQuantity('2e3') && !isQuantity('10 Mi') && !isQuantity('1Ki5') && !isQuantity('')", "true")]
    [InlineData("quantity('x')", "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-alpha.1').isLessThan(semver('1.0.0-alpha.beta'))", "true")]
    [InlineData("semver('1.0.0-rc.1').compareTo(semver('1.0.0'))", "-1")]
    [InlineData("semver('1.2.3').major() * 100 + semver('1.2.3').minor() * 10 + semver('1.2.3').patch()", "123")]
    [InlineData("semver('v01.1', true) == semver('1.1.0') && !isSemver('v1.0') && isSemver('v1.0', true) && !isSemver('200K')", "true")]
    [InlineData("semver('1.2')", "error: No Major.Minor.Patch elements found")]
    [InlineData("semver('1.02.3')", "error: Minor number must not contain leading zeroes \"02\"")]
    [InlineData("semver('1.0.0+a') == semver('1.0.0+b')", "true")]
    [InlineData("ip('127.0.0.1').isLoopback() && ip('::1').family() == 6 && ip('fe80::1').isLinkLocalUnicast()", "true")]
    [InlineData("ip('224.0.0.1').isLinkLocalMulticast() && ip('0.0.0.0').isUnspecified() && ip('8.8.8.8').isGlobalUnicast()", "true")]
    [InlineData("ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD') && !isIP('1.2.3') && !isIP('01.2.3.4')", "true")]
    [InlineData("ip('::ffff:1.2.3.4')", "error: IPv4-mapped IPv6 address \"::ffff:1.2.3.4\" is not allowed")]
    [InlineData("cidr('192.168.0.0/16').containsIP('192.168.10.1') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))", "true")]
    [InlineData("cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))", "true")]
    [InlineData("string(cidr('192.168.1.7/24').masked()) + ' ' + string(cidr('::1/128').ip()) + ' ' + string(cidr('10.0.0.0/8').prefixLength())", "192.168.1.0/24 ::1 8")]
    [InlineData("isCIDR('10.0.0.0/33') || isCIDR('10.0.0.0') || isCIDR('10.0.0.0/08')", "false")]
    [InlineData("url('https://user@example.com:80/a b?k=1&k=2&z=%20').getHost()", "example.com:80")]
    [InlineData("url('https://example.com:80/a%20b?k=1&k=2&z=%20').getQuery()", "{k: [1, 2], z: [ ]}")]
    [InlineData("url('https://[::1]:80/a b').getHostname() + url('https://[::1]:80/a b').getPort() + url('/x y').getEscapedPath()", "::180/x%20y")]
    [InlineData("isURL('https://a.b/c') && isURL('/path') && !isURL('../x') && !isURL('https://a:b/')", "true")]
    [InlineData("url('../x')", "error: URL parse error during conversion from string: parse \"../x\": invalid URI for request")]
    [InlineData("format.dns1123Label().validate('my-name').hasValue()", "false")]
    [InlineData("format.dns1123Label().validate('My').value()[0].startsWith('a lowercase RFC 1123 label must consist')", "true")]
    [InlineData("format.named('qualifiedName').value().validate('example.com/Na_me').hasValue() || format.named('nope').hasValue()", "false")]
    [InlineData("!format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue() && format.date().validate('2024-02-30').hasValue()", "true")]
    [InlineData("!format.dns1123LabelPrefix().validate('ab-').hasValue() && format.labelValue().validate('-a').hasValue()", "true")]
    public void Library_DoesWhatItsDocumentationSays(string expression, string expected) =>
        Assert.Equal(expected, CelTables.Show(expression));

    // The shape that device selectors use: domains that are not there are empty maps.
    [Fact]
    public void Device_IsSelectedByAttributesAndCapacity()
    {
        var attribute = CelType.Dyn.WithMaxSize(64);
        var name = CelType.String.WithMaxSize(63);
        var device = CelType.Object("kubernetes.DRADevice", new Dictionary<string, CelType>
        {
            ["driver"] = name,
            ["attributes"] = CelType.Map(name, CelType.Map(name, attribute).WithMaxSize(32)).WithMaxSize(32),
            ["capacity"] = CelType.Map(name, CelType.Map(name, CelType.Quantity).WithMaxSize(32)).WithMaxSize(32),
            ["allowMultipleAllocations"] = CelType.Bool,
        });
        var environment = CelEnvironment.Kubernetes.With("device", device);
        var empty = CelValue.Map(new Dictionary<string, CelValue>());
        CelValue Domains(string domain, Dictionary<string, CelValue> entries) => new CelMapWithDefault(
            CelValue.Map(new Dictionary<string, CelValue> { [domain] = CelValue.Map(entries) }), empty);
        var variables = new Dictionary<string, CelValue>
        {
            ["device"] = CelValue.Map(new Dictionary<string, CelValue>
            {
                ["driver"] = CelValue.Of("gpu.example.com"),
                ["attributes"] = Domains("gpu.example.com", new()
                {
                    ["model"] = CelValue.Of("a100"),
                    ["cores"] = CelValue.Of(8),
                    ["version"] = CelSemver.Parse("1.2.3", out _)!,
                }),
                ["capacity"] = Domains("gpu.example.com", new() { ["memory"] = CelQuantity.Parse("40Gi")! }),
                ["allowMultipleAllocations"] = CelValue.False,
            }),
        };

        string Show(string expression)
        {
            var compiled = environment.Compile(expression);
            Assert.True(compiled.Program is not null, compiled.ErrorText);
            Assert.True(compiled.Program.EstimateCost().Max < 1_000_000, "the worst case is known");
            return compiled.Program.Evaluate(variables, 1_000_000,
                TestContext.Current.CancellationToken).Value.ToString()!;
        }

        Assert.Equal("true", Show("device.driver == 'gpu.example.com' && device.attributes['gpu.example.com'].model == 'a100'"));
        Assert.Equal("true", Show("cel.bind(gpu, device.attributes['gpu.example.com'], gpu.cores > 4 && gpu.version.isGreaterThan(semver('1.0.0')))"));
        Assert.Equal("true", Show("device.capacity['gpu.example.com'].memory.isGreaterThan(quantity('10Gi')) && !device.allowMultipleAllocations"));
        Assert.Equal("false", Show("'model' in device.attributes['other.example.com']"));
        Assert.Equal("no such key: model", Show("device.attributes['other.example.com'].model == 'a100'"));
        Assert.Equal("true", Show("has(device.attributes['gpu.example.com'].model) && device.attributes['gpu.example.com'].?none.orValue(1) == 1"));
    }
}
