import { expect, test } from "vitest";
import { parseAnsi, plainText } from "./ansi.ts";

const esc = "\u001B";

test("colours become pieces, and end where they end", () => {
  expect(parseAnsi(`a ${esc}[1;31mred${esc}[39m bold${esc}[0m plain`)).toEqual([
    { text: "a " },
    { text: "red", bold: true, colour: 1 },
    { text: " bold", bold: true },
    { text: " plain" },
  ]);
  expect(parseAnsi(`${esc}[38;5;9mx${esc}[38;2;1;2;3my`)).toEqual([
    { text: "x", colour: 9 },
    { text: "y", colour: 9 },
  ]);
});

test.for([
  [`${esc}]8;;https://evil.example${esc}\\click${esc}]8;;${esc}\\`, "click"],
  [`${esc}]0;title\u0007text`, "text"],
  [`${esc}]52;c;aGFjaw==`, ""],
  [`${esc}[2J${esc}[1;1Hgone?`, "gone?"],
  ["a\u202Eb\u0000\r", "a\uFFFDb\u2400\u240D"],
  ["<img onerror=alert(1)>", "<img onerror=alert(1)>"],
  [`broken ${esc}`, "broken "],
])("%j reads as text only", ([line, text]) => expect(plainText(line ?? "")).toBe(text));
