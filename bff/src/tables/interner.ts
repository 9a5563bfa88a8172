const mostTexts = 2000;

/** Keeps one copy of texts and label sets that many rows have in common. */
export class Interner {
  readonly #texts = new Map<string, string>();
  readonly #labels = new Map<string, Readonly<Record<string, string>>>();

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size < mostTexts) this.#texts.set(text, text);
    return text;
  }

  labels(labels: Record<string, string> | undefined): Readonly<Record<string, string>> {
    if (!labels) return none;
    const key = JSON.stringify(labels);
    const known = this.#labels.get(key);
    if (known) return known;
    // Label sets that name their own object are met once each and would only fill the map.
    if (this.#labels.size >= mostTexts) this.#labels.clear();
    this.#labels.set(key, labels);
    return labels;
  }
}

const none: Readonly<Record<string, string>> = {};
