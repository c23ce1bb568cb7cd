; The per-user installer. Made by `packaging/windows/build.py`, which says VERSION, IDENTIFIER, FILES, OUTPUT and KILOBYTES.
;
;   Signoff-VERSION-setup.exe /S           without a question, for this user
;   Signoff-VERSION-setup.exe /S /D=PATH   elsewhere; the path last and without quotation marks
;   uninstall.exe /S                       away again; what Signoff wrote stays
;
; Ends with 2 while Signoff runs, and with 3 where it may not write.
Unicode true
Target amd64-unicode
RequestExecutionLevel user
SetCompressor /SOLID lzma
Name "Signoff"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Signoff"
InstallDirRegKey HKCU "Software\Signoff" "InstallFolder"
Icon "${ICON}"
UninstallIcon "${ICON}"
BrandingText "Signoff ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Signoff"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Signoff installer"
VIAddVersionKey "CompanyName" "Signoff contributors"
VIAddVersionKey "LegalCopyright" "MIT licence"

!include "MUI2.nsh"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\signoff-gui.exe"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\Signoff"

; A program that runs cannot be opened for writing.
!macro RefuseWhileRunning UN
Function ${UN}RefuseWhileOpen
  Pop $1
  IfFileExists "$INSTDIR\$1" 0 done
  ClearErrors
  FileOpen $0 "$INSTDIR\$1" a
  IfErrors 0 close
    MessageBox MB_OK|MB_ICONEXCLAMATION "Signoff is open. Close its window, wait until it has ended, and try again. Nothing was changed." /SD IDOK
    SetErrorLevel 2
    Quit
  close:
  FileClose $0
  done:
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

Section "Signoff"
  Push "signoff.exe"
  Call RefuseWhileOpen
  Push "signoff-gui.exe"
  Call RefuseWhileOpen
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $0 "$INSTDIR\uninstall.new" w
  IfErrors 0 writable
    MessageBox MB_OK|MB_ICONSTOP "There is no right to write to $INSTDIR. Choose another folder. Nothing was changed." /SD IDOK
    SetErrorLevel 3
    Quit
  writable:
  FileClose $0
  Delete "$INSTDIR\uninstall.new"
  ; What an older version had and this one has not must not stay: Python would find it.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FILES}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Signoff.lnk" "$INSTDIR\signoff-gui.exe" "" "$INSTDIR\signoff-gui.exe" 0
  Call NameShortcut
  WriteRegStr HKCU "Software\Signoff" "InstallFolder" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "DisplayName" "Signoff"
  WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\signoff-gui.exe"
  WriteRegStr HKCU "${LISTED}" "Publisher" "Signoff contributors"
  WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LISTED}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
  WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
SectionEnd

; The shortcut carries the program's AppUserModelID, so that a pinned icon and the open window are one button. Windows
; takes it through IPropertyStore alone (key 9F4C2855…, 5); where that fails the shortcut works without.
Function NameShortcut
  System::Call 'ole32::CoCreateInstance(g "{00021401-0000-0000-C000-000000000046}", p 0, i 1, g "{000214F9-0000-0000-C000-000000000046}", *p .r0) i .r1'
  IntCmp $1 0 0 done done
  System::Call '$0->0(g "{0000010b-0000-0000-C000-000000000046}", *p .r2) i .r1'
  IntCmp $1 0 0 release release
  System::Call '$2->5(w "$SMPROGRAMS\Signoff.lnk", i 2) i .r1'
  System::Call '$0->0(g "{886d8eeb-8cf2-4446-8d02-cdba1dbdcf99}", *p .r3) i .r1'
  IntCmp $1 0 0 releasefile releasefile
  System::Call '*(&g16 "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}", &i4 5) p .r4'
  System::Call '*(&w256 "${IDENTIFIER}") p .r6'
  System::Call '*(&i2 31, &i2 0, &i2 0, &i2 0, p r6, p 0) p .r5'
  System::Call '$3->6(p r4, p r5) i .r1'
  System::Call '$3->7() i .r1'
  System::Call '$2->6(w "$SMPROGRAMS\Signoff.lnk", i 1) i .r1'
  System::Free $4
  System::Free $5
  System::Free $6
  System::Call '$3->2()'
  releasefile:
  System::Call '$2->2()'
  release:
  System::Call '$0->2()'
  done:
FunctionEnd

Section "Uninstall"
  Push "signoff.exe"
  Call un.RefuseWhileOpen
  Push "signoff-gui.exe"
  Call un.RefuseWhileOpen
  ; By name, never the whole folder: somebody may have chosen one that holds other things. The user's data are elsewhere.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\signoff.exe"
  Delete "$INSTDIR\signoff-gui.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Signoff.lnk"
  DeleteRegKey HKCU "${LISTED}"
  DeleteRegKey HKCU "Software\Signoff"
SectionEnd
