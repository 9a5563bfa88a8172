import { expect, test } from "vitest";
import { type Mount, planRoot } from "./root-plan.ts";

const volume = (source: string, path: string, readOnly = false): Mount => ({
  source,
  path,
  kind: "directory",
  origin: "volume",
  readOnly,
});

test("mounts go from the outermost path inwards, below the root", () => {
  const { fstab } = planRoot("/r", [volume("/v/inner", "/a/b"), volume("/v/outer", "/a", true)], {
    readOnlyRoot: true,
  });
  expect(fstab.trimEnd().split("\n")).toEqual([
    "/r /r none bind,ro 0 0",
    "/v/outer /r/a none bind,ro 0 0",
    "/v/inner /r/a/b none bind 0 0",
  ]);
});

test("a mount point inside a volume is made in that volume, elsewhere in the bare root", () => {
  const { points } = planRoot("/r", [volume("/v/outer", "/a"), volume("/v/inner", "/a/b/c")], {
    readOnlyRoot: false,
  });
  expect(points).toEqual([
    { path: "/r/a", kind: "directory", mustExist: false, seenAs: "/a" },
    { path: "/v/outer/b/c", kind: "directory", mustExist: false, seenAs: "/a/b/c" },
  ]);
});

test("a mount point inside the image must be there already", () => {
  const image: Mount = {
    source: "/cache/runtime",
    path: "/usr/src/app",
    kind: "directory",
    origin: "image",
    readOnly: true,
  };
  const { points } = planRoot("/r", [image, volume("/v/sources", "/usr/src/app/function")], {
    readOnlyRoot: true,
  });
  expect(points.at(-1)).toMatchObject({ path: "/cache/runtime/function", mustExist: true });
});

test("the later of two mounts on one path wins", () => {
  const tmp: Mount = { source: "tmpfs", path: "/tmp", kind: "tmpfs", origin: "system", readOnly: false };
  const { fstab } = planRoot("/r", [tmp, volume("/v/tmp", "/tmp/")], { readOnlyRoot: true });
  expect(fstab).toContain("/v/tmp /r/tmp none bind 0 0");
  expect(fstab).not.toContain("tmpfs");
});

test("blanks, backslashes and newlines in a path cannot add an option or a line", () => {
  const { fstab } = planRoot("/r", [volume("/v/a b\\c\nd", "/x y")], { readOnlyRoot: true });
  expect(fstab.split("\n")[1]).toBe("/v/a\\040b\\134c\\012d /r/x\\040y none bind 0 0");
});
