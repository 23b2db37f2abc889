@echo off
rem Double-click this file: content-port opens in your browser. Your posts are put into the folder "content-port" in your
rem user folder. To end it, close its page in the browser, or this window.
setlocal DisableDelayedExpansion
title content-port
echo content-port opens in your browser. Keep this window open while you work.
echo To end it, close its page in the browser, or this window.
echo.
rem In its folder, whatever that is called, also on another machine.
pushd "%~dp0"
if not exist app\bin\port.js (
  echo This file was opened inside of a ZIP. Unpack the ZIP first: right click, Extract All.
  echo.
  pause
  exit /b 2
)
.\node.exe app\bin\port.js studio --out "%USERPROFILE%\content-port" %*
set code=%ERRORLEVEL%
if "%code%"=="0" exit /b 0
echo.
echo content-port has ended with an error: see above.
pause
exit /b %code%
