import type { ObjectPart } from "./part.ts";
import { bounded } from "./related-object.ts";

export const relatedPart: ObjectPart = {
  field: "related",
  value: ({ object }) => object && bounded([], []),
};
