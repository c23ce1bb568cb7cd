# Signs with the certificate of the environment (base64 of a PFX, and its password), with a time stamp.
param([Parameter(Mandatory, ValueFromRemainingArguments)] [string[]] $Files)
$ErrorActionPreference = 'Stop'
$pfx = Join-Path $env:RUNNER_TEMP 'signing.pfx'
try {
    [IO.File]::WriteAllBytes($pfx, [Convert]::FromBase64String($env:CERTIFICATE))
    $password = ConvertTo-SecureString $env:CERTIFICATE_PASSWORD -AsPlainText -Force
    # Into this user's store, so that the password stands in no list of arguments.
    $certificate = Import-PfxCertificate -FilePath $pfx -CertStoreLocation Cert:\CurrentUser\My -Password $password
} finally {
    Remove-Item -Force -ErrorAction SilentlyContinue $pfx
}
foreach ($file in $Files) {
    $signed = Set-AuthenticodeSignature -FilePath $file -Certificate $certificate -HashAlgorithm SHA256 `
        -IncludeChain All -TimestampServer 'http://timestamp.digicert.com'
    if ($signed.Status -ne 'Valid') { throw "${file}: $($signed.StatusMessage)" }
}
