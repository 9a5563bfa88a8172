import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import type { ITheme } from "@xterm/xterm";
import { Terminal } from "@xterm/xterm";

const light: ITheme = {
  background: "#f2f2f2",
  foreground: "#151515",
  cursor: "#151515",
  cursorAccent: "#f2f2f2",
  selectionBackground: "#b9dafc",
  black: "#151515",
  red: "#b1380b",
  green: "#3d7317",
  yellow: "#8a5e00",
  blue: "#004d99",
  magenta: "#5e40be",
  cyan: "#00686b",
  white: "#707070",
  brightBlack: "#4d4d4d",
  brightRed: "#b1380b",
  brightGreen: "#3d7317",
  brightYellow: "#8a5e00",
  brightBlue: "#0066cc",
  brightMagenta: "#5e40be",
  brightCyan: "#00686b",
  brightWhite: "#151515",
};
const dark: ITheme = {
  background: "#1a1a1a",
  foreground: "#e0e0e0",
  cursor: "#e0e0e0",
  cursorAccent: "#1a1a1a",
  selectionBackground: "#004d99",
  red: "#f0746b",
  green: "#87bb62",
  yellow: "#ffcc17",
  blue: "#92c5f9",
  magenta: "#b6a6e9",
  cyan: "#9ad8d8",
};

/** The part of a terminal that draws, without what it is connected to. */
export class TerminalScreen {
  readonly terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #observer: ResizeObserver;

  constructor(host: HTMLElement, options: { isDark: boolean; screenReader: boolean; onLeave: () => void }) {
    this.terminal = new Terminal({
      fontFamily: getComputedStyle(host).fontFamily,
      fontSize: 14,
      scrollback: 10_000,
      cursorBlink: true,
      screenReaderMode: options.screenReader,
      theme: options.isDark ? dark : light,
      // What a program prints must not lead a click anywhere.
      linkHandler: { activate: () => undefined },
    });
    this.terminal.loadAddon(this.#fit);
    this.terminal.loadAddon(this.#search);
    this.terminal.open(host);
    this.terminal.attachCustomKeyEventHandler((event) => this.#key(event, options.onLeave));
    this.#observer = new ResizeObserver(() => this.fit());
    this.#observer.observe(host);
    this.fit();
  }

  get size(): { cols: number; rows: number } {
    return { cols: this.terminal.cols, rows: this.terminal.rows };
  }

  fit(): void {
    // Hidden, it would shrink to nothing.
    if (this.terminal.element?.clientWidth) this.#fit.fit();
  }

  setTheme(isDark: boolean): void {
    this.terminal.options.theme = isDark ? dark : light;
  }

  setScreenReader(on: boolean): void {
    this.terminal.options.screenReaderMode = on;
  }

  find(text: string, forward: boolean): boolean {
    return forward ? this.#search.findNext(text) : this.#search.findPrevious(text);
  }

  async copy(): Promise<boolean> {
    const text = this.terminal.getSelection();
    if (text === "") return false;
    await navigator.clipboard.writeText(text);
    return true;
  }

  async paste(): Promise<void> {
    this.terminal.paste(await navigator.clipboard.readText());
    this.terminal.focus();
  }

  close(): void {
    this.#observer.disconnect();
    this.terminal.dispose();
  }

  #key(event: KeyboardEvent, onLeave: () => void): boolean {
    if (event.type !== "keydown") return true;
    // Tab belongs to the shell; so there is another way out for the keyboard.
    if (event.key === "F6") {
      event.preventDefault();
      onLeave();
      return false;
    }
    if (event.ctrlKey && event.shiftKey && event.code === "KeyC") {
      event.preventDefault();
      void this.copy();
      return false;
    }
    // The browser pastes by itself.
    return !(event.ctrlKey && event.shiftKey && event.code === "KeyV");
  }
}
