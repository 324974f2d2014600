namespace Netes.Simulation.World;

/// <summary>
/// One request for a certificate, and one certificate, good for a hundred years: keys made anew would differ from one
/// life of a seed to the next.
/// </summary>
internal static class Certificates
{
    /// <summary>Of node-0, for its client certificate.</summary>
    public const string Request = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIHuMIGWAgEAMDQxFTATBgNVBAoMDHN5c3RlbTpub2RlczEbMBkGA1UEAwwSc3lz
        dGVtOm5vZGU6bm9kZS0wMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENGjQbDWU
        kQJhzm8c9h8yrzbDgFPf/qGogLsJOcRSbwro/30e89SSNthBLQ5CdCSeitL5vJzF
        L5tjYte2HFzUvqAAMAoGCCqGSM49BAMCA0cAMEQCIF2k+VcwvOa9MEHUEQjAsKga
        Sb/3vQHs2CSEXbXOV0E4AiBsBFQlTwWF8OpPSGIqJKocLwoFCAFhD+FPVgq4uQXN
        LQ==
        -----END CERTIFICATE REQUEST-----

        """;

    /// <summary>What every signer gives.</summary>
    public const string Signed = """
        -----BEGIN CERTIFICATE-----
        MIIBZTCCAQsCFEHlSUBnET414aVTcZrutglOTL4KMAoGCCqGSM49BAMCMDQxFTAT
        BgNVBAoMDHN5c3RlbTpub2RlczEbMBkGA1UEAwwSc3lzdGVtOm5vZGU6bm9kZS0w
        MCAXDTI2MTEyMzE4MjI0NVoYDzIxMjYxMDMwMTgyMjQ1WjA0MRUwEwYDVQQKDAxz
        eXN0ZW06bm9kZXMxGzAZBgNVBAMMEnN5c3RlbTpub2RlOm5vZGUtMDBZMBMGByqG
        SM49AgEGCCqGSM49AwEHA0IABDRo0Gw1lJECYc5vHPYfMq82w4BT3/6hqIC7CTnE
        Um8K6P99HvPUkjbYQS0OQnQknorS+bycxS+bY2LXthxc1L4wCgYIKoZIzj0EAwID
        SAAwRQIhAJgpP+JbXeJuSe/BMZpAOhdOfEyKZZ8TY8TtOOh0MH3pAiB3D6kMyFHD
        IEsJ2Bp0//tVlnXqPFeaYlZUlRML2gM75A==
        -----END CERTIFICATE-----

        """;
}
