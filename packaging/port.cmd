@echo off
rem Starts port with the Node that lies beside it. Call it from any folder.
setlocal
"%~dp0node.exe" "%~dp0app\bin\port.js" %*
exit /b %ERRORLEVEL%
