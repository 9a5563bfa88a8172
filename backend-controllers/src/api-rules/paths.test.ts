import { expect, test } from "vitest";
import { canonicalPath, covers, overlaps, pathProblem, pathRegex } from "./paths.ts";

test.each([
  ["/a", "/a", true],
  ["/a", "/b", false],
  ["/a", "/a/b", false],
  ["/*", "/a/b", true],
  ["/*", "/", true],
  ["/{**}", "/*", true],
  ["/{*}", "/a", true],
  ["/{*}", "/", false],
  ["/{*}", "/a/b", false],
  ["/{*}", "/{**}", false],
  ["/a", "/{*}", false],
  ["/a/{**}", "/a", false],
  ["/a/{**}", "/a/", true],
  ["/a/{**}", "/a/{*}/c", true],
  ["/a/{**}", "/{*}/b", false],
  ["/{*}/b", "/a/{*}", false],
  ["/{**}/end", "/a/b/end", true],
  ["/{**}/end", "/end", false],
  ["/{**}/end", "/{**}/a/end", true],
  ["/{*}/x/{**}", "/y/x/{**}", true],
])("%s covers %s: %s", (earlier, later, expected) => {
  expect(covers(earlier, later)).toBe(expected);
});

test.each([
  ["/a", "/a", true],
  ["/a", "/b", false],
  ["/a", "/*", true],
  ["/{*}/b", "/a/{*}", true],
  ["/{*}/b", "/a/c", false],
  ["/{*}", "/", false],
  ["/{**}/end", "/a/{**}", true],
  ["/{**}/end", "/a/end", true],
  ["/{**}/end", "/end", false],
  ["/a/{**}/z", "/{**}/b/z", true],
  ["/a/{**}", "/b/{**}", false],
])("%s and %s overlap: %s", (a, b, expected) => {
  expect([overlaps(a, b), overlaps(b, a)]).toEqual([expected, expected]);
});

/** Every path over a small alphabet up to four segments. */
const samplePaths = (() => {
  const segments = ["", "a", "b"];
  let level = [""];
  const all: string[] = [];
  for (let depth = 0; depth < 4; depth++) {
    level = level.flatMap((start) => segments.map((segment) => `${start}/${segment}`));
    all.push(...level);
  }
  return all;
})();
const patterns = [
  "/",
  "/a",
  "/a/b",
  "/{*}",
  "/{*}/b",
  "/a/{*}",
  "/{**}",
  "/a/{**}",
  "/{**}/b",
  "/{*}/{**}/a",
  "/a/",
  "/{*}/{*}",
];

test("covers and overlaps agree with what the regular expressions match", () => {
  for (const a of patterns) {
    for (const b of patterns) {
      const [first, second] = [new RegExp(pathRegex(a)), new RegExp(pathRegex(b))];
      const matchedByB = samplePaths.filter((path) => second.test(path));
      // A long path, for what the short ones cannot tell apart.
      expect(covers(a, b), `${a} covers ${b}`).toBe(matchedByB.every((path) => first.test(path)));
      expect(overlaps(a, b), `${a} overlaps ${b}`).toBe(matchedByB.some((path) => first.test(path)));
    }
  }
});

test("a path becomes the pattern that Kyma writes", () => {
  expect(pathRegex("/anything/{*}/one")).toBe(
    "^/anything/([A-Za-z0-9-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+/one$",
  );
  expect(pathRegex("/a/{**}")).toBe("^/a/([A-Za-z0-9-._~!$&'()*+,;=:@/]|%[0-9a-fA-F]{2})*$");
  expect(canonicalPath("/*")).toBe("/{**}");
});

test("characters of a path are never read as operators of the pattern", () => {
  const regex = new RegExp(pathRegex("/v1.0/a+b$(c)"));
  expect(regex.test("/v1.0/a+b$(c)")).toBe(true);
  expect(regex.test("/v1x0/a+b$(c)")).toBe(false);
  expect(regex.test("/v1.0/aab$(c)")).toBe(false);
});

test.each(["/", "/*", "/a", "/a//b", "/{*}/a/{**}", "/{**}/a", "/a%20b", "/%C3%BC", "/x;y=1,2"])(
  "%s is fine",
  (path) => {
    expect(pathProblem(path)).toBeUndefined();
  },
);

test.each([
  ["a", /begin with/],
  ["/a/../b", /\. or \.\./],
  ["/%2e%2E/b", /\. or \.\./],
  ["/{**}/a/{*}", /last operator/],
  ["/{**}/{**}", /last operator/],
  ["/a{*}", /whole segments/],
  ["/a/*", /whole segments/],
  ["/a?b", /percent-encoded/],
  ["/a b", /percent-encoded/],
  ["/%zz", /percent-encoded/],
  ["/%61dmin", /%61 must be written a/],
  ["/a%2fb", /%2f in the path are refused/],
  ["/a%5Cb", /%5C in the path are refused/],
  ["/a%00", /%00 in the path are refused/],
])("%s is refused", (path, reason) => {
  expect(pathProblem(path)).toMatch(reason);
});
