import { Fragment } from "react";
import { textPieces } from "./visible-text.ts";

/** Text that somebody else wrote, e.g. an annotation: shown as it is, with nothing but http and https addresses clickable. */
export function PlainText({ text }: { text: string | undefined | null }) {
  return textPieces(text ?? "").map(({ text: piece, href }, index) =>
    href === undefined ? (
      <Fragment key={index}>{piece}</Fragment>
    ) : (
      <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {piece}
      </a>
    ),
  );
}
