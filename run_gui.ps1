# Opens the studio in the browser; installs what is missing first. What is added goes to gui.py: .\run_gui.ps1 --listen
# 在浏览器中打开工作台,缺少的东西会先安装。后面的参数会交给 gui.py,例如 .\run_gui.ps1 --listen
$ErrorActionPreference = "Stop"
$env:PYTHONUTF8 = "1"
$Rest = @($args)
$Caller = Get-Location
$Status = 1
try {
    Set-Location -LiteralPath $PSScriptRoot
    & (Join-Path $PSScriptRoot "install.ps1") --if-needed
    $Status = $LASTEXITCODE
    if ($Status -eq 0) {
        & ".\venv\Scripts\python.exe" gui.py @Rest
        $Status = $LASTEXITCODE
    }
} finally {
    Set-Location -LiteralPath $Caller.ProviderPath
}
exit $Status
