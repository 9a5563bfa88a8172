/**
 * uPlot makes a number format of navigator.language as soon as it is loaded. Some systems give browsers a name that Intl refuses, e.g.
 * "en-US@posix", and then nothing could be drawn.
 */
export function mendLanguage(of: { language: string } = navigator): void {
  try {
    Intl.getCanonicalLocales(of.language);
  } catch {
    const [language = "en"] = of.language.split(/[@._]/);
    Object.defineProperty(of, "language", {
      value: isLanguage(language) ? language : "en",
      configurable: true,
    });
  }
}

function isLanguage(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}
