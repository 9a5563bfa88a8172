import { ownState } from "../resources/object-state.ts";
import type { ObjectPart } from "../resources/page-part.ts";
import { parsePaths, project } from "./projection.ts";

/** The object itself, or the fields of it that the query asks for. */
export const objectPart: ObjectPart = {
  field: "object",
  value: ({ object, args }) => object && project(object, parsePaths(args["paths"])),
};

export const statePart: ObjectPart = {
  field: "state",
  value: ({ object }) => object && ownState(object),
};
