# 使用国内镜像安装:PyPI 用清华镜像,torch 用阿里云镜像,Python 用南京大学镜像。
# Installs from mirrors in mainland China; everything else is install.ps1's.
#   powershell -ExecutionPolicy Bypass -File install-cn.ps1
#   powershell -ExecutionPolicy Bypass -File install-cn.ps1 --with-sd-scripts    连同上游训练器 sd-scripts
& (Join-Path $PSScriptRoot "install.ps1") --cn @args
$Status = $LASTEXITCODE
if ($Status -ne 0) {
    Write-Host "安装未完成:请按上面的提示处理后重新运行 install-cn.ps1。"
}
exit $Status
