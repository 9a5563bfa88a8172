/**
 * Texts that an editor has reported and that have not come back as its value yet. Typing is faster than rendering: putting
 * an older text back into the editor would swallow letters and move the cursor.
 */
export class ReportedTexts {
  #pending: string[] = [];

  report(text: string): void {
    this.#pending.push(text);
  }

  /** True when a value is the echo of a report; false when it comes from elsewhere and the editor has to show it. */
  isEcho(value: string): boolean {
    const at = this.#pending.indexOf(value);
    this.#pending = at < 0 ? [] : this.#pending.slice(at + 1);
    return at >= 0;
  }
}
