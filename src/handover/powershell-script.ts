import { memoryHeader, memoryName } from './memory.ts';
import type { PosixScript } from './posix-script.ts';
import { comment, powershellString, windowsArgument } from './quote.ts';

/**
 * The same script for PowerShell, 5.1 and 7. Command lines are written out whole and given to .NET: PowerShell itself
 * passes quotation marks and empty words to programs in other ways from one version to the next. The byte order mark
 * tells 5.1 that the file is UTF-8.
 */
export function powershellScript({ tool, account, packages, about, window, calls }: Omit<PosixScript, 'code'>): string {
  const [first] = packages;
  const platform = first?.target.title ?? tool;
  return `\ufeff${comment(`Posts of ${account} for ${tool}, in the order of posting.csv.`)}
# Run it with: powershell -ExecutionPolicy Bypass -File ${tool}.ps1
# It can be stopped and started again: ${memoryName(tool)} beside it has what was sent.
#   -Now          sends what is planned for later than ${tool} can plan now, without its time
#   -Sent POST    this post is out: do not send it      -Again POST   it is not: send it
${about.map(comment).join('\n')}
param([switch] $Now, [string] $Sent = '', [string] $Again = '')

$ErrorActionPreference = 'Stop'
$memory = [IO.Path]::Combine($PSScriptRoot, ${powershellString(memoryName(tool))})
$header = ${powershellString(memoryHeader)}
$target = ${powershellString(first?.target.name ?? '')}
$platform = ${powershellString(platform)}
$posts = @(${packages.map(({ id }) => powershellString(id)).join(', ')})
$least = ${window.least}
$most = ${Math.min(window.most, 999_999_999)}
$script:count = 0
$script:before = 0
$script:waiting = 0

function Stop-Script([string] $sentence) {
  [Console]::Error.WriteLine($sentence)
  exit 1
}

function Get-Clock { [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture) }

function Add-Note([string] $post, [string] $tick, [string] $at) {
  [IO.File]::AppendAllText($memory, "$post,$tick,$target,$at,\`n")
}

# What was noted last of a post.
function Get-State([string] $post) {
  $tick = ''
  foreach ($line in [IO.File]::ReadAllLines($memory)) {
    $cells = $line.Split(',')
    if ($cells[0] -ceq $post) { $tick = $cells[1] }
  }
  $tick
}

if (-not [IO.File]::Exists($memory)) { [IO.File]::WriteAllText($memory, "$header\`n") }
if (@([IO.File]::ReadAllLines($memory))[0] -cne $header) {
  Stop-Script "$memory was changed by another program, so nobody knows what is out. Put back its first line: $header"
}
foreach ($name in @($Sent, $Again)) {
  if ($name -ne '' -and -not ($posts -ccontains $name)) { Stop-Script "There is no post $name here." }
}
if ($Sent -ne '') { Add-Note $Sent 'done' (Get-Clock) }
if ($Again -ne '') { Add-Note $Again 'failed' '' }

$program = if ($env:SAU) { $env:SAU } else { 'sau' }
$account = if ($env:SAU_ACCOUNT) { $env:SAU_ACCOUNT } else { ${powershellString(account)} }
if ($account -match '["\\\\]') { Stop-Script 'SAU_ACCOUNT must have no quotation marks and no backslashes.' }

# A batch file would be run by cmd.exe, which changes percent signs and quotation marks in the words of a post.
if ($program -match '\\.(cmd|bat)$') { Stop-Script "$program is a batch file, which would spoil the words: name the program itself with SAU." }

function Send-Post([string] $post, [long] $epoch, [string] $time, [string] $clock, [string] $action, [string] $words) {
  $state = Get-State $post
  if ($state -ceq 'done' -or $state -ceq 'private' -or $state -ceq 'draft') { $script:before += 1; return }
  if ($state -ceq 'begun') {
    Stop-Script "$post was being sent when the script stopped, so it may be out. Look at \${platform}: if it is there, run it with -Sent $post, else with -Again $post."
  }
  $at = Get-Clock
  $line = "xiaohongshu $action --account \`"$account\`" $words"
  if ($epoch -gt 0) {
    $ahead = $epoch - [long] [Math]::Floor(([DateTime]::UtcNow - [DateTime]::new(1970, 1, 1)).TotalSeconds)
    if ($ahead -ge $least -and $ahead -le $most) {
      $line = "$line --schedule \`"$clock\`""
      $at = $time
    } elseif ($ahead -gt 0 -and -not $Now) {
      $why = if ($ahead -lt $least) { 'too soon' } else { 'too far ahead' }
      [Console]::WriteLine("$post waits: it is planned for $time, $why for ${tool} to plan. Run this again later, or with -Now.")
      $script:waiting += 1
      return
    }
  }
  if ($env:SAU_FLAGS) { $line = "$line $env:SAU_FLAGS" }
  $start = New-Object System.Diagnostics.ProcessStartInfo
  $start.FileName = $program
  $start.Arguments = $line
  $start.UseShellExecute = $false
  $start.WorkingDirectory = (Get-Location -PSProvider FileSystem).ProviderPath
  Add-Note $post 'begun' ''
  $process = $null
  $noted = $false
  try {
    try {
      $process = [System.Diagnostics.Process]::Start($start)
    } catch {
      Add-Note $post 'failed' ''
      $noted = $true
      Stop-Script "$program cannot be started: install social-auto-upload, or say where it is with SAU."
    }
    $process.WaitForExit()
    $code = $process.ExitCode
    $noted = $true
    if ($code -ne 0) {
      Add-Note $post 'failed' ''
      Stop-Script "$post was not posted: ${tool} failed (exit $code). Mend what it says above, then run this again; if the post is out all the same, run it with -Sent $post."
    }
    Add-Note $post 'done' $at
  } finally {
    # Ctrl-C ends the tool too: what it did not finish can be sent again.
    if (-not $noted -and $null -ne $process -and $process.WaitForExit(10000) -and $process.ExitCode -ne 0) { Add-Note $post 'failed' '' }
  }
  $script:count += 1
  [Console]::WriteLine("$post is sent.")
}

try {
  $lock = [IO.File]::Open([IO.Path]::Combine($PSScriptRoot, '.${tool}.ps1.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
} catch {
  Stop-Script 'This script runs already.'
}

${calls.join('\n')}

$lock.Dispose()
[Console]::WriteLine("$($script:count) sent, $($script:before) sent before, $($script:waiting) waiting. When you have seen them on \${platform}: port posted --from $memory")
`;
}

export interface PowershellCall {
  readonly id: string;
  readonly epoch: number;
  readonly planned: string | null;
  readonly clock: string;
  readonly action: string;
  readonly words: readonly string[];
}

/** The call that sends one post. */
export function powershellCall({ id, epoch, planned, clock, action, words }: PowershellCall): string {
  const texts = [planned ?? '', clock, action, words.map(windowsArgument).join(' ')];
  return ['Send-Post', powershellString(id), String(epoch), ...texts.map(powershellString)].join(' ');
}
