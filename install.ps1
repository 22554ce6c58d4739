# Makes venv and installs everything that Mikazuki needs. Safe to run again: what is there is not fetched twice.
#
#   powershell -ExecutionPolicy Bypass -File install.ps1                torch's build is chosen by the graphics card
#   powershell -ExecutionPolicy Bypass -File install.ps1 --torch cpu    take this build of torch (cpu, cu126, cu130)
#   powershell -ExecutionPolicy Bypass -File install.ps1 --with-sd-scripts    also the upstream trainer
#   powershell -ExecutionPolicy Bypass -File install.ps1 --yes          ask nothing (the same as MIKAZUKI_YES=1)
#   $env:MIKAZUKI_PYTHON = "C:\path\python.exe"                         use this Python
# 国内用户请使用 install-cn.ps1。
#
# This script only finds a Python; the installation itself is mikazuki/setup/install.py, the same on every system.
$ErrorActionPreference = "Stop"
$env:PYTHONUTF8 = "1"
$env:PYTHONHOME = $null
$env:PYTHONPATH = $null
$Caller = Get-Location
$Arguments = @($args)
$Probe = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"

# What a command says on stderr must not end the script under PowerShell 5.1: only its exit status counts here.
function Test-Python([string[]] $Command) {
    $Program = $Command[0]
    $Options = @($Command | Select-Object -Skip 1)
    if (-not (Get-Command $Program -ErrorAction SilentlyContinue)) { return $false }
    $ErrorActionPreference = "Continue"
    & $Program @Options -c $Probe 2>&1 | Out-Null
    return ($LASTEXITCODE -eq 0)
}

function Find-Python {
    $Candidates = @()
    if (Test-Path -LiteralPath "venv\.mikazuki-install") { $Candidates += ,@(".\venv\Scripts\python.exe") }
    if ($env:MIKAZUKI_PYTHON) { $Candidates += ,@($env:MIKAZUKI_PYTHON) }
    foreach ($Version in "3.13", "3.12", "3.11") { $Candidates += ,@("py", "-$Version") }
    $Candidates += ,@("python3")
    $Candidates += ,@("python")
    foreach ($Found in @(Get-ChildItem ".python\versions\*\python.exe" -ErrorAction SilentlyContinue)) {
        $Candidates += ,@($Found.FullName)
    }
    foreach ($Candidate in $Candidates) {
        if (Test-Python $Candidate) { return ,$Candidate }
    }
    return $null
}

function Get-Uv {
    $Uv = Get-Command "uv" -ErrorAction SilentlyContinue
    if ($Uv) { return $Uv.Source }
    $env:UV_INSTALL_DIR = Join-Path $PSScriptRoot ".python\uv\bin"
    $env:UV_NO_MODIFY_PATH = "1"
    [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
    Invoke-RestMethod "https://astral.sh/uv/install.ps1" | Invoke-Expression | Out-Host
    return (Join-Path $env:UV_INSTALL_DIR "uv.exe")
}

function Install-Python {
    Write-Host "Mikazuki needs Python 3.11 or newer, and none was found."
    if (-not ($env:MIKAZUKI_YES -or ($Arguments -contains "--yes"))) {
        if ([Console]::IsInputRedirected) {
            Write-Host "Install one, or let this bring one into the folder .python with uv: install.ps1 --yes"
            return $false
        }
        $Answer = Read-Host "Bring Python 3.11 into the folder .python with uv (about 30 MB)? [y/N]"
        if ($Answer -notmatch "^[yY]") { return $false }
    }
    if ($Arguments -contains "--cn") {
        $env:UV_PYTHON_INSTALL_MIRROR = "https://mirror.nju.edu.cn/github-release/astral-sh/python-build-standalone"
    }
    $env:UV_PYTHON_INSTALL_DIR = Join-Path $PSScriptRoot ".python\versions"
    $Uv = Get-Uv
    $ErrorActionPreference = "Continue"
    & $Uv python install 3.11 | Out-Host
    if ($LASTEXITCODE -ne 0) {
        Write-Host "Python could not be brought: see above. Install Python 3.11 or newer yourself and run this again."
        return $false
    }
    return $true
}

$Status = 1
try {
    Set-Location -LiteralPath $PSScriptRoot
    $Python = Find-Python
    if (-not $Python -and (Install-Python)) {
        $Python = Find-Python
        if (-not $Python) { Write-Host "The Python that uv brought does not start; install one yourself." }
    }
    if ($Python) {
        $Program = $Python[0]
        $Options = @($Python | Select-Object -Skip 1)
        $ErrorActionPreference = "Continue"
        & $Program @Options -m mikazuki.setup @Arguments
        $Status = $LASTEXITCODE
    }
} catch {
    Write-Host "install.ps1: $($_.Exception.Message)"
    Write-Host "Nothing was finished. Put right what is said above and run it again."
} finally {
    Set-Location -LiteralPath $Caller.ProviderPath
}
exit $Status
