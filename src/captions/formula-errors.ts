/**
 * Error values of spreadsheets, in the languages of Excel; Google Sheets (`#ERROR!`) and LibreOffice (`Err:508`) have
 * their own. They appear where a caption was taken for a formula (`=best day`, `-5 kg`, `@maya`). From the vendors'
 * help pages, 2026-11. Such a cell contains nothing that a person wrote.
 */
const errors = new Set(
  `#NAME? #NOM? #¿NOMBRE? #NOMBRE? #NOME? #NAAM? #NAZWA? #ИМЯ? #ІМ'Я? #AD? #NAVN? #NAMN? #NIMI? #NÁZEV? #NÉV? #NAZOV? #NÁZOV? #NUME? #ΌΝΟΜΑ? #IME?
#VALUE! #WERT! #VALEUR! #¡VALOR! #VALOR! #VALORE! #WAARDE! #ARG! #ЗНАЧ! #DEĞER! #VÆRDI! #VERDI! #VÄRDEFEL! #ARVO! #HODNOTA! #ÉRTÉK! #VALOARE! #ΤΙΜΗ!
#REF! #BEZUG! #¡REF! #RIF! #VERW! #ADR! #ССЫЛКА! #BAŞV! #REFERENS! #VIITTAUS! #ODKAZ! #HIV! #REFERENCE!
#NUM! #ZAHL! #NOMBRE! #¡NUM! #NÚM! #GETAL! #LICZBA! #ЧИСЛО! #SAYI! #OGILTIGT! #LUKU! #ČÍSLO! #SZÁM!
#DIV/0! #¡DIV/0! #DEEL/0! #DZIEL/0! #ДЕЛ/0! #SAYI/0! #DIVISION/0! #JAKO/0! #DĚLENÍ_NULOU! #ZÉRÓOSZTÓ!
#N/A #N/D #NV #N/B #N/D! #Н/Д #YOK #I/T #SAKNAS! #PUUTTUU! #NENÍ_K_DISPOZICI #HIÁNYZIK #NULL! #NUL! #¡NULO! #NULO! #LEEG! #ZERO! #ПУСТО! #BOŞ!
#SPILL! #ÜBERLAUF! #PROPAGATION! #CALC! #KALK! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #BUSY! #GETTING_DATA #ERROR!`.split(
    /\s+/,
  ),
);

/** Whether a cell contains only such an error. */
export function isFormulaError(cell: string): boolean {
  const text = cell.trim();
  return (
    text.length <= 20 && (errors.has(text.toUpperCase()) || /^(?:Err|Error|Fehler|Erreur|Ошибка):5\d\d$/i.test(text))
  );
}
