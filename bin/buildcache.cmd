@echo off
rem The command line on Windows: prepared, and not yet tried. It needs Node.js 20.19 or newer on the PATH.
node "%~dp0..\dist\cli.js" %*
